import type { Random } from '../../support/pages/admin-page-dialects.js';

/**
 * A page as texts and tags in turns: tags at odd places. Mutations change tags and the space between them, never the text of a value or
 * the name of a control, so that what is true of the page stays true.
 */
export type Parts = string[];

export function partsOf(html: string): Parts {
  return html.split(/(<[^<>]*>)/);
}

/** One way to break a page. `at` is an odd place. */
type Change = (parts: Parts, at: number, random: Random) => void;

const partsValueFromWord = (parts: Parts, at: number): boolean =>
  /\S/.test(parts[at - 1] ?? '') && /^\s*[A-Z][a-z]+\s*$/.test(parts[at + 1] ?? '');
const isControl = (tag: string): boolean => /^<\/?(?:input|select|option|textarea)\b/i.test(tag);
const upTo = (random: Random, count: number): number => Math.floor(random() * count);
const other = (parts: Parts, random: Random): number => 1 + 2 * upTo(random, (parts.length - 1) / 2);

const labelText = /^(?:\s|&nbsp;)*(?:[A-Z][A-Za-z0-9]* ){1,4}[A-Z][A-Za-z0-9]*:?\s*$/;

/** Dirt in a value would be part of the value. */
function inLabel(parts: Parts, at: number, dirt: string): void {
  const text = parts[at + 1] ?? '';
  if (labelText.test(text)) parts[at + 1] = text.replace(/ (?=\S)/, ` ${dirt} `);
}

/** Every way that browsers forgive and that phones' authors, proxies and cut lines produce. */
const changes: Readonly<Record<string, Change>> = {
  // Not between a value and the next label, where the two would be one text to whoever reads it.
  'removed tag': (parts, at) => {
    if (!partsValueFromWord(parts, at)) parts[at] = '';
  },
  'doubled tag': (parts, at) => {
    const tag = parts[at] ?? '';
    if (!isControl(tag)) parts[at] = tag + tag;
  },
  'swapped tags': (parts, at, random) => {
    const to = other(parts, random);
    if (isControl(parts[at] ?? '') || isControl(parts[to] ?? '')) return;
    if (partsValueFromWord(parts, at) || partsValueFromWord(parts, to)) return;
    [parts[at], parts[to]] = [parts[to] ?? '', parts[at] ?? ''];
  },
  'unclosed cells': (parts, at) => {
    for (let next = at; next < at + 24 && next < parts.length; next += 2) {
      if (/^<\/(?:td|tr|th|dd|dt|li|label|p)>$/i.test(parts[next] ?? '')) parts[next] = '';
    }
  },
  'attribute case': (parts, at) => {
    const tag = parts[at] ?? '';
    // A value keeps its case.
    if (!/(?:value|action)\s*=/i.test(tag)) parts[at] = tag.toUpperCase();
  },
  'dropped quotes': (parts, at) => {
    const tag = parts[at] ?? '';
    if (!/value\s*=/i.test(tag)) parts[at] = tag.replaceAll(/["']/g, '');
  },
  // What follows up to the next quote becomes part of the attribute.
  'one quote dropped': (parts, at, random) => {
    const tag = parts[at] ?? '';
    const quotes = [...tag.matchAll(/["']/g)].map(({ index }) => index);
    const gone = quotes[upTo(random, quotes.length)];
    if (gone !== undefined) parts[at] = tag.slice(0, gone) + tag.slice(gone + 1);
  },
  'blanks in the tag': (parts, at) => void (parts[at] = (parts[at] ?? '').replace(/>$/, '\n\t >')),
  'NUL in the tag': (parts, at) => {
    if (!partsValueFromWord(parts, at)) parts[at] = (parts[at] ?? '').replace(/>$/, '\0>');
  },
  'commented copy': (parts, at) => void (parts[at] = `<!-- ${parts[at] ?? ''} -->${parts[at] ?? ''}`),
  'inline tag': (parts, at) => void (parts[at] = `<b><font color=red>${parts[at] ?? ''}`),
  'stray closing tags': (parts, at, random) =>
    void (parts[at] =
      `${['</table>', '</td>', '</tr>', '</div>', '</b></font>', '</p>'][upTo(random, 6)]}${parts[at] ?? ''}`),
  'nested table': (parts, at) => {
    const tag = parts[at] ?? '';
    if (/^<t[dh]\b/i.test(tag)) parts[at] = `${tag}<table><tr><td>`;
  },
  'broken reference in a label': (parts, at, random) =>
    inLabel(parts, at, ['&', '&#', '&#x', '&;', '&nosuch;', '&#0;', '&#x110000;', '&nbsp'][upTo(random, 8)] ?? ''),
  'NUL in a label': (parts, at) => inLabel(parts, at, '\0'),
  'stray less-than in a label': (parts, at) => inLabel(parts, at, ' < '),
  'text in references': (parts, at) => {
    const text = parts[at + 1];
    if (text === undefined || text.includes('&')) return;
    parts[at + 1] = text.replaceAll(/[A-Za-z]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  },
  'label with blanks': (parts, at) => {
    const text = parts[at + 1];
    if (text !== undefined) parts[at + 1] = text.replaceAll(' ', '&nbsp;\n ');
  },
  'long attribute': (parts, at) =>
    void (parts[at] = (parts[at] ?? '').replace(/>$/, ` title="${'Upgrade Rule '.repeat(20)}">`)),
};

const kinds = Object.keys(changes);

/** Breaks a page at up to `most` places between two of its parts; answers the kinds of breakage, for a message. */
export function mutate(parts: Parts, random: Random, most: number): string[] {
  const done: string[] = [];
  const count = upTo(random, most + 1);
  for (let change = 0; change < count; change += 1) {
    const kind = kinds[upTo(random, kinds.length)] ?? '';
    const at = other(parts, random);
    changes[kind]?.(parts, at, random);
    done.push(`${kind} at ${at}`);
  }
  return done;
}
