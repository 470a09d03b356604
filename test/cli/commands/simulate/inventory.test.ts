import { describe, expect, it } from '@jest/globals';
import { simulatedInventory } from '../../../../src/cli/commands/simulate/inventory.js';
import { printer, samplePhone } from '../../../report/support/sample.js';

describe('the list of simulated phones', () => {
  it('has them at their mapped addresses, with where they were, and what a list would say of each', () => {
    const lines = [
      ...simulatedInventory([
        { phone: samplePhone({ vid: 'V05', vidSource: 'inventory', site: 'HQ', note: 'Hall' }), address: '127.0.0.5' },
        // What a page calls its hardware version is no VID, and an address that was kept needs no note.
        { phone: samplePhone({ vid: null, address: '127.0.0.6' }), address: '127.0.0.6' },
        { phone: samplePhone({ serial: '=1+1', vid: null, address: '10.0.0.7' }), address: '127.0.0.7' },
      ]),
    ];
    expect(lines.map((line) => line.trimEnd())).toEqual([
      'address,mac,model,vid,serial,site,note',
      '127.0.0.5,00CCFC123456,8841,V05,FCH2012ABCD,HQ,10.0.0.5; Hall',
      '127.0.0.6,00CCFC123456,8841,,FCH2012ABCD,,',
      "127.0.0.7,00CCFC123456,8841,,'=1+1,,10.0.0.7",
    ]);
  });

  it('has other devices only where somebody had named them', () => {
    const mapped = [false, true].map((named) => ({ phone: { ...printer, named }, address: '127.0.0.1' }));
    expect([...simulatedInventory(mapped)]).toHaveLength(2);
  });
});
