import { describe, expect, it } from '@jest/globals';
import { modelOf, phoneModelIn } from '../../../src/domain/phone/facts.js';

describe('the model in a product name or PID (G1, G2)', () => {
  it.each([
    ['CP-8841-3PCC', '8841'],
    ['CP-8841', '8841'],
    ['CP8841', '8841'],
    ['CP-8841-K9=', '8841'],
    ['CP-8841-3PCC-K9=', '8841'],
    ['8851-3PCC', '8851'],
    ['CP-8851NR-K9=', '8851NR'],
    ['cp-8865nr-3pcc', '8865NR'],
    [' CP-7832-3PCC ', '7832'],
    ['SPA504G', 'SPA504G'],
    ['CP-DX650', 'DX650'],
    // No radio, wherever the PID says so
    ['CP-8832-NR-K9', '8832NR'],
    ['CP-8832-3PCC-NR-K9', '8832NR'],
    ['CP-8832-3PC-NR-K9=', '8832NR'],
    ['Cisco 8832 NR', '8832NR'],
    // Other endings of PIDs (docs/knowledge/hardware.md#product-ids)
    ['CP-8841-K9++=', '8841'],
    ['CP-8841-A-K9=', '8841'],
    ['CP-8841-W-K9=', '8841'],
    ['CP-8845-NC-K9', '8845'],
    ['CP-8841-R-K9=', '8841'],
    ['CP-8811-3PC-RC-K9', '8811'],
    ['CP-8832-3PC-EU-K9', '8832'],
    ['CP-6861-3PW-K9', '6861'],
    ['CP-8831-3PCC', '8831'],
    // As other systems write it (docs/knowledge/hardware.md#what-others-call-the-model)
    ['Cisco 8841', '8841'],
    ['cisco 8851nr', '8851NR'],
    ['DMS Cisco 8841', '8841'],
    ['Cisco IP Phone 8841', '8841'],
    ['Cisco IP Phone 8845, Global', '8845'],
    ['Cisco Unified IP Phone CP-7841', '7841'],
    ['Cisco IP Conference Phone 8832', '8832'],
    ['Cisco IP Phone CP-8841,V4, sip88xx.12-5-1SR1-4', '8841'],
  ])('of %j is %s', (productId, model) => {
    expect(modelOf(productId)).toBe(model);
  });

  it.each([
    null,
    '',
    'CP-',
    'Cisco IP Phone',
    'LaserJet M404dn',
    'CP-88411',
    'CP-8841K9',
    'CP-8',
    'HP 8841',
    'Cisco',
    'Phone',
    'DMSCisco 8841',
  ])('of %j is not known', (productId) => {
    expect(modelOf(productId)).toBeNull();
  });
});

describe('the phone that a text of a list names', () => {
  it.each([
    ['Phone - Cisco 8841 (SIP)', '8841'],
    ['Lobby, CP8851NR-K9=', '8851NR'],
    ['HP 8841', '8841'],
    ['Büro CP-8832-3PCC-NR-K9', '8832NR'],
    ['Cisco 9971', null],
    ['ATA191', null],
    ['Room 17841', null],
    ['CP-8841K9', null],
    ['', null],
  ])('%j: %s', (text, model) => {
    expect(phoneModelIn(text)).toBe(model);
  });
});
