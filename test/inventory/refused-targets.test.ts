import { describe, expect, it } from '@jest/globals';
import { openTargets } from '../../src/inventory/open-targets.js';
import { addressesOf, outcomesOf, specOf, usageErrorOf, worldOf } from './support.js';

describe('what is refused before anything is contacted', () => {
  it('names the option', async () => {
    expect(await usageErrorOf({ subnets: ['10.0.0.0/40'] })).toMatch(/^--subnet 10\.0\.0\.0\/40: the prefix length/);
    expect(await usageErrorOf({ targets: ['10.0.0.999'] })).toMatch(/^--target 10\.0\.0\.999: each number/);
    expect(await usageErrorOf({ subnets: ['10.0.0.0/30'], excludes: ['10.0.0.5-1'] })).toMatch(
      /^--exclude 10\.0\.0\.5-1: the range ends/,
    );
    expect(await usageErrorOf({ inventories: ['gone.csv'] })).toMatch(/^gone\.csv: the file cannot be read/);
    expect(await usageErrorOf({})).toContain('No targets are given');
  });

  it('includes an inventory without phones', async () => {
    expect(await usageErrorOf({ inventories: ['p.csv'] }, worldOf({ 'p.csv': 'address,mac\n' }))).toContain(
      'p.csv: there are no phones in the file',
    );
    expect(await usageErrorOf({ inventories: ['p.json'] }, worldOf({ 'p.json': '[]' }))).toContain(
      'p.json: there are no phones',
    );
  });

  it.each([
    ['VIDs', 'vid', 'V04', 'V16', 'VID'],
    ['models', 'model', '8841', 'Cisco 8851', 'model'],
  ])('includes one phone with two %s, naming both lines', async (_what, column, one, other, shown) => {
    const world = worldOf({
      'a.csv': `ip,mac,${column}\n10.0.0.5,00CCFC123456,${one}\n`,
      'b.csv': `ip,${column}\n10.0.0.5,${other}\n`,
      'c.csv': `mac,${column}\n00CCFC123456,${other}\n`,
      'd.csv': `ip,${column}\n10.0.0.5,${one}\n10.0.0.5,${other}\n`,
    });
    const message = `the ${shown} ${other} here, but ${one} in `;
    expect(await usageErrorOf({ inventories: ['a.csv', 'b.csv'] }, world)).toContain(
      `b.csv:2: 10.0.0.5 has ${message}a.csv:2`,
    );
    expect(await usageErrorOf({ inventories: ['a.csv', 'c.csv'] }, world)).toContain(
      `c.csv:2: 00CCFC123456 has ${message}a.csv:2`,
    );
    expect(await usageErrorOf({ inventories: ['d.csv'] }, world)).toContain(`d.csv:3: 10.0.0.5 has ${message}d.csv:2`);
  });

  it('includes one phone with two serial numbers, which are not shown', async () => {
    const world = worldOf({ 'a.csv': 'ip,serial\n10.0.0.5,FCH1\n', 'b.csv': 'ip,serial\n10.0.0.5,FCH2\n' });
    expect(await usageErrorOf({ inventories: ['a.csv', 'b.csv'] }, world)).toBe(
      'b.csv:2: 10.0.0.5 has another serial number here than in a.csv:2; correct or remove one of the two rows.',
    );
  });

  it('includes one MAC with two VIDs at two addresses, in whatever rows they stand', async () => {
    const mac = '00CCFC123456';
    const world = worldOf({
      'a.csv': `ip,mac,vid\n10.0.0.5,${mac},V04\n`,
      'b.csv': `ip,mac\n10.0.0.6,${mac}\n`,
      'c.csv': `ip,mac,vid\n10.0.0.7,${mac},16\n`,
      'd.csv': `mac,vid\n${mac},V16\n`,
    });
    for (const [last, vid] of [
      ['c.csv', '16'],
      ['d.csv', 'V16'],
    ] as const)
      expect(await usageErrorOf({ inventories: ['a.csv', 'b.csv', last] }, world)).toBe(
        `${last}:2: ${mac} has the VID ${vid} here, but V04 in a.csv:2; correct or remove one of the two rows.`,
      );
    const found = await outcomesOf({ inventories: ['b.csv', 'a.csv'] }, world);
    expect(found.map(({ target }) => [target.hint.vid, target.hint.from?.vid])).toEqual([
      ['V04', 'a.csv:2'],
      ['V04', undefined],
    ]);
  });

  it('does not include the same VID, model or serial number in two spellings', async () => {
    const world = worldOf({
      'a.csv': 'ip,vid,model,serial\n10.0.0.5,V04,8841,fch1\n10.0.0.5,4,DMS Cisco 8841,FCH1\n10.0.0.5,V 04,,\n',
    });
    expect(await addressesOf({ inventories: ['a.csv'] }, world)).toEqual(['10.0.0.5']);
  });

  it('includes a list of MACs alone, but not where one of its phones has an address elsewhere', async () => {
    const world = worldOf({
      'a.csv': 'ip,mac\n10.0.0.5,00CCFC000001\n',
      'm.csv': 'mac,vid\n00CCFC000001,V04\n00CCFC000002,V05\n',
      'n.csv': 'mac,vid\n00CCFC000003,V05\n',
    });
    const source = await openTargets(specOf({ inventories: ['a.csv', 'm.csv'] }), world);
    for await (const { target } of source) expect(target.hint).toMatchObject({ vid: 'V04', from: { vid: 'm.csv:2' } });
    // Listed as not read.
    expect([...source.byMac.keys()]).toEqual(['00CCFC000002']);
    expect(await usageErrorOf({ inventories: ['a.csv', 'n.csv'] }, world)).toContain('n.csv: no row has an address');
    // Unified CM may tell where they are, unless it has been asked and has none to be looked for.
    const none = { inventories: ['n.csv'], ofUcm: { host: 'cucm1', phones: [] } };
    expect(await usageErrorOf(none, world)).toContain('n.csv: no row has an address');
    const { count } = await openTargets(specOf({ ...none, ofUcm: { host: 'cucm1', phones: null } }), world);
    expect(count).toBeGreaterThan(0);
  });

  it('includes one address with two MACs, naming both lines', async () => {
    const world = worldOf({
      'a.csv': 'ip,mac\n10.0.0.5,00CCFC123456\nhall,00CCFC123457\n',
      'b.json': '[{"ip":"10.0.0.5"},\n{"ip":"10.0.0.5","mac":"00CCFC000000"}]',
      'c.csv': 'host,mac\nHall,00CCFC000001\n',
    });
    expect(await usageErrorOf({ inventories: ['a.csv', 'b.json'] }, world)).toBe(
      'b.json:2: 10.0.0.5 has the MAC 00CCFC000000 here, but 00CCFC123456 in a.csv:2; correct or remove one of the two rows.',
    );
    expect(await usageErrorOf({ inventories: ['a.csv', 'c.csv'] }, world)).toContain(
      'c.csv:2: hall has the MAC 00CCFC000001 here',
    );
  });

  it('includes more targets than allowed', async () => {
    expect(await usageErrorOf({ subnets: ['10.0.0.0/15'] })).toBe(
      'These are 131070 targets, more than the 65536 allowed; name fewer, or allow them with --max-targets 131070.',
    );
    expect(await usageErrorOf({ subnets: ['0.0.0.0/0'] })).toContain('0.0.0.0/8');
    expect((await openTargets(specOf({ subnets: ['10.0.0.0/15'], maxTargets: 131_070 }), worldOf())).count).toBe(
      131_070,
    );
  });

  it('counts what would be probed: no duplicates, nothing that is excluded', async () => {
    const files = { 'p.csv': 'ip\n10.0.0.1\n10.0.0.2\n10.0.9.1\n10.0.9.2\n' };
    const spec = {
      subnets: ['10.0.0.0/29', '10.0.0.0/29'],
      inventories: ['p.csv'],
      targets: ['10.0.0.3', 'x', 'X'],
      excludes: ['10.0.9.2'],
    };
    expect(await usageErrorOf({ ...spec, maxTargets: 7 }, worldOf(files))).toContain('These are 8 targets');
    expect((await openTargets(specOf({ ...spec, maxTargets: 8 }), worldOf(files))).count).toBe(6 + 6 + 4 + 3);
  });

  it('counts the rows of a file that is far too long without keeping them', async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => `10.0.${index >> 8}.${index & 255}`);
    const world = worldOf({ 'p.csv': ['ip', ...rows].join('\n') });
    expect(await usageErrorOf({ inventories: ['p.csv'], maxTargets: 10 }, world)).toContain(
      'These are 1000 targets, more than the 10 allowed',
    );
  });
});
