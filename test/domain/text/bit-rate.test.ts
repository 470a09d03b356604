import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatBitRate, parseBitRate } from '../../../src/domain/text/bit-rate.js';

describe('a rate', () => {
  it.each([
    ['10Mbit', 10_000_000],
    ['50 Mbit/s', 50_000_000],
    ['10Mbps', 10_000_000],
    ['10mbps', 10_000_000],
    ['10Mb/s', 10_000_000],
    ['1Gbit/s', 1_000_000_000],
    ['0.5Gbit', 500_000_000],
    ['64kbit', 64_000],
    ['100MBit/s', 100_000_000],
    [' 8000 bit/s ', 8_000],
    ['2MB/s', 16_000_000],
    ['1.5 MB/s', 12_000_000],
    ['512KiB/s', 4_194_304],
    ['1MiB/s', 8_388_608],
    ['2 Mbyte/s', 16_000_000],
  ])('%j is %d bits per second', (text, rate) => {
    expect(parseBitRate(text, '--link')).toBe(rate);
  });

  // Bits or bytes, per second or not: the two readings differ by eight times.
  it.each(['10', '10M', '10MB', '10Mb', '10 MBps', '10iB/s', 'fast', '', '-1Mbit', '1e3Mbit', '10Mbit/h', '10,5Mbit'])(
    '%j is none, and the message shows how to write one',
    (text) => {
      expect(() => parseBitRate(text, '--link')).toThrow(
        `--link "${text}" is not a rate; write bits as 10Mbit or bytes as 2MB/s`,
      );
    },
  );

  it('has bounds: a slip of the unit is not taken for a limit', () => {
    expect(() => parseBitRate('10bit', '--limit-client')).toThrow('is too slow to be meant; give at least 8kbit');
    expect(() => parseBitRate('0Mbit', '--limit-client')).toThrow('is too slow');
    expect(() => parseBitRate('5000Gbit', '--limit-total')).toThrow('is more than any link');
  });

  it.each([
    [8_000, '8 kbit/s'],
    [64_500, '64.5 kbit/s'],
    [2_500_000, '2.5 Mbit/s'],
    [16_000_000, '16 Mbit/s'],
    [1_000_000_000, '1 Gbit/s'],
    [800, '800 bit/s'],
  ])('%d bits per second is said as %s', (bits, text) => {
    expect(formatBitRate(bits)).toBe(text);
  });

  it('is read again as it is said, but for the digits that are not said', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8_000, max: 999_000_000_000 }), (bits) => {
        const again = parseBitRate(formatBitRate(bits), '--link');
        expect(Math.abs(again - bits) / bits).toBeLessThan(0.01);
      }),
    );
  });

  it('is a whole number within the bounds, or one sentence, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d.]{0,9} ?[kMG]?i?(bit|B|b|bps)?(\/s)?$/)), (text) => {
        try {
          expect(Number.isSafeInteger(parseBitRate(text, '--link'))).toBe(true);
        } catch (error) {
          expect((error as { code?: string }).code).toBe('usage');
        }
      }),
    );
  });
});
