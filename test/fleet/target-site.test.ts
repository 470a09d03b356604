import { describe, expect, it } from '@jest/globals';
import type { LogFields } from '../../src/domain/ports/log.js';
import { silentLog } from '../../src/domain/ports/log.js';
import type { Site } from '../../src/domain/network/site.js';
import { withSite } from '../../src/fleet/target-site.js';
import type { Target } from '../../src/inventory/target.js';
import { bench, mpp, phone, targets } from './support/fleet.js';

const limits = { maxUpgrading: null, window: [], timeZone: null };
const site = (name: string, subnet: string): Site => ({
  ...{ name, subnets: [subnet], targets: [], inventories: [], tags: [], limits, files: null, credentials: [] },
});
const sites = [site('north', '10.0.0.0/24'), site('south', '10.9.0.0/24')];

const target = (more: Partial<Target> = {}): Target => ({
  ...{ address: '10.0.0.1', hint: {}, scope: '10.0.0.0/24', named: false, source: 'test' },
  ...more,
});

describe('the place of a target', () => {
  const told: [string, string][] = [];
  const { context } = bench({ options: { sites } });
  const place = (one: Target): string | undefined => {
    told.length = 0;
    return withSite(one, { ...context, sited: (address, name) => told.push([address, name]) }).hint.site;
  };

  it('is the site of its address, which nobody needs to be told', () => {
    expect(place(target())).toBe('north');
    expect(told).toEqual([]);
  });

  it('is told where the address does not show it, so that the passwords of the site are tried', () => {
    expect(place(target({ hint: { site: 'south' } }))).toBe('south');
    expect(told).toEqual([['10.0.0.1', 'south']]);
  });

  it('keeps the word of the inventory only where there is no site', () => {
    expect(place(target({ hint: { site: 'Floor 3' } }))).toBe('north');
    expect(place(target({ address: '192.0.2.1', hint: { site: 'Floor 3' } }))).toBe('Floor 3');
    expect(told).toEqual([]);
  });
});

describe('a site that the configuration file does not have', () => {
  async function warnings(options: { sites: Site[] }): Promise<(LogFields | undefined)[]> {
    const said: (LogFields | undefined)[] = [];
    const log = { ...silentLog, warn: (_: string, fields?: LogFields) => void said.push(fields) };
    const hints = { '192.0.2.1': { site: 'nort' }, '192.0.2.2': { site: 'nort' }, '192.0.2.3': { site: 'south' } };
    const run = bench({ profile: null, log, options, targets: targets(Object.keys(hints), { hints }) });
    for (const address of Object.keys(hints)) run.network.places.set(address, { look: () => phone(mpp()) });
    await run.go();
    return said;
  }

  it('is warned of once', async () => {
    expect(await warnings({ sites })).toEqual([{ site: 'nort', source: 'test' }]);
  });

  it('is nothing to warn of where no sites are described', async () => {
    expect(await warnings({ sites: [] })).toEqual([]);
  });
});
