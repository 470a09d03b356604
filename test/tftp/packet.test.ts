import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packetBytes, parsePacket, type TftpPacket } from '../../src/tftp/packet.js';

const none: ReadonlyMap<string, string> = new Map();
const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('a TFTP packet', () => {
  // RFC 1350 §5, RFC 2347.
  const samples: [string, string, TftpPacket][] = [
    ['a read request', '\0\x01a.bin\0octet\0', { kind: 'read', file: 'a.bin', mode: 'octet', options: none }],
    ['a write request', '\0\x02a\0netascii\0', { kind: 'write', file: 'a', mode: 'netascii', options: none }],
    ['data', '\0\x03\x01\x02abc', { kind: 'data', block: 0x102, bytes: Buffer.from('abc') }],
    ['data without any', '\0\x03\0\x05', { kind: 'data', block: 5, bytes: Buffer.alloc(0) }],
    ['an acknowledgment', '\0\x04\xff\xff', { kind: 'ack', block: 65535 }],
    ['an error', '\0\x05\0\x01File not found\0', { kind: 'error', code: 1, message: 'File not found' }],
    [
      'an acknowledgment of options',
      '\0\x06tsize\x001234\0blksize\x001428\0',
      {
        kind: 'oack',
        options: new Map([
          ['tsize', '1234'],
          ['blksize', '1428'],
        ]),
      },
    ],
  ];

  it.each(samples)('%s is written and read as the RFC draws it', (_, text, packet) => {
    expect(packetBytes(packet)).toEqual(latin(text));
    expect(parsePacket(latin(text))).toEqual(packet);
  });

  it.each([
    ['nothing', ''],
    ['less than a header', '\0\x04\0'],
    ['an opcode that does not exist', '\0\x07\0\0'],
    ['a request without a mode', '\0\x01file\0'],
    ['a request whose mode has no end', '\0\x01file\0octet'],
    ['a request without any text', '\0\x01\0\x01'],
  ])('%s is none', (_, text) => {
    expect(parsePacket(latin(text))).toBeNull();
  });

  it('reads names of options and the mode in any case, the first of two options, and drops what is half there', () => {
    const read = (text: string): unknown => parsePacket(latin(text));
    expect(read('\0\x01F\0OcTeT\0BLKSIZE\x00512\0blksize\x008\0')).toEqual({
      kind: 'read',
      file: 'F',
      mode: 'octet',
      options: new Map([['blksize', '512']]),
    });
    const plain = { kind: 'read', file: 'F', mode: 'octet', options: none };
    expect(read('\0\x01F\0octet\0tsize\0')).toEqual(plain);
    expect(read('\0\x01F\0octet\0tsize\x000')).toEqual(plain);
    expect(read('\0\x01F\0octet\0\0\0\0\0')).toEqual(plain);
    expect(read('\0\x05\0\x02no end')).toEqual({ kind: 'error', code: 2, message: 'no end' });
    expect(read('\0\x05\0\0')).toEqual({ kind: 'error', code: 0, message: '' });
    expect(read('\0\x04\0\x09junk')).toEqual({ kind: 'ack', block: 9 });
  });

  it('is read from the middle of a larger buffer', () => {
    const large = Buffer.concat([Buffer.from('xxx'), latin('\0\x03\0\x01ab'), Buffer.from('yyy')]);
    expect(parsePacket(new Uint8Array(large.buffer, large.byteOffset + 3, 6))).toEqual({
      kind: 'data',
      block: 1,
      bytes: Buffer.from('ab'),
    });
  });

  it('comes back from its bytes', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((given) => !given.includes('\0'));
    const lower = text.map((given) => given.toLowerCase()).filter((given) => given === given.toLowerCase());
    const word = fc.integer({ min: 0, max: 65535 });
    const options = fc
      .array(
        fc.tuple(
          lower.filter((name) => name !== ''),
          text,
        ),
      )
      .map((list) => new Map(list));
    const packets: fc.Arbitrary<TftpPacket> = fc.oneof(
      fc.record({ kind: fc.constantFrom('read' as const, 'write' as const), file: text, mode: lower, options }),
      fc.record({
        kind: fc.constant('data' as const),
        block: word,
        bytes: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      }),
      fc.record({ kind: fc.constant('ack' as const), block: word }),
      fc.record({ kind: fc.constant('error' as const), code: word, message: text }),
      fc.record({ kind: fc.constant('oack' as const), options }),
    );
    fc.assert(
      fc.property(packets, (packet) => {
        expect(parsePacket(packetBytes(packet))).toEqual(packet);
      }),
    );
  });

  it('is read or none, whatever the bytes', () => {
    const near = fc
      .tuple(fc.integer({ min: 0, max: 8 }), fc.uint8Array({ maxLength: 40 }))
      .map(([opcode, rest]) => Uint8Array.of(0, opcode, ...rest));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), near), (bytes) => {
        const packet = parsePacket(bytes);
        if (packet === null) return;
        // What was read can be written, and reads the same again.
        expect(parsePacket(packetBytes(packet))).toEqual(packet);
      }),
    );
  });
});
