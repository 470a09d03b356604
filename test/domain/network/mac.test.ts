import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseMac } from '../../../src/domain/network/mac.js';
import { anyText } from '../../support/any-text.js';

describe('a MAC', () => {
  it.each([
    '00CCFC123456',
    '00ccfc123456',
    '00:cc:fc:12:34:56',
    '00-CC-FC-12-34-56',
    '00cc.fc12.3456',
    ' 00 CC FC 12 34 56 ',
  ])('%j is read whichever way it is written', (text) => {
    expect(parseMac(text)).toBe('00CCFC123456');
  });

  it.each([
    ['too short', '00CCFC12345'],
    ['too long', '00CCFC1234567'],
    ['not hexadecimal', '00CCFC12345G'],
    ['empty', ''],
    ['a host name', 'SEP00CCFC123456'],
    ['all zeros, as shown before a phone knows its own', '00:00:00:00:00:00'],
    ['all ones', 'ff:ff:ff:ff:ff:ff'],
    ['letters that only become digits in upper case', '00CC\uFB00123456'],
    ['digits of another script', '00CCFC12345\u0666'],
  ])('%s is none', (_, text) => {
    expect(parseMac(text)).toBeNull();
  });

  it('comes back from every spelling', () => {
    const macs = fc.stringMatching(/^[0-9A-F]{12}$/).filter((mac) => mac !== '000000000000' && mac !== 'FFFFFFFFFFFF');
    fc.assert(
      fc.property(macs, fc.constantFrom(':', '-', '.', ' ', ''), (mac, separator) => {
        expect(parseMac((mac.match(/../g) ?? []).join(separator).toLowerCase())).toBe(mac);
      }),
    );
  });

  it('is 12 upper-case digits or nothing, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), fc.stringMatching(/^[0-9a-fA-F:.\-ﬀ ]{10,16}$/u)), (text) => {
        expect(parseMac(text) ?? '00CCFC123456').toMatch(/^[0-9A-F]{12}$/);
      }),
      { numRuns: 1_000 },
    );
  });
});
