import { describe, expect, it } from '@jest/globals';
import { LabelIndex } from '../../../src/domain/phone/labels.js';

describe('Labels of a profile', () => {
  const labels = new LabelIndex({ software: ['Software Version'], line: ['Ext # Status'] });

  it.each([
    ['Software Version', 'software'],
    [' software\u00a0 version:* ', 'software'],
    ['Ext 12 Status', 'line'],
    ['Software', undefined],
    ['x'.repeat(5_000), undefined],
  ])('%j stands for %s, however often it is asked', (text, meaning) => {
    for (let time = 0; time < 3; time += 1) expect(labels.find(text)).toBe(meaning);
  });
});
