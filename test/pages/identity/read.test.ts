import { describe, expect, it } from '@jest/globals';
import { KnownLayouts } from '../../../src/pages/identity/known-layouts.js';
import { readIdentity } from '../../../src/pages/identity/read.js';
import { type Random, randomOf } from '../../support/pages/admin-page-dialects.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';
import { runs } from '../../support/depth.js';
import { mutatedPage } from '../support/mutated-page.js';
import { partsOf } from '../support/mutate.js';

/*
 * A page that is like one that was read before is read by that one's layout: the reader without a memory is the judge, over broken pages by the
 * thousand, each changed in a few of its texts and now and then in a tag.
 */

/** What may stand where a value was. */
const texts = [
  ...[
    'FCH1111K111',
    '00CCFC999999',
    'A0:F8:49:00:B3:49',
    'sip88xx.12-0-9MPP0001-2',
    'V99',
    'Open',
    'Not Installed',
    'x',
  ],
  ...[
    '',
    ' ',
    '&nbsp;',
    ' &#x20; ',
    '\n',
    'Product Information',
    'Phone Status',
    'MAC Address',
    'Serial Number:',
    'x:',
  ],
  ...[
    'x Serial Number',
    '(optional)',
    '*',
    '[?]',
    'Info',
    'CP&#x2D;7841&#45;3PCC',
    '&#128;',
    '&eacute',
    '&amp;lt;',
    'é',
  ],
  ...['a < b', '<b>x</b>', '<!-- x -->', 'a > b', '\0', '\u00a0x\u00a0', 'x'.repeat(70), 'Status of it all', '"', "'"],
];

const tags = [
  '<td>',
  '</td>',
  '<tr>',
  '<b>',
  '</font>',
  '<sup>',
  '<button>',
  '</button>',
  '<div id=x>',
  '<p>',
  '<input>',
];

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** The page with some of its texts replaced: mostly one, mostly those that differ from phone to phone. */
function another(html: string, random: Random): string {
  const parts = partsOf(html);
  const filled = parts.flatMap((text, at) => (at % 2 === 0 && /[\p{L}\d]/u.test(text) ? [at] : []));
  for (let count = 1 + Math.floor(3 * random() ** 2); count > 0; count -= 1)
    parts[pick(random, filled)] = pick(random, texts);
  if (random() < 0.1) parts[1 + 2 * Math.floor(((parts.length - 1) / 2) * random())] += pick(random, tags);
  return parts.join('');
}

const perPage = 12;
const count = runs(60, 3_000);

describe.each([1, 10_001, 20_001])(`${count} pages from seed %d on, each shown by ${perPage} phones`, (first) => {
  it('are read by their layout as without it', () => {
    let [read, byLayout] = [0, 0];
    for (let seed = first; seed < first + count; seed += 1) {
      const random = randomOf(seed);
      const { html: original, how } = mutatedPage(seed, seed % 3);
      for (let phone = 0; phone < perPage; phone += 1) {
        const html = another(original, random);
        const known = new KnownLayouts(multiplatform);
        readIdentity(original, multiplatform, known);
        const fit = known.fit(html);
        const found = readIdentity(html, multiplatform, known);
        const judged = readIdentity(html, multiplatform, new KnownLayouts(multiplatform));
        if (judged) read += 1;
        if (typeof fit === 'object') byLayout += 1;
        // Cut where the layout goes on: the rest is waited for, and all that has come is read at its end.
        if (found === null && fit === 'arriving') continue;
        expect({ seed, how, html, found }).toEqual({ seed, how, html, found: judged });
      }
    }
    // A reader that gives up, or never uses a layout, would pass otherwise.
    expect(read).toBeGreaterThan(0.5 * perPage * count);
    expect(byLayout).toBeGreaterThan(0.2 * perPage * count);
  });
});
