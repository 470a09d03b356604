import { describe, expect, it } from '@jest/globals';
import { identitySections, readWholeAdminPage } from '../../../src/pages/admin/admin-page.js';
import type { ProductInformation } from '../../../src/pages/admin/product-information.js';
import { productFields } from '../../../src/domain/phone/page-profile.js';
import { KnownLayouts } from '../../../src/pages/identity/known-layouts.js';
import { readIdentity } from '../../../src/pages/identity/read.js';
import { type Random, randomOf } from '../../support/pages/admin-page-dialects.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';
import { runs } from '../../support/depth.js';
import { mutatedPage } from '../support/mutated-page.js';
import { partsOf } from '../support/mutate.js';

/*
 * A page that is like one that was read before is read by that one's layout: the reader without a memory is the judge, over broken pages by the
 * thousand, each changed in a few of its texts and now and then in a tag. That one's judge is the parser of whole pages.
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
  ...['in', 'fo', 'read', '-----', 'A-1', 'SN1', 'a <script> b', 'F\0\r1', '\u00ad1'],
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
  '<div id="Product Information">',
];

/** What a text of a page may stand in, so that what it means hangs on more than itself. */
const surroundings: readonly ((text: string) => string)[] = [
  (text) => `<b>${text}<p></p>Help</b> Serial Number:`,
  (text) => `<label>Asset</label> <b>${text}<p></p>fo</b> Serial Number:</td><td>OTHER1`,
  (text) => `<sup>${text}</sup>`,
  (text) => `<a href=x>${text}</a> x`,
  (text) => `${text} <button>`,
  (text) => `<div title="a>b" id="${text}">${text}`,
  (text) => `${text} < b > c`,
  (text) => `${text}</td><tr><td>${text}</td><tr><td>`,
  (text) => `${text}<tr><td colspan=4>Product Information<tr><td>Serial Number:<td>${text}`,
];

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** Where a page, in parts, shows something. */
const filledIn = (parts: readonly string[]): number[] =>
  parts.flatMap((text, at) => (at % 2 === 0 && /[\p{L}\d]/u.test(text) ? [at] : []));

/** The page with a text in odd surroundings, and where that is among its parts. */
function dressed(html: string, random: Random): { html: string; at: number } {
  const parts = partsOf(html);
  const at = pick(random, filledIn(parts));
  parts[at] = pick(random, surroundings)(parts[at] ?? '');
  return { html: parts.join(''), at };
}

/** The page with some of its texts replaced: one mostly, and often one of those that stand near `at`. */
function another({ html, at }: { html: string; at: number }, random: Random): string {
  const parts = partsOf(html);
  const all = filledIn(parts);
  const near = all.filter((place) => place >= at && place < at + 8);
  const filled = near.length > 0 && random() < 0.5 ? near : all;
  for (let count = 1 + Math.floor(3 * random() ** 2); count > 0; count -= 1)
    parts[pick(random, filled)] = pick(random, texts);
  if (random() < 0.1) parts[1 + 2 * Math.floor(((parts.length - 1) / 2) * random())] += pick(random, tags);
  return parts.join('');
}

/** As a page arrives. */
const beginningsOf = (html: string, random: Random): string[] =>
  [random(), random()].sort().map((share) => html.slice(0, Math.floor(share * html.length)));

/** The fields that both know, and not as the same: a tag that closes what began before the section can hide a field from either. */
const differing = (one?: ProductInformation, other?: ProductInformation): string[] =>
  productFields.filter((field) => one?.[field] && other?.[field] && one[field] !== other[field]);

const perPage = 12;
const count = runs(60, 3_000);

describe.each([1, 10_001, 20_001])(`${count} pages from seed %d on, each shown by ${perPage} phones`, (from) => {
  it('are read by their layout as without it, whole and as they arrive', () => {
    let [read, byLayout] = [0, 0];
    for (let seed = from; seed < from + count; seed += 1) {
      const random = randomOf(seed);
      const { html: plain, how, isCut } = mutatedPage(seed, seed % 3);
      const first = random() < 0.4 ? dressed(plain, random) : { html: plain, at: Infinity };
      const original = first.html;
      for (let phone = 0; phone < perPage; phone += 1) {
        const known = new KnownLayouts(multiplatform);
        for (const html of [...beginningsOf(original, random), original]) readIdentity(html, multiplatform, known);
        const whole = another(first, random);
        for (const html of [...beginningsOf(whole, random), whole]) {
          const reading = known.read(html);
          const judged = readIdentity(html, multiplatform, new KnownLayouts(multiplatform));
          const isWhole = html === whole && !isCut;
          // The rest is waited for, and all that has come is read at its end.
          const mayWait = reading === 'arriving' && !isWhole;
          const found = readIdentity(html, multiplatform, known);
          if (html === whole && found) read += 1;
          if (html === whole && typeof reading === 'object') byLayout += 1;
          const slow = judged && readWholeAdminPage(judged.html, multiplatform, identitySections);
          const other = differing(judged?.admin.productInformation, slow?.productInformation);
          expect({ seed, how, html, other }).toEqual({ seed, how, html, other: [] });
          if (found === null && mayWait) continue;
          expect({ seed, how, html, found }).toEqual({ seed, how, html, found: judged });
        }
      }
    }
    // A reader that gives up, or never uses a layout, would pass otherwise.
    expect(read).toBeGreaterThan(0.5 * perPage * count);
    expect(byLayout).toBeGreaterThan(0.2 * perPage * count);
  });
});
