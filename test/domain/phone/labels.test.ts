import { describe, expect, it } from '@jest/globals';
import { LabelIndex, remembering } from '../../../src/domain/phone/labels.js';

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

describe('What is found out about a text', () => {
  const counted = (): { of: (text: string) => number; asked: string[] } => {
    const asked: string[] = [];
    return { asked, of: remembering((text) => asked.push(text)) };
  };

  it('is found out once', () => {
    const { of, asked } = counted();
    expect([of('Product Name'), of('Product Name'), of('Serial Number')]).toEqual([1, 1, 2]);
    expect(asked).toEqual(['Product Name', 'Serial Number']);
  });

  it('is remembered of five hundred texts, none of them long, so that no phone can fill the memory', () => {
    const { of, asked } = counted();
    const long = 'x'.repeat(201);
    of(long);
    of(long);
    expect(asked).toHaveLength(2);
    for (let time = 0; time < 2; time += 1) for (let at = 0; at < 501; at += 1) of(`label ${at}`);
    expect(asked).toHaveLength(2 + 501 + 1);
  });
});
