import { describe, expect, it } from '@jest/globals';
import { ucmListCommand } from '../../../../src/cli/commands/ucm/list.js';
import { openTargets } from '../../../../src/inventory/open-targets.js';
import { UcmError } from '../../../../src/ucm/ucm.js';
import { type Made, fakeUcm } from '../../../fleet/cluster/fake-ucm.js';
import { specOf, worldOf } from '../../../inventory/support.js';
import { usage } from '../../support/arguments.js';
import { connectTo, type Ended, ended, onCluster } from './support.js';

const here = { registered: 'yes', status: 'Registered', httpd: true, at: Date.UTC(2026, 10, 28, 9, 30) } as const;
const phones: Made[] = [
  { digits: '1', description: 'Reception; "front", =1+1', told: { ...here, address: '10.0.0.7' } },
  { digits: '2', model: '7841', devicePool: 'DP_Home', told: { ...here, address: '10.0.9.9' } },
  { digits: '3', devicePool: 'DP_Home', told: { ...here, address: '10.0.9.9' } },
  { digits: '4', devicePool: null, told: { registered: 'no' } },
];

const list = (output: 'table' | 'json' | 'csv', words = {}, fake = fakeUcm(phones)): Promise<Ended> =>
  ended(async () => ucmListCommand(await onCluster(words), { output }, connectTo(fake.ucm)));

describe('ucm list', () => {
  it('shows the phones, and why one has no address of its own', async () => {
    const { code, stdout, stderr } = await list('table');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^name +model +address +device pool +registered +load +web +last seen +description$/m);
    expect(stdout).toMatch(/^SEP00CCFC000001 +8841 +10\.0\.0\.7 +DP_Lab +yes .* on +2026-11-28 09:30 UTC +Reception/m);
    expect(stdout).toMatch(
      /^SEP00CCFC000002 +7841 +- +DP_Home .*\(2 phones are registered from 10\.0\.9\.9, as behind/m,
    );
    expect(stdout).toMatch(/^4 phones: 3 registered, 1 not\.$/m);
  });

  it('ends with exit code 1 where a node leaves it unknown whether some are registered', async () => {
    const fake = fakeUcm([...phones, { digits: '5', told: { registered: 'unknown' } }]);
    expect((await list('table', {}, fake)).code).toBe(1);
  });

  it.each(['json', 'csv'] as const)('is itself an inventory: %s', async (output) => {
    const { stdout } = await list(output);
    const world = worldOf({ [`list.${output}`]: stdout });
    const source = await openTargets(specOf({ inventories: [`list.${output}`], subnets: ['10.0.0.0/30'] }), world);
    const found = [];
    for await (const { target } of source)
      if (target.inventory !== undefined) found.push([target.address, target.hint]);
    const note = output === 'csv' ? expect.stringContaining('Reception; "front"') : 'Reception; "front", =1+1';
    expect(found).toEqual([['10.0.0.7', { mac: '00CCFC000001', model: '8841', note, site: 'DP_Lab' }]]);
    // Those without an address are looked for by their MAC.
    expect([...source.byMac.keys()]).toEqual(['00CCFC000002', '00CCFC000003', '00CCFC000004']);
    expect(source.warnings).toEqual([]);
  });

  it('has all there is of each phone as JSON', async () => {
    const { stdout } = await list('json', { 'device-pool': ['DP_Home'] });
    const document = JSON.parse(stdout) as { schema: string; ucm: string; phones: Record<string, unknown>[] };
    expect([document.schema, document.ucm]).toEqual(['fleet-migrate/ucm-list@1', '127.0.0.1']);
    expect(document.phones).toHaveLength(2);
    expect(document.phones[0]).toEqual({
      ...{ mac: '00CCFC000002', model: '7841', address: null, name: 'SEP00CCFC000002', description: '' },
      ...{
        devicePool: 'DP_Home',
        registered: 'yes',
        load: null,
        webServer: 'on',
        lastSeen: '2026-11-28T09:30:00.000Z',
      },
      why: '2 phones are registered from 10.0.9.9, as behind an Expressway: none of them is reached there',
      ...{ assignedLoad: 'sip88xx.12-5-1SR3-74', registration: 'Registered', node: null },
    });
  });

  it('ends with 1 where nothing is known of where they are, and with 2 where there are none to list', async () => {
    const registrations = () => Promise.reject(new UcmError('ucm-busy', 'RisPort is busy.', true));
    const busy = await list('csv', {}, fakeUcm(phones, { registrations }));
    expect(busy.code).toBe(1);
    expect(busy.stdout.split('\r\n')).toHaveLength(6);
    expect(busy.stderr).toMatch(/where the phones are and what they run is not known: RisPort is busy\. /);
    await expect(list('csv', { match: 'SEP99*' })).rejects.toThrow(
      usage(/lists no 7800 or 8800 phone like those asked for; check --match\.$/),
    );
    const refused = { version: () => Promise.reject(new Error('x')), phones: () => never() };
    await expect(list('json', {}, fakeUcm([], refused))).rejects.toThrow(usage(/^Unified CM refused the user\. Give/));
    expect((await list('table', {}, fakeUcm([]))).code).toBe(0);
  });

  it('asks nothing of anybody where something is wrong with the command line', async () => {
    const fake = fakeUcm(phones);
    await expect(list('json', { ucm: undefined }, fake)).rejects.toThrow(usage(/^ucm list needs --ucm HOST/));
    await expect(list('json', { 'ucm-password-env': 'GONE' }, fake)).rejects.toThrow(usage(/GONE: that environment/));
    await expect(list('json', { match: 'SEP%' }, fake)).rejects.toThrow(usage(/wildcard of SQL/));
    expect(fake.asked).toEqual([]);
  });
});

async function* never(): AsyncGenerator<never> {
  yield* [];
  throw new UcmError('ucm-login-refused', 'Unified CM refused the user.', true);
}
