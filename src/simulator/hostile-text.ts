import type { Behavior } from './behavior/behavior.js';

/** Where a text is shown: it differs by place, so that a report can be searched for each. */
export type Place = 'title' | 'host' | 'serial' | 'hardware' | 'status' | 'server' | 'row';

/** The formula comes first: it works only at the start of a cell. */
const KINDS = ['csv', 'terminal', 'html', 'lines', 'long', 'bidi'] as const;
type Kind = (typeof KINDS)[number];

const TEXTS: Readonly<Record<Kind, (place: Place) => string>> = {
  // Clears the screen, sets the window's title, and writes in red that all is well.
  terminal: (place) => `\u001b[2J\u001b]0;owned ${place}\u0007\u001b[31mdone\u001b[0m\u009b1A`,
  html: (place) => `<script>alert("${place}")</script><img src=x onerror="alert('${place}')">`,
  csv: (place) => `=cmd|' /C calc ${place}'!A0`,
  lines: (place) => `${place}\r\n2026-01-01T00:00:00Z info 127.0.0.1 done\n{"event":"done","mac":"000000000000"}\n`,
  long: (place) => `${place} ${'A'.repeat(64 * 1024)}`,
  bidi: (place) => `\u202e${place} \u2066elbaton\u2069 \u200b\ufeff`,
};

/** What a hostile device shows at a place; empty for the others. */
export function hostileText(kind: Behavior['hostileText'], place: Place): string {
  if (kind === 'no') return '';
  const kinds = kind === 'all' ? KINDS.filter((one) => one !== 'long' || place === 'row') : [kind];
  return kinds.map((one) => TEXTS[one](place)).join(' ');
}

/** The same for a header: no control characters, nothing beyond Latin-1, and no 64 KB. */
export function hostileHeader(kind: Behavior['hostileText']): string {
  const text = hostileText(kind, 'server').replace(/[^\u0020-\u007e]/g, '?');
  return text.slice(0, 4096).trim();
}
