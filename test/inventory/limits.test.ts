import { describe, expect, it } from '@jest/globals';
import { openTargets } from '../../src/inventory/open-targets.js';
import type { Target, TargetSpec } from '../../src/inventory/target.js';
import { addressesOf, outcomesOf, specOf, usageErrorOf, worldOf } from './support.js';

const [one, two] = ['00CCFC000001', '00CCFC000002'];
const subnet = { subnets: ['10.0.0.0/29'] };
const list = (path: string): Partial<TargetSpec> => ({ limit: { most: null, list: path } });

describe('--limit FILE', () => {
  it.each([
    ['addresses, one a line', '# try these\n10.0.0.2\n\n10.0.0.5 # lobby\r\n'],
    ['a range and a subnet', '10.0.0.2-2\n10.0.0.5/32'],
    ['an inventory', 'address,model\n10.0.0.2,8841\n10.0.0.5,\n'],
    ['an inventory of one column, with the length of a prefix', 'IP Address\n10.0.0.2/24\n10.0.0.5/24\n'],
  ])('takes only those listed: %s', async (_what, text) => {
    const world = worldOf({ 'some.csv': text });
    expect(await addressesOf({ ...subnet, ...list('some.csv') }, world)).toEqual(['10.0.0.2', '10.0.0.5']);
  });

  it('takes what its inventory says of a MAC as a hint, below what the targets themselves say', async () => {
    const world = worldOf({
      'some.csv': `address,mac\n10.0.0.2,${one}\n10.0.0.3,${one}\n`,
      'all.csv': `address,mac\n10.0.0.3,${two}\n`,
    });
    const found = await outcomesOf({ ...subnet, inventories: ['all.csv'], ...list('some.csv') }, world);
    expect(found.map(({ target }) => [target.address, target.hint])).toEqual([
      ['10.0.0.3', { mac: two }],
      ['10.0.0.2', { mac: one, from: { mac: 'some.csv:2' } }],
    ]);
  });

  it('reads all targets where it lists MACs, and knows by the MAC which it takes', async () => {
    const world = worldOf({ 'macs.txt': `SEP${one}\n00:cc:fc:00:00:02\n10.0.0.4\n` });
    const source = await openTargets(specOf({ ...subnet, ...list('macs.txt') }), world);
    const targets: Target[] = [];
    for await (const { target } of source) targets.push(target);
    const [first] = targets;
    if (!first) throw new RangeError('there are no targets');
    expect(targets).toHaveLength(6);
    expect(source.takes(first, one)).toBe(true);
    expect(source.takes(first, '00CCFC000009')).toBe(false);
    expect(source.takes(first, null)).toBe(false);
    expect(source.takes({ ...first, address: '10.0.0.4' }, null)).toBe(true);
    expect([...source.byMac.values()].map(({ source: from, isOwed }) => [from, isOwed])).toEqual([
      ['macs.txt:1', true],
      ['macs.txt:2', true],
    ]);
  });

  it('skips and counts IPv6', async () => {
    const world = worldOf({ 'some.txt': '10.0.0.2-3\nfe80::1 # lobby\n' });
    const { warnings } = await openTargets(specOf({ ...subnet, ...list('some.txt') }), world);
    expect(warnings).toEqual([
      { path: 'some.txt', text: expect.stringMatching(/1 row with an IPv6 .* \(line 2\)\.$/) },
    ]);
  });

  it('tells what it lists in vain, and refuses when that is all', async () => {
    const world = worldOf({ 'some.txt': '10.0.0.2\n10.9.9.9\n10.9.9.8\n', 'other.txt': '10.9.9.9\n' });
    const { warnings } = await openTargets(specOf({ ...subnet, ...list('some.txt') }), world);
    expect(warnings).toContainEqual({
      path: 'some.txt',
      text: 'not among the targets: 10.9.9.9, 10.9.9.8.',
    });
    expect(await usageErrorOf({ ...subnet, ...list('other.txt') }, world)).toMatch(
      /^--limit other\.txt: none of its addresses is a target of this run \(10\.9\.9\.9\)/,
    );
  });

  it.each([
    ['an empty file', '# nothing\n', /no phone is listed in the file/],
    ['a line that is nothing', '10.0.0.2\n10.0.0.300\n', /some\.csv/],
    [
      'a line that is nothing, beside a range',
      '10.0.0.2-5\n10.0.0.300\n',
      /^--limit some\.csv:2: this line is not one address,/,
    ],
    ['only IPv6', 'fe80::1\n', /no phone is listed in the file/],
  ])('refuses %s', async (_what, text, says) => {
    expect(await usageErrorOf({ ...subnet, ...list('some.csv') }, worldOf({ 'some.csv': text }))).toMatch(says);
  });

  it('counts against --max-targets only what it takes', async () => {
    const world = worldOf({ 'some.txt': '10.0.0.2\n10.0.0.3\n' });
    const found = await addressesOf({ subnets: ['10.0.0.0/16'], maxTargets: 2, ...list('some.txt') }, world);
    expect(found).toHaveLength(2);
  });
});

describe('rows with a MAC and no address', () => {
  const macs = 'address,mac,note\n,00CCFC000001,lobby\n';

  it('are looked for in the subnets, and give an advice where there are none', async () => {
    const world = worldOf({ 'macs.csv': macs });
    const source = await openTargets(specOf({ ...subnet, inventories: ['macs.csv'] }), world);
    expect([...source.byMac]).toEqual([
      [one, { hint: { mac: one, note: 'lobby' }, inventory: 'macs.csv', source: 'macs.csv:2', isOwed: true }],
    ]);
    expect(source.scanned).toEqual(['--subnet 10.0.0.0/29']);
    expect(await usageErrorOf({ inventories: ['macs.csv'] }, world)).toBe(
      'macs.csv: no row has an address, and no subnet is given in which to look for these MACs; add --subnet with the subnets of these phones, or a column with their addresses.',
    );
  });

  it('are only not found where other rows of the file have addresses', async () => {
    const world = worldOf({ 'some.csv': `${macs}10.0.0.2,,\n` });
    const source = await openTargets(specOf({ inventories: ['some.csv'] }), world);
    expect([...source.byMac.keys()]).toEqual([one]);
    expect(source.scanned).toEqual([]);
  });

  it('are those of our own reports, where a phone that was not found stands under its MAC', async () => {
    const world = worldOf({ 'audit.csv': `address,mac,site\n${one},,Berlin\n10.0.0.2,${two},\n` });
    const source = await openTargets(specOf({ ...subnet, inventories: ['audit.csv'] }), world);
    expect([...source.byMac.values()].map(({ hint }) => hint)).toEqual([{ mac: one, site: 'Berlin' }]);
    for await (const { error } of source) expect(error).toBeUndefined();
  });

  it('are one phone with a row that gives the same MAC an address', async () => {
    const world = worldOf({ 'some.csv': `${macs}10.0.0.2,${one},\n` });
    const source = await openTargets(specOf({ ...subnet, inventories: ['some.csv'] }), world);
    expect(source.byMac.size).toBe(0);
    const [first] = await outcomesOf({ inventories: ['some.csv'] }, world);
    expect(first?.target).toMatchObject({ address: '10.0.0.2', hint: { mac: one, note: 'lobby' } });
  });
});

describe('phones of an earlier run', () => {
  const ofRun = {
    run: '20261127220000-abcdef',
    phones: [
      { address: '10.0.0.2', hint: { mac: one, model: '8841' } },
      { address: 'phone9.example.com', hint: {} },
      { address: null, hint: { mac: two } },
    ],
  };
  const world = worldOf(
    { 'today.csv': `address,mac,note\n10.0.0.2,${two},moved here\n` },
    { 'phone9.example.com': ['10.0.0.9'] },
  );

  it('are named targets with what is remembered as hints', async () => {
    const found = await outcomesOf({ ofRun }, world);
    expect(found.map(({ target: { address, hint, named, source } }) => [address, hint, named, source])).toEqual([
      ['10.0.0.2', { mac: one, model: '8841' }, true, '--from-run 20261127220000-abcdef'],
      ['10.0.0.9', {}, true, '--from-run 20261127220000-abcdef'],
    ]);
  });

  it('come beside other targets, each once; an inventory of today knows better', async () => {
    const found = await outcomesOf({ ...subnet, ofRun, inventories: ['today.csv'] }, world);
    expect(found).toHaveLength(7);
    // Another phone is there now: what the run knew of the one before is not true of it.
    expect(found[0]?.target.hint).toEqual({ mac: two, note: 'moved here' });
  });

  it('add what they know to a row of the same phone, whose own values win', async () => {
    const later = worldOf({ 'a.csv': `address,note\n10.0.0.2,hall\n`, 'm.csv': `mac,site,vid\n${one},Bonn,4\n` });
    const ofOne = (hint: object) => ({
      run: 'r1',
      phones: [{ address: '10.0.0.2', hint: { mac: one, site: 'Berlin', ...hint } }],
    });
    const hintOf = async (inventory: string) =>
      (await outcomesOf({ ofRun: ofOne({ vid: 'V04' }), inventories: [inventory] }, later))[0]?.target.hint;
    expect(await hintOf('a.csv')).toMatchObject({ mac: one, site: 'Berlin', note: 'hall', vid: 'V04' });
    // A list of MACs alone, whose phones the run has at an address.
    expect(await hintOf('m.csv')).toMatchObject({ mac: one, site: 'Bonn', vid: '4', from: { site: 'm.csv:2' } });
    expect(await usageErrorOf({ ofRun: ofOne({ vid: 'V16' }), inventories: ['m.csv'] }, later)).toBe(
      `m.csv:2: ${one} has the VID 4 here, but V16 in --from-run r1; look at its label and correct the list.`,
    );
  });

  it('that were another model then are what the list of today says', async () => {
    const then = { run: 'x', phones: [{ address: null, hint: { mac: one, model: '8841' } }] };
    const list = worldOf({ 'today.csv': `address,mac,model\n10.0.0.2,${one},8845\n` });
    const [found] = await outcomesOf({ ofRun: then, inventories: ['today.csv'] }, list);
    expect(found?.target.hint).toMatchObject({ mac: one, model: '8845' });
  });

  it('are left out by --exclude', async () => {
    expect(await addressesOf({ ofRun, excludes: ['10.0.0.2', 'phone9.example.com'] }, world)).toEqual([]);
  });
});
