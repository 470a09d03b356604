import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expandMacros, phoneMacros } from '../../../src/simulator/macros.js';

const VALUES = phoneMacros({
  mac: '00CCFC12AB34',
  model: '8841',
  serial: 'FCH2012ABCD',
  address: '127.1.2.3',
  load: 'sip88xx.12-0-3MPP0001-87',
  hardware: 'V05',
});

describe('macros in a rule', () => {
  it.each([
    ['http://s/$MA.lic', 'http://s/00ccfc12ab34.lic'],
    ['http://s/$MAU.lic', 'http://s/00CCFC12AB34.lic'],
    ['http://s/$MAU_M2E.lic', 'http://s/00CCFC12AB34_M2E.lic'],
    ['http://s/$MAC', 'http://s/00:cc:fc:12:ab:34'],
    ['/$PSN.xml', '/8841-3PCC.xml'],
    ['$PN $SN $IP', 'CP-8841-3PCC FCH2012ABCD 127.1.2.3'],
    ['$SWVER/$HWVER', 'sip88xx.12-0-3MPP0001-87/V05'],
    ['$(MAU:6:6)-$(PSN:0:4)-$(SN)', '12AB34-8841-FCH2012ABCD'],
    ['$UNKNOWN and $(ODD:1:2)', '$UNKNOWN and $(ODD:1:2)'],
    ['price: 5$', 'price: 5$'],
  ])('%s becomes %s', (rule, expanded) => {
    expect(expandMacros(rule, VALUES)).toBe(expanded);
  });

  it('leave a text without a dollar as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replaceAll('$', '');
        expect(expandMacros(plain, VALUES)).toBe(plain);
      }),
    );
  });
});
