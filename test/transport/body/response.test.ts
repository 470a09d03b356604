import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBody } from '../../../src/transport/body/response.js';

describe('the text of an answer', () => {
  it.each([
    ['text/html; charset=utf-8', Buffer.from('Büro ☎'), 'Büro ☎', 'utf8'],
    ['text/html; charset=ISO-8859-1', Buffer.from('Büro', 'latin1'), 'Büro', 'latin1'],
    ['text/html;charset="latin1"', Buffer.from('Büro', 'latin1'), 'Büro', 'latin1'],
    ['text/html; Charset = windows-1252', Buffer.from('Büro', 'latin1'), 'Büro', 'latin1'],
    ['', Buffer.from('Büro'), 'Büro', 'utf8'],
    ['', Buffer.from('Büro', 'latin1'), 'Büro', 'latin1'],
    ['text/html; charset=klingon', Buffer.from('Büro'), 'Büro', 'utf8'],
    ['text/html; charset=utf-8', Buffer.from('Büro', 'latin1'), 'Büro', 'latin1'],
    ['', Buffer.alloc(0), '', 'utf8'],
  ])('with the type %j is read as declared, else as what it is', (type, bytes, text, charset) => {
    expect(decodeBody(bytes, type)).toEqual({ text, charset });
  });

  it('is read as the page itself says where the header is silent', () => {
    const head = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"></head>';
    // Valid UTF-8 as well: only the declaration tells.
    const bytes = Buffer.concat([Buffer.from(head), Buffer.from([0xc3, 0xa4])]);
    expect(decodeBody(bytes, 'text/html')).toEqual({ text: `${head}Ã¤`, charset: 'latin1' });
    expect(decodeBody(bytes, 'text/html; charset=utf-8').charset).toBe('utf8');
  });

  it('gives back the very bytes when encoded again, so that a form can be posted back unharmed', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('', 'text/html; charset=iso-8859-1'),
        (raw, type) => {
          const bytes = Buffer.from(raw);
          const { text, charset } = decodeBody(bytes, type);
          expect(Buffer.from(text, charset).equals(bytes)).toBe(true);
        },
      ),
      { seed: 8841 },
    );
  });
});
