import { describe, expect, it } from '@jest/globals';
import { textInPng, withText } from '../../../../scripts/docs/pictures/png-text.js';

/** One pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('a picture of a page', () => {
  it('says what it shows', () => {
    const text = 'Done now (3)\nphönes … 10.0.0.5';
    expect(textInPng(withText(pixel, text))).toBe(text);
    expect(withText(pixel, text).subarray(-12)).toEqual(pixel.subarray(-12));
  });

  it('is none of ours where it says nothing', () => {
    expect(() => textInPng(pixel)).toThrow('this is no picture of ours');
  });
});
