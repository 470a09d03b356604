import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBeginning, decodeBody } from '../../../src/transport/body/response.js';

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

  it('that has arrived in part is read as all of it will be, wherever it is cut', () => {
    for (const whole of ['Büro ☎ 📞', 'x']) {
      const bytes = Buffer.from(whole);
      for (let at = 0; at <= bytes.length; at += 1) {
        const { text, charset } = decodeBeginning(bytes.subarray(0, at), 'text/html; charset=utf-8');
        expect([whole.startsWith(text), charset]).toEqual([true, 'utf8']);
      }
    }
    expect(decodeBeginning(Buffer.from('Bür', 'latin1'), '')).toEqual({ text: 'Bür', charset: 'latin1' });
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
