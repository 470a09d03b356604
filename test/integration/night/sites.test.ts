import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import type { RunEvent } from '../../../src/domain/report/events.js';
import { type Finished, runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { parseReport, type Report } from '../../support/reports/report-schema.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const ready = { model: '8841', load: 'sip88xx.12-0-3MPP0001-87' } as const;
const passwords = { NORTH_PASSWORD: 'north-Secret-1', SOUTH_PASSWORD: 'south-Secret-2' };
const north = { ...ready, behavior: { auth: 'digest', password: passwords.NORTH_PASSWORD } } as const;
const south = { ...ready, behavior: { auth: 'basic', password: passwords.SOUTH_PASSWORD } } as const;

describe('sites of the configuration file', () => {
  const folder = temporaryFolder();
  let network: Network;
  let otherFiles: Network;
  let config: string;
  let run: Finished;
  let report: Report;
  let events: RunEvent[];

  beforeAll(async () => {
    network = await startNetwork(
      [
        ...[1, 2, 3].map((n) => ({ ...north, address: `127.67.1.${n}` })),
        ...[1, 2, 3, 4].map((n) => ({ ...south, address: `127.67.2.${n}` })),
        ...[1, 2].map((n) => ({ ...ready, address: `127.67.3.${n}` })),
        // Listed where no subnet of a site is: by host name, by the column of an inventory, by a site's own inventory.
        { ...north, address: '127.0.0.1' },
        { ...south, address: '127.67.9.5' },
        { ...south, address: '127.67.9.6' },
      ],
      { subnet: '127.67.0.0/16' },
    );
    otherFiles = await startNetwork([{ ...ready, address: '127.68.0.1' }], { subnet: '127.68.0.0/26' });
    // A license is a phone's own: the second file server has those of all phones too.
    for (const { mac } of network.simulator.phones) {
      const name = `${mac}_M2E.lic`;
      const license = await fetch(`${network.files}/${name}`);
      otherFiles.simulator.files.put(name, Buffer.from(await license.arrayBuffer()));
    }
    const hour = (new Date().getUTCHours() + 12) % 24;
    const closed = `${String(hour).padStart(2, '0')}:00-${String((hour + 2) % 24).padStart(2, '0')}:00`;
    writeFileSync(folder.file('column.csv'), 'address,site\n127.67.9.5,south\n');
    writeFileSync(folder.file('south.csv'), 'address\n127.67.9.6\n');
    config = folder.file('fleet-migrate.yaml');
    writeFileSync(
      config,
      `profile: ${quickProfile(folder.path, 'mpp-to-enterprise')}
files: ${network.files}
inventory: column.csv
httpPort: ${network.simulator.httpPort}
httpsPort: ${network.simulator.httpsPort}
sites:
  north:
    subnets: 127.67.1.0/28
    targets: localhost
    tags: [big]
    limits: { maxUpgrading: 1 }
    credentials: [{ password: '\${NORTH_PASSWORD}' }]
  south:
    subnets: 127.67.2.0/28
    inventories: south.csv
    tags: [branch, line]
    files: ${otherFiles.files}/
    limits: { maxUpgrading: 2, window: '00:00-24:00' }
    credentials: [{ password: '\${SOUTH_PASSWORD}' }]
  east:
    subnets: 127.67.3.0/28
    tags: branch
    limits: { window: '${closed}', timeZone: UTC }
`,
    );
    const json = folder.file('night.json');
    run = await runCommand(
      ['--config', config, '--yes', '--output', 'ndjson', '--report', json, '--db', folder.file('night.db')],
      { env: passwords },
    );
    report = parseReport(readFileSync(json, 'utf8'));
    events = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RunEvent);
  });
  afterAll(async () => {
    await network.close();
    await otherFiles.close();
    folder.remove();
  });

  const at = (site: string): Report['phones'] => report.phones.filter((phone) => phone.site === site);

  it('each signs in with its own password, and no phone is tried with a wrong one', () => {
    expect(at('north').map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done']);
    expect(at('south').map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => 'done'));
    for (const phone of network.simulator.phones) expect(phone.snapshot().failedSignIns).toBe(0);
    expect(network.violations()).toEqual([]);
  });

  it('are decided by host name, by the column of an inventory and by their own inventory as well', () => {
    expect(at('north').map(({ address }) => address)).toContain('127.0.0.1');
    expect(at('south').map(({ address }) => address)).toEqual(expect.arrayContaining(['127.67.9.5', '127.67.9.6']));
  });

  it('with a closed window leave their phones for when it opens, while the others go on', () => {
    expect(run.code).toBe(1);
    for (const { outcome, failure, nextAttemptAt } of at('east')) {
      expect([outcome, failure?.code]).toEqual(['deferred', 'outside-window']);
      expect(new Date(nextAttemptAt ?? '').getUTCMinutes()).toBe(0);
    }
    expect(network.posts().filter(({ address }) => address.startsWith('127.67.3.'))).toEqual([]);
  });

  it('never have more phones under way than they allow', () => {
    expect([mostAtOnce('north'), mostAtOnce('south')]).toEqual([1, 2]);
  });

  it('let their phones fetch from their own file server', () => {
    const rules = (site: string): string[] =>
      at(site).flatMap(({ plan }) => plan.map(({ set }) => set.upgradeRule ?? ''));
    for (const rule of rules('north')) expect(rule.startsWith(`${network.files}/sip`)).toBe(true);
    for (const rule of rules('south')) expect(rule.startsWith(`${otherFiles.files}/sip`)).toBe(true);
    expect(rules('south')).toHaveLength(6);
  });

  it('are chosen by tag, and only theirs are contacted', async () => {
    const { report: branch } = await runForReport(
      ['audit', '--config', config, '--tag', 'branch', '--db', folder.file('tag.db')],
      { env: passwords },
    );
    expect(new Set(branch.phones.map(({ site }) => site))).toEqual(new Set(['south', 'east']));
    const wrong = await runCommand(['audit', '--config', config, '--tag', 'brunch', '--db', folder.file('no.db')], {
      env: passwords,
    });
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      `fleet-migrate: --tag brunch: no site has the tag "brunch", did you mean "branch"? in ${config}.\n`,
    ]);
  });

  /** Most phones of a site that were between intent and outcome at the same time. */
  function mostAtOnce(site: string): number {
    const addresses = new Set(at(site).map(({ address }) => address));
    let [now, most] = [0, 0];
    for (const { event, address } of events) {
      if (address === null || !addresses.has(address)) continue;
      if (event === 'intent') most = Math.max(most, (now += 1));
      else if (event === 'outcome') now -= 1;
    }
    return most;
  }
});
