import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LoadsError, parseLoads } from '../../../src/files/firmware/loads.js';
import { loadsBytes, tlv } from '../support.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function problem(bytes: Uint8Array): string {
  try {
    parseLoads(bytes);
  } catch (error) {
    if (error instanceof LoadsError) return error.message;
    throw error;
  }
  throw new Error('it was accepted');
}

/** A signed file with these records behind the two that begin each header. */
function signed(records: readonly number[]): Uint8Array {
  const head = [...tlv(1, '\x01\x01'), ...tlv(2, Uint8Array.of(0, 10 + records.length))];
  return Uint8Array.from([...head, ...records, ...bytesOf('a.sbn')]);
}

describe('a signed .loads file', () => {
  it('has a name and a list of images', () => {
    expect(parseLoads(loadsBytes())).toEqual({
      fileName: 'sip88xx.14-2-1-0101-26.loads',
      images: ['kern.sbn', 'rootfs.sbn'],
      container: 'tlv',
    });
  });

  it('may have CRLF, trailing blanks, comments, blank lines, further columns and repeated names', () => {
    const text =
      '#HARDWARE_COMP_1 15\r\nkern88xx.12-0-1MN-113.sbn  \r\n\r\n#? HW_REV 0-4.*\napps.sbn 123456 0f0f0f\nsb2.BE-01-020.sbn\tx\rapps.sbn';
    expect(parseLoads(loadsBytes({ text })).images).toEqual([
      'kern88xx.12-0-1MN-113.sbn',
      'apps.sbn',
      'sb2.BE-01-020.sbn',
    ]);
  });

  it('may carry no name', () => {
    expect(parseLoads(loadsBytes({ name: null })).fileName).toBeNull();
    expect(parseLoads(loadsBytes({ name: '' })).fileName).toBeNull();
  });

  it.each([
    ['its tag over and over', [0x0d, 0x0d, 0x0d, 0x0d, 0x0d]],
    ['a record', [0x0d, 0, 2, 7, 7]],
    ['records', [0x0d, 0, 0, 0x0d, 0, 1, 9]],
    ['zeros', [0, 0]],
    ['nothing', []],
  ])('may be padded with %s', (_what, padding) => {
    const rest = [...tlv(0x0e, 'sip78xx.1-2.loads\0'), ...padding];
    const header = [...tlv(1, '\x01\x01'), ...tlv(2, Uint8Array.of(0, 10 + rest.length)), ...rest];
    expect(parseLoads(Uint8Array.from([...header, ...bytesOf('a.sbn')]))).toMatchObject({
      fileName: 'sip78xx.1-2.loads',
      images: ['a.sbn'],
    });
  });

  it('may nest the signer in one record', () => {
    const inner = Uint8Array.from([...tlv(0x04, 'CN=x'), ...tlv(0x0e, 'not.this\0')]);
    const rest = [...tlv(0x03, inner), ...tlv(0x0e, 'sip78xx.1-2.loads\0')];
    const header = [...tlv(1, '\x01\x01'), ...tlv(2, Uint8Array.of(0, 10 + rest.length)), ...rest];
    expect(parseLoads(Uint8Array.from([...header, ...bytesOf('a.sbn')])).fileName).toBe('sip78xx.1-2.loads');
  });
});

describe('a bare list', () => {
  it('is read without a name', () => {
    expect(parseLoads(bytesOf('# made by hand\nkern.sbn\nrootfs.sbn\n'))).toEqual({
      fileName: null,
      images: ['kern.sbn', 'rootfs.sbn'],
      container: 'text',
    });
  });
});

describe('what is not a .loads file', () => {
  it.each([
    ['nothing', new Uint8Array(), 'it lists no images'],
    ['only comments', bytesOf('# x\n'), 'it lists no images'],
    ['a web page', bytesOf('<!DOCTYPE html>\n<html>'), 'not a file name'],
    ['a sentence', bytesOf('File not found'), 'not a file name'],
    ['a list with a path', bytesOf('../../etc/passwd.sbn'), 'not a file name'],
    ['a list with a URL', bytesOf('http://h/a.sbn'), 'not a file name'],
    ['binary data', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3), 'not a file name'],
    ['a header cut short', loadsBytes().subarray(0, 200), 'the whole file is 200'],
    ['a header and nothing more', loadsBytes({ text: '' }), 'it lists no images'],
    ['two bytes of a header', Uint8Array.of(1, 0), 'the signed header is damaged or cut short'],
    ['a header cut in its first records', loadsBytes().subarray(0, 9), 'the signed header is damaged or cut short'],
    [
      'a record that is too long',
      signed([0x0e, 0xff, 0xff, 0x61, 0x61]),
      'its record at byte 10 reaches to byte 65548',
    ],
    ['a record without a length', signed([0x61, 0]), 'its record at byte 10 reaches to byte 13'],
    ['a record beside the padding', signed([0x0d, 0, 1, 0, 5]), 'its record at byte 14 reaches to byte 17'],
    ['two names', signed([...tlv(0x0e, 'a.loads\0'), ...tlv(0x0e, 'b.loads\0')]), 'carries two names'],
    ['a header of no length', loadsBytes({ headerLength: 3 }), 'the header should be 3 bytes'],
    ['a header longer than the file', loadsBytes({ headerLength: 0xffff }), 'the header should be 65535 bytes'],
    [
      'a list without end',
      bytesOf(Array.from({ length: 101 }, (_, index) => `a${index}.sbn`).join('\n')),
      'more than 100 images',
    ],
  ])('%s', (_name, bytes, message) => {
    expect(problem(bytes)).toContain(message);
  });
});

describe('a length of the header that is a lie', () => {
  const truth = loadsBytes({ text: '' }).length;
  const text = 'kern.sbn\nrootfs.sbn\n';
  const lying = (headerLength: number): string => problem(loadsBytes({ headerLength, text }));

  it('into the middle of a record is refused', () => {
    expect(lying(truth - 20)).toMatch(/the header should be \d+ bytes, but its record at byte \d+ reaches/);
    expect(lying(11)).toMatch(/should be 11 bytes, but its record at byte 10 reaches/);
  });

  it('behind the first image, which it would hide, is refused', () => {
    expect(lying(truth + 'kern.sbn\n'.length)).toMatch(/but its record at byte \d+ reaches/);
  });

  it('of any size is refused or changes nothing', () => {
    for (let headerLength = 0; headerLength <= truth + text.length; headerLength += 1) {
      try {
        expect(parseLoads(loadsBytes({ headerLength, text })).images).toEqual(['kern.sbn', 'rootfs.sbn']);
      } catch (error) {
        expect(error).toBeInstanceOf(LoadsError);
      }
    }
  });
});

describe('properties of reading', () => {
  it('any bytes are read or refused, never anything else', () => {
    const damaged = fc.array(fc.tuple(fc.nat(420), fc.nat(255)), { maxLength: 8 }).map((changes) => {
      const bytes = loadsBytes();
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      return bytes;
    });
    const prefixed = fc.uint8Array().map((bytes) => Uint8Array.from([1, 0, 2, 1, 1, 2, 0, 2, 0, ...bytes]));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 600 }), prefixed, damaged), (bytes) => {
        try {
          const { images } = parseLoads(bytes);
          expect(images.length).toBeGreaterThan(0);
          for (const image of images) expect(image).toMatch(/^[\w.+-]+$/);
        } catch (error) {
          expect(error).toBeInstanceOf(LoadsError);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('nothing beyond the given bytes is read', () => {
    fc.assert(
      fc.property(fc.nat(loadsBytes().length), (length) => {
        const whole = loadsBytes();
        const outcome = (bytes: Uint8Array): unknown => {
          try {
            return parseLoads(bytes);
          } catch (error) {
            return String(error);
          }
        };
        expect(outcome(whole.subarray(0, length))).toEqual(outcome(whole.slice(0, length)));
      }),
    );
  });

  it('names and images that were written are read again', () => {
    const name = fc.stringMatching(/^[a-z0-9]{1,9}\.[a-z0-9-]{1,12}$/);
    fc.assert(
      fc.property(
        name,
        fc.uniqueArray(name, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('\n', '\r\n'),
        (fileName, images, end) => {
          expect(parseLoads(loadsBytes({ name: fileName, text: images.join(end) }))).toEqual({
            fileName,
            images,
            container: 'tlv',
          });
        },
      ),
    );
  });
});
