import type { Random } from '../../support/pages/admin-page-dialects.js';

type Break = (parts: string[], at: number, random: Random) => void;

/** Ways to break XML at the tag that stands at an odd place. Texts of values stay. */
const breaks: Readonly<Record<string, Break>> = {
  removed: (parts, at) => void (parts[at] = ''),
  doubled: (parts, at) => void (parts[at] = (parts[at] ?? '').repeat(2)),
  swapped: (parts, at, random) => {
    const to = 1 + 2 * Math.floor((random() * (parts.length - 1)) / 2);
    [parts[at], parts[to]] = [parts[to] ?? '', parts[at] ?? ''];
  },
  'lower case': (parts, at) => void (parts[at] = (parts[at] ?? '').toLowerCase()),
  'no end of the tag': (parts, at) => void (parts[at] = (parts[at] ?? '').replace(/>$/, ' ')),
  'stray close': (parts, at) => void (parts[at] = `</status>${parts[at] ?? ''}`),
  'unknown element': (parts, at) => void (parts[at] = `<x y="1"><z/></x>${parts[at] ?? ''}`),
  comment: (parts, at) => void (parts[at] = `<!-- <MAC_Address>DECODECODEC0</MAC_Address> -->${parts[at] ?? ''}`),
  'processing instruction': (parts, at) => void (parts[at] = `<?php echo 1 ?>${parts[at] ?? ''}`),
  attribute: (parts, at) => void (parts[at] = (parts[at] ?? '').replace(/^(<[\w]+)>$/, '$1 a="1" a=\'2\'>')),
  'text as CDATA': (parts, at) => {
    const text = parts[at + 1] ?? '';
    if (/\S/.test(text) && !/[[&]/.test(text)) parts[at + 1] = `<![CDATA[${text}]]>`;
  },
  'text in references': (parts, at) => {
    const text = parts[at + 1] ?? '';
    if (text.includes('&') || text.includes('CDATA')) return;
    parts[at + 1] = text.replaceAll(/[A-Za-z]/g, (letter) => `&#x${letter.charCodeAt(0).toString(16)};`);
  },
};
const kinds = Object.keys(breaks);

/** Breaks a document at one to three places, one in five cut off; says how. */
export function breakXml(xml: string, random: Random): { xml: string; how: string } {
  const parts = xml.split(/(<[^<>]*>)/);
  const how: string[] = [];
  for (let count = 1 + Math.floor(random() * 3); count > 0; count -= 1) {
    const kind = kinds[Math.floor(random() * kinds.length)] ?? '';
    const at = 1 + 2 * Math.floor((random() * (parts.length - 1)) / 2);
    breaks[kind]?.(parts, at, random);
    how.push(`${kind} at ${at}`);
  }
  const text = parts.join('');
  const end = random() < 0.2 ? Math.floor(random() * text.length) : text.length;
  return { xml: text.slice(0, end), how: end < text.length ? `${how.join(' | ')} | cut at ${end}` : how.join(' | ') };
}
