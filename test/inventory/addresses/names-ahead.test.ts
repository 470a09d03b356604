import { describe, expect, it } from '@jest/globals';
import { openTargets } from '../../../src/inventory/open-targets.js';
import { outcomesOf, specOf, worldOf } from '../support.js';

describe('host names', () => {
  it('of rows with a VID are known before the first target: their rows and those of their address are one phone', async () => {
    const world = worldOf(
      {
        'a.csv': 'ip,mac,vid\n10.0.0.7,00CCFC000001,V04\n10.0.0.8,,\n10.0.0.9,00CCFC000003,V04\n',
        'b.csv':
          'host,vid,mac\nphone7.example.com,V16,\nphone8.example.com,V16,\nphone9.example.com,V16,00CCFC000004\n' +
          'one.example.com,V04,\nother.example.com,V05,\n',
      },
      {
        ...{ 'phone7.example.com': ['10.0.0.7'], 'phone8.example.com': ['10.0.0.8'] },
        ...{ 'phone9.example.com': ['10.0.0.9'], 'one.example.com': ['10.0.0.1'], 'other.example.com': ['10.0.0.1'] },
      },
    );
    const found = await outcomesOf({ inventories: ['a.csv', 'b.csv'] }, world);
    expect(found.map(({ target }) => [target.address, target.hint.vid, target.contradiction])).toEqual([
      ['10.0.0.7', 'V04', 'b.csv:2: 10.0.0.7 has the VID V16 here, but V04 in a.csv:2'],
      ['10.0.0.8', 'V16', undefined],
      // That name names another MAC: it is no longer that phone's.
      ['10.0.0.9', 'V04', undefined],
      ['10.0.0.1', 'V04', 'b.csv:6: 10.0.0.1 has the VID V05 here, but V04 in b.csv:5'],
    ]);
    expect(world.asked).toHaveLength(5);
  });

  it('of rows without a VID wait for their turn', async () => {
    const world = worldOf(
      { 'a.csv': 'host,ip,model\n,10.0.0.7,8841\nphone1.example.com,,8841\n' },
      { 'phone1.example.com': ['10.0.0.1'] },
    );
    const source = await openTargets(specOf({ inventories: ['a.csv'] }), world);
    for await (const { target } of source)
      expect(world.asked).toEqual(target.address === '10.0.0.7' ? [] : ['phone1.example.com']);
    expect(world.asked).toHaveLength(1);
  });
});
