import { describe, expect, it } from '@jest/globals';
import { modelOf } from '../../../src/domain/phone/facts.js';

describe('the model in a product name or PID (G1, G2)', () => {
  it.each([
    ['CP-8841-3PCC', '8841'],
    ['CP-8841', '8841'],
    ['CP-8841-K9=', '8841'],
    ['CP-8841-3PCC-K9=', '8841'],
    ['8851-3PCC', '8851'],
    ['CP-8851NR-K9=', '8851NR'],
    ['cp-8865nr-3pcc', '8865NR'],
    [' CP-7832-3PCC ', '7832'],
    ['SPA504G', 'SPA504G'],
    ['CP-DX650', 'DX650'],
  ])('of %j is %s', (productId, model) => {
    expect(modelOf(productId)).toBe(model);
  });

  it.each([null, '', 'CP-', 'Cisco IP Phone', 'LaserJet M404dn', 'CP-88411', 'CP-8841K9', 'CP-8'])(
    'of %j is not known',
    (productId) => {
      expect(modelOf(productId)).toBeNull();
    },
  );
});
