import { describe, expect, it } from '@jest/globals';
import { KnownLayouts } from '../../../src/pages/identity/known-layouts.js';
import { pageLimits } from '../../../src/pages/markup/limits.js';
import { readIdentity } from '../../../src/pages/identity/read.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

interface Shown {
  product?: string;
  serial?: string;
  mac?: string;
  version?: string;
  type?: string;
  host?: string;
  rows?: string;
  behind?: string;
}

/** The page of one firmware, with what differs from phone to phone. */
const page = (shown: Shown = {}): string => {
  const {
    product = 'CP-8841-3PCC',
    serial = 'FCH2252K0W0',
    mac = '00CCFC123456',
    version = 'sip88xx.12-0-3MPP0001-87',
  } = shown;
  const { type = 'Classic', host = 'Desk 1', rows = '', behind = '' } = shown;
  return (
    `<html><head><title>Phone</title></head><body><table><tr><td>System Information<tr><td>Host Name:<td>${host}` +
    `<tr><td colspan=4><b>Product Information</b>` +
    `<tr><td>Product Name:<td><font color=blue>${product}</font><td>Serial Number:<td><font color=blue>${serial}</font>\n` +
    `<tr><td>Software Version:<td>${version}<td>Hardware Version:<td>V05` +
    `<tr><td>MAC Address:<td>${mac}<td>Transition Authorization Type:<td>${type}${rows}` +
    `<tr><td>Phone Status${behind}<tr><td>Elapsed Time:<td>3 days</table></body></html>`
  );
};

/** The section of `page()` again. */
const twice = (serial: string): string =>
  `<tr><td>Product Information<tr><td>Product Name:<td>CP-8841-3PCC<td>Serial Number:<td>${serial}` +
  '<tr><td>Software Version:<td>sip88xx.12-0-3MPP0001-87<td>Hardware Version:<td>V05' +
  '<tr><td>MAC Address:<td>00CCFC123456<td>Transition Authorization Type:<td>Classic';

const below = (text: string): string => `<tr><td>Customization:<td><tr><td>${text}`;

/** What is closed within 500 letters is a button. */
const nearButton = (text: string): Shown => ({
  rows: `<tr><td>Info <button>?</td><td>Customization:</td><td>${text}</td>`,
  behind: `<tr><td>${'x'.repeat(300)}</button>`,
});

/** Layouts that one page has been learned from. */
const knowing = (html: string): KnownLayouts => {
  const known = new KnownLayouts(multiplatform);
  expect(readIdentity(html, multiplatform, known)).not.toBeNull();
  return known;
};

const anew = (html: string) => readIdentity(html, multiplatform, new KnownLayouts(multiplatform));

describe('a page of a known layout', () => {
  it.each<[what: string, Shown]>([
    ['another phone', { serial: 'FCH1111K111', mac: '00CCFC999999', host: 'Desk 2' }],
    ['another version', { version: 'sip88xx.12-0-4MPP0002-1' }],
    ['words for values', { type: 'WxC', serial: 'not known' }],
    ['blanks around a value', { serial: ' FCH1111K111\n' }],
    ['signs as character references', { version: 'sip88xx.12&#x2D;0&#45;4MPP0001-87' }],
    ['an ampersand', { serial: 'A&amp;B' }],
    ['no host name', { host: '' }],
    ['a host name that looks like a heading', { host: 'Product Information' }],
    ['a host name with references of all kinds', { host: 'a&eacute;&#0;&notin;' }],
    ['a value with a `>` in it', { serial: 'a > b' }],
  ])('is read by it: %s', (_what, shown) => {
    const known = knowing(page());
    const html = page(shown);
    expect(known.read(html)).toMatchObject({ end: expect.any(Number) });
    expect(readIdentity(html, multiplatform, known)).toEqual(anew(html));
  });

  it('is waited for while it fits as far as it has arrived', () => {
    const html = page({ serial: 'FCH1111K111' });
    const known = knowing(page());
    const whole = readIdentity(html, multiplatform, known)?.html.length ?? 0;
    expect(whole).toBe(html.indexOf('<tr><td>Elapsed'));
    // With the tag behind it: before, its last heading might go on.
    for (let length = 0; length < whole + '<tr>'.length; length += 1)
      expect(known.read(html.slice(0, length))).toBe('arriving');
  });
});

describe('a page of another layout', () => {
  it.each<[what: string, Shown]>([
    ['an empty value', { type: '' }],
    ['a blank value', { type: ' &nbsp; ' }],
    ['a label in place of a value', { serial: 'MAC Address' }],
    ['a value that runs into a label', { serial: 'FCH1 MAC Address' }],
    ['a value that ends in a colon', { serial: 'FCH1:' }],
    ['a heading in place of a value', { serial: 'Phone Status' }],
    ['a note in place of a value', { serial: '(optional)' }],
    ['a sign in place of a value', { serial: '*' }],
    ['a character reference that not all decode alike', { serial: 'FCH&#128;1' }],
    ['one without an end', { serial: 'FCH&#x2D1' }],
    ['a tag in a value', { serial: 'FCH<b>1</b>' }],
    ['a comment in a value', { serial: 'FCH<!-- 2 -->1' }],
    ['another row', { rows: '<tr><td>Customization:<td>Open' }],
    ['a row that repeats one', { rows: '<tr><td>Serial Number:<td>FCH0000K000' }],
    ['a heading behind it that goes on', { behind: ' of the line' }],
    ['a heading behind it that goes on in bold', { behind: '<b> of the line</b>' }],
    ['a heading before its section', { host: 'x<tr><td>Product Information<tr><td>Serial Number:<td>FCH0000K000' }],
  ])('is read anew: %s', (_what, shown) => {
    const known = knowing(page());
    const html = page(shown);
    expect(known.read(html)).toBe('other');
    expect(readIdentity(html, multiplatform, known)).toEqual(anew(html));
  });

  it('is what is short in a superscript, and so a note', () => {
    const noted = (text: string): string => page({ rows: `<tr><td>Customization:<td><sup>${text}</sup>` });
    const known = knowing(noted('Pending'));
    expect(known.read(noted('Open'))).toBe('other');
    expect(readIdentity(noted('Open'), multiplatform, known)).toEqual(anew(noted('Open')));
  });

  /** Two pages of which the second, read with what was learned from the first, is to be read as without. */
  it.each<[what: string, Shown, Shown]>([
    ...(
      [
        ['-----', 'A-1', 'Help'],
        ['in', 'Desk 1', 'fo'],
        ['Desk 1', 'in', 'fo'],
      ] as const
    ).map(([to, from, rest]): [string, Shown, Shown] => {
      const rows = (text: string): string =>
        `<tr><td><label>Asset</label> <b>${text}<p></p>${rest}</b> Serial Number:</td><td>OTHER1</td>`;
      return [`a bold text that goes on in the next row: ${to}`, { rows: rows(from) }, { rows: rows(to) }];
    }),
    [
      'a button that is closed behind the section',
      { rows: '<tr><td>Info <button>?</td>' },
      {
        rows: '<tr><td>Info <button>?</td>',
        behind: '</button><tr><td>Product Information<tr><td>Serial Number:<td>F9',
      },
    ],
    [
      'the id of a tag behind the section',
      { behind: '<div title="a>b" id="x">' },
      { behind: '<div title="a>b" id="Product Information">' },
    ],
    ['a button that is closed near enough, as a value is shorter', nearButton('x'.repeat(200)), nearButton('Open')],
    ['a `<` in a value, and then a tag', { host: 'a < b > c' }, { host: 'a <script> c' }],
    ['a section that is shown twice', { rows: twice('FCH2252K0W0') }, { rows: twice('FCH1111K111') }],
    ['a word below an empty value, and then two', { rows: below('Open') }, { rows: below('Open again') }],
    [
      'the words of a probe',
      { rows: '<tr><td>Customization:<td>0<b>3</b>' },
      { type: 'WxC', rows: '<tr><td>Customization:<td>0<b>3</b>' },
    ],
  ])('is read as without what is known: %s', (_what, first, second) => {
    const known = new KnownLayouts(multiplatform);
    readIdentity(page(first), multiplatform, known);
    expect(readIdentity(page(second), multiplatform, known)).toEqual(anew(page(second)));
  });

  it('ends at the first other heading, whatever tag ends that', () => {
    const html = page({ behind: '<div id="Product Information">' });
    expect(anew(html)?.admin.productInformation.serial).toBe('FCH2252K0W0');
  });

  it('is none with more headings before than a phone has', () => {
    expect(anew(page({ host: '<tr><td>Phone Status'.repeat(pageLimits.headings) }))).toBeNull();
  });

  it('is known from then on', () => {
    const known = knowing(page());
    readIdentity(page({ type: '' }), multiplatform, known);
    expect(known.read(page({ type: '', serial: 'FCH1111K111' }))).toMatchObject({ texts: { serial: ['FCH1111K111'] } });
    expect(known.read(page({ serial: 'FCH1111K111' }))).toMatchObject({ texts: { serial: ['FCH1111K111'] } });
  });
});

describe('what is remembered', () => {
  const other = (number: number): string => page({ rows: `<tr><td>Row ${number}:<td>x` });

  it('is the layouts used last', () => {
    const known = knowing(page());
    for (let number = 0; number < 40; number += 1) {
      readIdentity(other(number), multiplatform, known);
      expect(known.read(page())).toMatchObject({ end: expect.any(Number) });
    }
    expect(known.read(other(0))).toBe('other');
    expect(known.read(other(39))).toMatchObject({ end: expect.any(Number) });
  });

  it('is not added to any more where all pages are different', () => {
    const known = new KnownLayouts(multiplatform);
    for (let number = 0; number < 32; number += 1) readIdentity(other(number), multiplatform, known);
    expect(known.mayLearn).toBe(false);
    readIdentity(other(32), multiplatform, known);
    expect(known.read(other(32))).toBe('other');
    // One of use tells that there is a fleet again.
    expect(known.read(other(7))).toMatchObject({ end: expect.any(Number) });
    expect(known.mayLearn).toBe(true);
  });

  it('is tried again now and then after that', () => {
    const known = new KnownLayouts(multiplatform);
    const readOdd = (from: number, count: number): void => {
      for (let number = from; number < from + count; number += 1) readIdentity(other(number), multiplatform, known);
    };
    readOdd(0, 32 + 16);
    expect(known.mayLearn).toBe(true);
    readIdentity(page(), multiplatform, known);
    expect(known.mayLearn).toBe(false);
    expect(known.read(page({ serial: 'FCH1111K111' }))).toMatchObject({ texts: { serial: ['FCH1111K111'] } });
  });

  it('takes a number in a value for a label where a profile has numbered ones', () => {
    const { productInformation } = multiplatform;
    const labels = { ...productInformation.labels, serial: [...productInformation.labels.serial, 'SN#'] };
    const numbered = { ...multiplatform, productInformation: { ...productInformation, labels } };
    const known = new KnownLayouts(numbered);
    readIdentity(page(), numbered, known);
    expect(known.read(page({ type: 'SN1' }))).toBe('other');
    expect(known.read(page({ type: 'SX1' }))).toMatchObject({ texts: { serial: ['FCH2252K0W0'] } });
  });

  it('is nothing where a profile reads more than Product Information from there', () => {
    const more = {
      ...multiplatform,
      upgradeStatus: { ...multiplatform.upgradeStatus, sections: ['productInformation' as const] },
    };
    const known = new KnownLayouts(more);
    const html = page({ rows: '<tr><td>Upgrade Status:<td>Upgrading' });
    expect(readIdentity(html, more, known)?.admin.upgradeStatus).toBe('Upgrading');
    expect(known.read(html)).toBe('other');
  });
});
