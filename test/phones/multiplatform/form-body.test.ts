import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formBody } from '../../../src/phones/multiplatform/form-body.js';

const pairs = (value: string, name = 'n') => [{ name, value }];
const encoded = (value: string, charset: 'utf8' | 'latin1' = 'utf8'): string | undefined =>
  formBody(pairs(value), '', charset, 'B')?.body.toString();

describe('a form as it is usually sent', () => {
  it('has its type, and its fields in order, those of one name as well', () => {
    const fields = [...pairs('1', 'a'), ...pairs('2', 'b'), ...pairs('3', 'a')];
    expect(formBody(fields, ' Application/X-WWW-Form-Urlencoded ', 'utf8', 'B')).toEqual({
      body: Buffer.from('a=1&b=2&a=3'),
      contentType: 'application/x-www-form-urlencoded',
    });
  });

  it.each([
    ['http://h:1/$MAU_M2E.lic', 'http%3A%2F%2Fh%3A1%2F%24MAU_M2E.lic'],
    ['a b+c&d=e', 'a+b%2Bc%26d%3De'],
    ['*-._~', '*-._%7E'],
    ['one\ntwo\r\nthree\r', 'one%0D%0Atwo%0D%0Athree%0D%0A'],
    ['', ''],
  ])('writes %j as a browser does', (value, expected) => {
    expect(encoded(value)).toBe(`n=${expected}`);
  });

  it('writes letters in the page’s own character set, and what that cannot hold as a reference', () => {
    expect(encoded('ü')).toBe('n=%C3%BC');
    expect(encoded('ü', 'latin1')).toBe('n=%FC');
    expect(encoded('☎ü😀', 'latin1')).toBe('n=%26%239742%3B%FC%26%23128512%3B');
  });

  it('means the same to every reader of such forms', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))), (given) => {
        const fields = given.map(([name, value]) => ({ name: `n${name}`, value }));
        const body = formBody(fields, '', 'utf8', 'B')?.body.toString() ?? '';
        const crlf = (text: string): string => text.replace(/\r\n|\r|\n/g, '\r\n');
        expect([...new URLSearchParams(body)]).toEqual(fields.map(({ name, value }) => [crlf(name), crlf(value)]));
      }),
      { seed: 8841 },
    );
  });

  it('gives a page in ISO-8859-1 its bytes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (raw) => {
        const text = Buffer.from(raw)
          .toString('latin1')
          .replace(/[\r\n]/g, '');
        const body = encoded(text, 'latin1') ?? '';
        const bytes = body
          .slice(2)
          .replace(/\+/g, ' ')
          .replace(/%([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
        expect(bytes).toBe(text);
      }),
      { seed: 8841 },
    );
  });
});

describe('a form for files and text together', () => {
  const multipart = (value: string, charset: 'utf8' | 'latin1' = 'utf8', name = 'n') =>
    formBody(pairs(value, name), 'multipart/form-data', charset, 'B');

  it('has each field in a part of its own', () => {
    expect(multipart('v')).toEqual({
      body: Buffer.from('--B\r\nContent-Disposition: form-data; name="n"\r\n\r\nv\r\n--B--\r\n'),
      contentType: 'multipart/form-data; boundary=B',
    });
  });

  it('writes letters in the page’s own character set', () => {
    expect(multipart('ü')?.body.includes(Buffer.from([0x0a, 0xc3, 0xbc, 0x0d]))).toBe(true);
    expect(multipart('ü', 'latin1')?.body.includes(Buffer.from([0x0a, 0xfc, 0x0d]))).toBe(true);
    expect(multipart('☎', 'latin1')?.body.toString('latin1')).toContain('&#9742;');
  });

  it('lets no name break out of its place, and no value end its part', () => {
    expect(multipart('v', 'utf8', 'a"\r\nX: y')?.body.toString()).toContain('name="a%22%0D%0AX: y"\r\n');
    const tricky = multipart('--B--');
    expect(tricky?.contentType).toBe('multipart/form-data; boundary=Bx');
    expect(tricky?.body.toString().split('--Bx').length).toBe(3);
  });
});

describe('an encoding that no phone page is known to use', () => {
  it.each(['text/plain', 'application/json'])('is not guessed: %s', (enctype) => {
    expect(formBody(pairs('v'), enctype, 'utf8', 'B')).toBeNull();
  });
});
