import { describe, expect, it } from '@jest/globals';
import { openTargets } from '../../src/inventory/open-targets.js';
import { addressesOf, notingClock, outcomesOf, specOf, usageErrorOf, worldOf } from './support.js';

describe('targets', () => {
  it('come from subnets, ranges and addresses in the order given', async () => {
    expect(await addressesOf({ subnets: ['10.0.1.0/30', '10.0.0.0/31'], targets: ['10.0.2.9', '10.0.2.1-2'] })).toEqual(
      [...['10.0.1.1', '10.0.1.2', '10.0.0.0', '10.0.0.1', '10.0.2.9', '10.0.2.1', '10.0.2.2']],
    );
  });

  it('say where they come from and where to look for them later', async () => {
    const world = worldOf({ 'site/phones.csv': 'ip,mac\n10.0.9.9,00CCFC123456\n' });
    expect(
      await outcomesOf(
        { subnets: ['10.0.0.4/30'], targets: ['10.0.3.7', '10.0.4.1-1'], inventories: ['site/phones.csv'] },
        world,
      ),
    ).toEqual([
      {
        target: {
          address: '10.0.9.9',
          hint: { mac: '00CCFC123456' },
          scope: '10.0.9.0/24',
          named: true,
          inventory: 'site/phones.csv',
          source: 'site/phones.csv:2',
        },
      },
      { target: { address: '10.0.0.5', hint: {}, scope: '10.0.0.4/30', named: false, source: '--subnet 10.0.0.4/30' } },
      { target: { address: '10.0.0.6', hint: {}, scope: '10.0.0.4/30', named: false, source: '--subnet 10.0.0.4/30' } },
      { target: { address: '10.0.3.7', hint: {}, scope: '10.0.3.0/24', named: true, source: '--target 10.0.3.7' } },
      { target: { address: '10.0.4.1', hint: {}, scope: '10.0.4.1-1', named: true, source: '--target 10.0.4.1-1' } },
    ]);
  });

  it('are given once, also when subnets, ranges and files overlap', async () => {
    const world = worldOf({ 'a.csv': 'ip\n10.0.0.2\n10.0.0.2\n', 'b.json': '[{"ip":"10.0.0.2"},{"ip":"10.0.0.9"}]' });
    const spec = {
      subnets: ['10.0.0.0/29', '10.0.0.0/30'],
      targets: ['10.0.0.1-8', '10.0.0.8'],
      inventories: ['a.csv', 'b.json'],
    };
    const last = ['2', '9', '1', '3', '4', '5', '6', '7', '8'];
    expect(await addressesOf(spec, world)).toEqual(last.map((octet) => `10.0.0.${octet}`));
  });

  it('keep the hints of the inventory and the scope of the subnet when both name them', async () => {
    const world = worldOf({
      'a.csv': 'ip,mac,site\n10.0.0.2,,Bonn\n',
      'b.csv': 'ip,mac,site\n10.0.0.2,00CCFC123456,Köln\n',
    });
    const [first] = await outcomesOf({ subnets: ['10.0.0.0/16'], inventories: ['a.csv', 'b.csv'] }, world);
    expect(first?.target).toEqual({
      address: '10.0.0.2',
      hint: { site: 'Bonn', mac: '00CCFC123456', from: { mac: 'b.csv:2' } },
      scope: '10.0.0.0/16',
      named: true,
      inventory: 'a.csv',
      source: 'a.csv:2',
    });
  });

  it('are counted without being listed, and can be iterated again', async () => {
    const source = await openTargets(
      specOf({ subnets: ['10.0.0.0/8'], targets: ['10.0.0.1', 'phone'], maxTargets: 2 ** 25 }),
      worldOf(),
    );
    expect(source.count).toBe(2 ** 24 - 2 + 2);
    for (let turn = 0; turn < 2; turn += 1) {
      const seen: string[] = [];
      for await (const { target } of source) if (seen.push(target.address) === 3) break;
      expect(seen).toEqual(['phone', '10.0.0.1', '10.0.0.2']);
    }
  });
});

describe('host names', () => {
  it('are resolved while iterating, not before', async () => {
    const world = worldOf({}, { 'phone.example.com': ['10.0.0.7'] });
    const source = await openTargets(specOf({ targets: ['Phone.example.com'] }), world);
    expect(world.asked).toEqual([]);
    for await (const outcome of source) {
      expect(outcome).toEqual({
        target: {
          address: '10.0.0.7',
          host: 'phone.example.com',
          hint: {},
          scope: '10.0.0.0/24',
          named: true,
          source: '--target Phone.example.com',
        },
      });
    }
    expect(world.asked).toEqual(['phone.example.com']);
  });

  it('that do not resolve are an outcome and do not end the run', async () => {
    const world = worldOf(
      { 'p.csv': 'host,mac\nnowhere,00CCFC123456\n' },
      { v6only: ['fe80::1'], blocked: ['0.0.0.0'] },
    );
    expect(await outcomesOf({ targets: ['v6only', 'blocked', '10.0.0.1'], inventories: ['p.csv'] }, world)).toEqual([
      {
        target: {
          address: 'nowhere',
          host: 'nowhere',
          hint: { mac: '00CCFC123456' },
          inventory: 'p.csv',
          scope: '',
          named: true,
          source: 'p.csv:2',
        },
        error: 'unresolved-host',
        reason: 'ENOTFOUND',
      },
      expect.objectContaining({ error: 'unresolved-host', reason: 'no IPv4 address' }),
      expect.objectContaining({ error: 'unresolved-host', reason: 'resolves only to 0.0.0.0' }),
      { target: { address: '10.0.0.1', hint: {}, scope: '10.0.0.0/24', named: true, source: '--target 10.0.0.1' } },
    ]);
  });

  it.each(['EAI_AGAIN', 'EAI_SYSTEM', 'EMFILE'])(
    'of which nobody says anything (%s) are asked for again',
    async (code) => {
      const world = worldOf({}, { phone: ['10.0.0.7'] });
      const pauses: number[] = [];
      let asked = 0;
      const io = {
        ...world,
        lookup: (host: string) =>
          (asked += 1) < 3 ? Promise.reject(Object.assign(new Error('x'), { code })) : world.lookup(host),
        clock: notingClock(pauses),
      };
      expect(await outcomesOf({ targets: ['phone'] }, io)).toMatchObject([{ target: { address: '10.0.0.7' } }]);
      expect(pauses).toEqual([500, 2_000]);
    },
  );

  it('of which nobody ever says anything are not said to have no address', async () => {
    const io = { ...worldOf(), lookup: () => Promise.reject(Object.assign(new Error('x'), { code: 'EAI_AGAIN' })) };
    expect(await outcomesOf({ targets: ['phone'] }, io)).toMatchObject([
      { target: { address: 'phone' }, error: 'name-lookup-failed', reason: 'EAI_AGAIN' },
    ]);
  });

  it('that lead to the same phone are probed once', async () => {
    const hosts = { a: ['10.0.0.1'], b: ['10.0.0.1'], c: ['10.0.0.2'], d: ['10.0.0.3'], e: ['10.0.0.9'] };
    const world = worldOf({ 'p.csv': 'host,site\n10.0.0.3,row\nc,Bonn\nd,\n' }, hosts);
    const outcomes = await outcomesOf(
      { subnets: ['10.0.0.0/29'], targets: ['a', 'b', 'A.', 'e'], inventories: ['p.csv'] },
      world,
    );
    expect(
      outcomes.map(({ target }) => `${target.address} ${target.host ?? ''} ${target.hint.site ?? ''}`.trim()),
    ).toEqual([...['10.0.0.3  row', '10.0.0.2 c Bonn', '10.0.0.9 e', '10.0.0.1', '10.0.0.4', '10.0.0.5', '10.0.0.6']]);
  });
});

it('a meaning may have a column for each of several lists', async () => {
  const world = worldOf({ 'a.csv': 'Phone IP,x\n10.0.0.1,\n', 'b.csv': 'Desk IP,x\n10.0.0.2,\n' });
  const columns = ['Phone IP', 'Desk IP'].map((name) => ({ meaning: 'address' as const, name }));
  expect(await addressesOf({ inventories: ['a.csv', 'b.csv'], columns }, world)).toEqual(['10.0.0.1', '10.0.0.2']);
});

describe('a column that is named', () => {
  const columns = [{ meaning: 'address' as const, name: 'Desk IP' }];
  const world = worldOf({
    'desks.csv': 'Desk IP,ip\n10.0.0.1,10.0.0.2\n',
    'phones.csv': 'ip,note\n10.0.0.3,x\n',
  });

  it('may be one of a list that is excluded, which is read by it', async () => {
    expect(await addressesOf({ subnets: ['10.0.0.0/30'], excludes: ['desks.csv'], columns }, world)).toEqual([
      '10.0.0.2',
    ]);
    const both = { subnets: ['10.0.0.0/30'], inventories: ['phones.csv'], excludes: ['desks.csv'], columns };
    expect(await addressesOf(both, world)).toEqual(['10.0.0.3', '10.0.0.2']);
  });

  it('may be one of an inventory, and not of the list that is excluded or limits the run', async () => {
    const listed = { inventories: ['desks.csv'], columns };
    expect(await addressesOf({ ...listed, excludes: ['phones.csv'] }, world)).toEqual(['10.0.0.1']);
    const limit = { most: null, list: 'phones.csv' };
    expect(await addressesOf({ ...listed, targets: ['10.0.0.3'], limit }, world)).toEqual(['10.0.0.3']);
    const limited = { inventories: ['phones.csv'], targets: ['10.0.0.1'], limit: { most: null, list: 'desks.csv' } };
    expect(await addressesOf({ ...limited, columns }, world)).toEqual(['10.0.0.1']);
  });

  it('is refused where no list has it', async () => {
    const spec = { subnets: ['10.0.0.0/30'], columns };
    expect(await usageErrorOf({ ...spec, excludes: ['phones.csv'] }, world)).toMatch(
      /^--column address="Desk IP": there is no such column in phones\.csv/,
    );
    expect(await usageErrorOf({ ...spec, excludes: ['10.0.0.1'] }, world)).toMatch(
      /^--column address="Desk IP": no inventory has columns with names/,
    );
  });
});

describe('targets that somebody named', () => {
  const hosts = { desk: ['10.0.0.2'], hall: ['10.0.0.4', '10.0.0.5'], far: ['10.0.7.7'], shut: ['10.0.0.6'] };
  const namesOf = async (spec: Parameters<typeof outcomesOf>[0], world = worldOf({}, hosts)): Promise<string[]> =>
    (await outcomesOf(spec, world)).filter(({ target }) => target.named).map(({ target }) => target.address);

  it('are none of those of a subnet', async () => {
    expect(await namesOf({ subnets: ['10.0.0.0/24', '10.0.1.7/32'] })).toEqual([]);
  });

  it('are every address of a range, every host, resolved or not, and every row, with hints or without', async () => {
    const world = worldOf(
      { 'p.csv': 'ip,mac\n10.0.9.1,\n10.0.9.2,00CCFC123456\n', 'q.json': '[{"ip":"gone"}]' },
      hosts,
    );
    const targets = ['10.0.3.1-3', '10.0.4.4', 'far', 'nowhere'];
    expect(await namesOf({ targets, inventories: ['p.csv', 'q.json'] }, world)).toEqual([
      ...['10.0.9.1', '10.0.9.2', 'gone', '10.0.7.7', 'nowhere', '10.0.3.1', '10.0.3.2', '10.0.3.3', '10.0.4.4'],
    ]);
  });

  it('are named also where a subnet holds them, whatever names them', async () => {
    const world = worldOf({ 'p.csv': 'ip\n10.0.0.1\n' }, hosts);
    const spec = { subnets: ['10.0.0.0/28'], targets: ['10.0.0.9-10', 'desk', 'hall'], inventories: ['p.csv'] };
    expect(await namesOf(spec, world)).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.4', '10.0.0.9', '10.0.0.10']);
    expect(await addressesOf(spec, world)).toHaveLength(14);
  });

  it('stay away where they are excluded', async () => {
    const world = worldOf({ 'p.csv': 'ip\n10.0.0.1\n10.0.0.3\n' }, hosts);
    const excludes = ['10.0.0.1', '10.0.0.5', '10.0.0.10', 'shut'];
    const targets = ['10.0.0.9-10', 'hall', 'shut'];
    const spec = { subnets: ['10.0.0.0/28'], targets, inventories: ['p.csv'], excludes };
    expect(await namesOf(spec, world)).toEqual(['10.0.0.3', '10.0.0.9']);
    expect(await addressesOf(spec, world)).not.toEqual(expect.arrayContaining(['10.0.0.1']));
  });
});
