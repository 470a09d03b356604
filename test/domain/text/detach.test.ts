import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { detach } from '../../../src/domain/text/detach.js';
import { anyText } from '../../support/any-text.js';

describe('A copy of a part of a page', () => {
  it('is the same text, whatever is in it: half characters too', () => {
    fc.assert(
      fc.property(anyText(), fc.nat(40), (text, from) => expect(detach(text.slice(from))).toBe(text.slice(from))),
    );
    for (const text of ['CP-8841-3PCC=12', 'Schlüssel des Telefons', 'Łódź, Oddział 12', 'half of a pair: \ud83d'])
      expect(detach(text)).toBe(text);
  });
});
