import { describe, expect, it } from '@jest/globals';
import { heard, lab, usual } from './support/client-lab.js';
import { someBytes } from './support/files.js';
import { ack, data, error, oack, read, settled } from './support/peer.js';

describe('a file over TFTP', () => {
  it('is fetched with the options that the server agrees to', async () => {
    const { own, fetch, asked, clock } = await lab();
    const bytes = someBytes(2500);
    const result = fetch({ windowSize: 2 });
    const client = await asked();
    expect(client.packet).toEqual(read('f', { tsize: '0', blksize: '1428', windowsize: '2' }));
    own.say(oack({ tsize: '2500', blksize: '1000', windowsize: '2' }), client);
    expect(await heard(own)).toEqual(ack(0));
    own.say(data(1, bytes.subarray(0, 1000)), client);
    own.say(data(2, bytes.subarray(1000, 2000)), client);
    expect(await heard(own)).toEqual(ack(2));
    own.say(data(3, bytes.subarray(2000)), client);
    expect(await heard(own)).toEqual(ack(3));
    expect(await result).toEqual({ kind: 'file', bytes, size: 2500, tooLarge: false });
    expect(clock.waiting()).toBe(0);
  });

  it('is fetched from a server that ignores options', async () => {
    const { own, fetch, asked } = await lab();
    const result = fetch();
    const client = await asked();
    expect(client.packet).toEqual(usual);
    own.say(data(1, someBytes(512)), client);
    expect(await heard(own)).toEqual(ack(1));
    own.say(data(2, ''), client);
    expect(await heard(own)).toEqual(ack(2));
    expect(await result).toEqual({ kind: 'file', bytes: someBytes(512), size: 512, tooLarge: false });
  });

  it('is not there if the server says so, once and for all', async () => {
    const { main, own, fetch, asked } = await lab();
    const result = fetch();
    own.say({ kind: 'error', code: 1, message: 'no \x1b[31mfile' }, await asked());
    expect(await result).toEqual({ kind: 'refused', code: 1, message: 'no \\x1b[31mfile', bytes: 0 });
    expect(await main.rest()).toEqual([]);
  });

  it('is refused when its server ends it halfway: that is told apart from a file that is not there', async () => {
    const { own, fetch, asked } = await lab();
    const result = fetch();
    const client = await asked();
    own.say(data(1, someBytes(512)), client);
    await heard(own);
    own.say({ kind: 'error', code: 0, message: 'gone' }, client);
    expect(await result).toEqual({ kind: 'refused', code: 0, message: 'gone', bytes: 512 });
  });

  it('is cut off at the most that is wanted, and the server told', async () => {
    const { own, fetch, asked } = await lab();
    const result = fetch({ maxBytes: 600 });
    const client = await asked();
    own.say(data(1, someBytes(512)), client);
    await heard(own);
    own.say(data(2, someBytes(512)), client);
    expect(await heard(own)).toEqual(error(0));
    const bytes = Buffer.concat([someBytes(512), someBytes(88)]);
    expect(await result).toEqual({ kind: 'file', bytes, size: null, tooLarge: true });
  });

  it.each([
    [512, false],
    [511, true],
  ])('of 512 bytes, of which %s are wanted: too large is %s', async (maxBytes, tooLarge) => {
    const { own, fetch, asked } = await lab();
    const result = fetch({ maxBytes });
    const client = await asked();
    own.say(data(1, someBytes(512)), client);
    await heard(own);
    if (!tooLarge) own.say(data(2, ''), client);
    expect(await result).toMatchObject({ kind: 'file', bytes: { length: maxBytes }, tooLarge });
  });

  it('that is not as long as announced is no evidence of anything', async () => {
    const { main, own, fetch, asked } = await lab();
    const result = fetch();
    const client = await asked();
    own.say(oack({ tsize: '900' }), client);
    await heard(own);
    own.say(data(1, 'short'), client);
    const message = `127.0.0.1:${main.at.port} does not keep to TFTP: it announced 900 bytes and sent 5.`;
    expect(await result).toEqual({ kind: 'broken', message });
    expect(await main.rest()).toEqual([]);
  });

  it('comes through duplicates, late packets, nonsense and strangers', async () => {
    const { main, own, another, fetch, asked } = await lab();
    const elsewhere = await another('127.0.0.2');
    const result = fetch({ windowSize: 2 });
    const client = await asked();
    // None of these is a reply to the request.
    for (const what of [Buffer.of(0, 9, 1, 1), ack(0), data(2, 'x'), usual]) own.say(what, client);
    elsewhere.say({ kind: 'error', code: 1, message: 'forged' }, client);
    own.say(oack({ tsize: '1100', windowsize: '2' }), client);
    expect(await heard(own)).toEqual(ack(0));
    // Our acknowledgment was lost.
    own.say(oack({ tsize: '1100', windowsize: '2' }), client);
    expect(await heard(own)).toEqual(ack(0));
    // A second transfer of the same request.
    main.say(oack({ tsize: '1100', windowsize: '2' }), client);
    expect(await heard(main)).toEqual(error(5));
    main.say({ kind: 'error', code: 0, message: 'not yours' }, client);
    elsewhere.say(data(1, 'forged'), client);
    own.say(data(2, someBytes(512)), client);
    expect(await heard(own)).toEqual(ack(0));
    own.say(data(1, someBytes(512)), client);
    own.say(data(1, someBytes(512)), client);
    own.say(oack({ tsize: '1100', windowsize: '2' }), client);
    own.say(data(2, someBytes(512)), client);
    expect(await heard(own)).toEqual(ack(2));
    own.say(data(1, someBytes(512)), client);
    await settled(client);
    expect(await own.rest()).toEqual([]);
    own.say(data(3, someBytes(76)), client);
    const bytes = Buffer.concat([someBytes(512), someBytes(512), someBytes(76)]);
    expect(await result).toEqual({ kind: 'file', bytes, size: 1100, tooLarge: false });
    expect(await heard(own)).toEqual(ack(3));
    // The last acknowledgment was lost, on a line that has lost something before.
    own.say(data(3, someBytes(76)), client);
    expect(await heard(own)).toEqual(ack(3));
  });

  it('is counted on beyond 65535 blocks', async () => {
    const { own, fetch, asked } = await lab();
    const result = fetch({ blockBytes: 8, windowSize: 64, maxBytes: 600_000 });
    const client = await asked();
    own.say(oack({ blksize: '8', windowsize: '64', tsize: '524801' }), client);
    expect(await heard(own)).toEqual(ack(0));
    for (let block = 1; block <= 65_600; block += 1) {
      own.say(data(block & 0xffff, 'eight...'), client);
      if (block % 64 === 0) await own.next();
    }
    own.say(data(65, 'y'), client);
    expect(await heard(own)).toEqual(ack(65));
    expect(await result).toMatchObject({ kind: 'file', size: 524_801 });
  });
});

describe('the size of a file over TFTP', () => {
  const sizeOnly = read('f', { tsize: '0' });

  it('is what the server announces; it is told that no more is wanted', async () => {
    const { own, fetch, asked } = await lab();
    const result = fetch({ maxBytes: 0 });
    const client = await asked();
    expect(client.packet).toEqual(sizeOnly);
    own.say(oack({ tsize: '61000000' }), client);
    expect(await heard(own)).toEqual(error(0));
    expect(await result).toEqual({ kind: 'file', bytes: Buffer.alloc(0), size: 61_000_000, tooLarge: false });
    // Whatever still comes is not acknowledged.
    own.say(data(1, someBytes(512)), client);
    expect(await own.rest()).toEqual([]);
  });

  it.each<[string, string, number | null]>([
    ['a first block that is full', 'x'.repeat(512), null],
    ['a first block that is the whole file', 'abc', 3],
    ['an empty block', '', 0],
  ])('where the server knows no options and sends %s', async (_, first, size) => {
    const { own, fetch, asked } = await lab();
    const result = fetch({ maxBytes: 0 });
    own.say(data(1, first), await asked());
    expect(await heard(own)).toEqual(size === null ? error(0) : ack(1));
    expect(await result).toEqual({ kind: 'file', bytes: Buffer.alloc(0), size, tooLarge: false });
  });

  it.each<[string, Record<string, string>, string, number | null]>([
    ['a size of 0 that is only the question sent back', { tsize: '0' }, 'x'.repeat(512), null],
    ['a size of 0 that is true', { tsize: '0' }, '', 0],
    ['a size that is no number', { tsize: 'large' }, 'x'.repeat(512), null],
    ['none', {}, 'abc', 3],
  ])('is not believed where the server announces %s: the first block shows', async (_, agreed, first, size) => {
    const { own, fetch, asked } = await lab();
    const result = fetch({ maxBytes: 0 });
    const client = await asked();
    own.say(oack(agreed), client);
    expect(await heard(own)).toEqual(ack(0));
    own.say(data(1, first), client);
    expect(await result).toMatchObject({ kind: 'file', size });
  });
});
