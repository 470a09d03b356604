import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asNetascii } from '../../src/tftp/netascii.js';
import { someBytes, sourceOf } from './support/files.js';

/** What a client makes of it: RFC 764. */
function decoded(bytes: Uint8Array): Buffer {
  return Buffer.from(
    Buffer.from(bytes)
      .toString('latin1')
      .replace(/\r([\n\0])/g, (_, end) => (end === '\0' ? '\r' : '\n')),
    'latin1',
  );
}

describe('a file in netascii', () => {
  it('has CR LF for each line feed and CR NUL for each carriage return', async () => {
    const source = await asNetascii(sourceOf(Buffer.from('a\nb\r\nc\r')));
    expect(source.size).toBe(11);
    expect(Buffer.from(await source.read(0, 11)).toString()).toBe('a\r\nb\r\0\r\nc\r\0');
  });

  it('is read from any place, and comes back as it was', async () => {
    const bytes = someBytes(150_000);
    const source = await asNetascii(sourceOf(bytes));
    const whole = Buffer.from(await source.read(0, source.size));
    expect(decoded(whole).equals(bytes)).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.nat(source.size), fc.nat(source.size), async (one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        expect(whole.subarray(from, to).equals(await source.read(from, to - from))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('may be empty, and closes its file', async () => {
    const file = sourceOf(Buffer.alloc(0));
    const source = await asNetascii(file);
    expect(source.size).toBe(0);
    expect(await source.read(0, 0)).toHaveLength(0);
    await source.close();
    expect(file.closed).toBe(1);
  });

  it('that becomes shorter is no file', async () => {
    const short = { ...sourceOf(Buffer.from('abc')), size: 4 };
    await expect(asNetascii(short)).rejects.toThrow('the file became shorter');
  });
});
