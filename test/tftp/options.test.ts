import { describe, expect, it } from '@jest/globals';
import { agree, askFor, readAgreement } from '../../src/tftp/options.js';

const options = (given: Record<string, string>): ReadonlyMap<string, string> => new Map(Object.entries(given));
const file = { size: 70_000, maxBlockBytes: 1468 };

describe('what a server agrees to', () => {
  it('is nothing where nothing is asked: no OACK, blocks of 512', () => {
    expect(agree(options({}), file)).toEqual({
      blockBytes: 512,
      windowSize: 1,
      retransmitMs: null,
      reply: options({}),
    });
  });

  it('is what is asked, with the size of the file', () => {
    const asked = { blksize: '1024', tsize: '0', timeout: '3', windowsize: '8' };
    expect(agree(options(asked), file)).toEqual({
      blockBytes: 1024,
      windowSize: 8,
      retransmitMs: 3000,
      reply: options({ ...asked, tsize: '70000' }),
    });
  });

  it('is less than was asked of a block or a window that is too large', () => {
    const asked = options({ blksize: '65464', windowsize: '65535' });
    expect(agree(asked, file).reply).toEqual(options({ blksize: '1468', windowsize: '64' }));
    // 128 KiB without an acknowledgment at most.
    expect(agree(asked, { ...file, maxBlockBytes: 65464 }).reply).toEqual(
      options({ blksize: '65464', windowsize: '2' }),
    );
  });

  it.each([
    { blksize: '7' },
    { blksize: '65465' },
    { blksize: '-512' },
    { blksize: '5e2' },
    { blksize: '' },
    { blksize: '99999999999999999999' },
    { timeout: '0' },
    { timeout: '256' },
    { windowsize: '0' },
    { windowsize: '65536' },
    { windowsize: '٣' },
    { multicast: '' },
    { constructor: '1' },
  ] as Record<string, string>[])('leaves out %j', (asked) => {
    expect(agree(options(asked), file)).toEqual(agree(options({}), file));
  });
});

describe('what a client asks for', () => {
  it('is the size, and what differs from the default', () => {
    expect(askFor({ blockBytes: 512, windowSize: 1 })).toEqual(options({ tsize: '0' }));
    expect(askFor({ blockBytes: 1428, windowSize: 4 })).toEqual(
      options({ tsize: '0', blksize: '1428', windowsize: '4' }),
    );
  });
});

describe('the reply to what was asked', () => {
  const asked = askFor({ blockBytes: 1428, windowSize: 4 });
  const read = (agreed: Record<string, string>): unknown => readAgreement(options(agreed), asked);

  it('may agree to all, to less, to some, to none', () => {
    expect(read({ tsize: '9', blksize: '1428', windowsize: '4' })).toEqual({
      ok: true,
      terms: { blockBytes: 1428, windowSize: 4 },
      size: 9,
    });
    expect(read({ blksize: '8', windowsize: '1' })).toMatchObject({
      terms: { blockBytes: 8, windowSize: 1 },
      size: null,
    });
    expect(read({})).toEqual({ ok: true, terms: { blockBytes: 512, windowSize: 1 }, size: null });
  });

  it.each(['', '-1', '1e3', 'unknown', '9007199254740993'])('with the size %j tells no size', (tsize) => {
    expect(read({ tsize })).toMatchObject({ ok: true, size: null });
  });

  it.each([
    { blksize: '1429' },
    { blksize: '7' },
    { blksize: 'x' },
    { windowsize: '5' },
    { windowsize: '0' },
    { timeout: '1' },
  ] as Record<string, string>[])('may not be %j', (agreed) => {
    expect(read(agreed)).toMatchObject({ ok: false });
  });
});
