import { printable } from '../../domain/text/printable.js';
import { type CaptureCheck, leftPlaces, type LeftText } from './check.js';
import type { Manifest } from './manifest.js';

const headings: Readonly<Record<keyof CaptureCheck['left'], string>> = {
  values: 'Values that were kept',
  labels: 'Texts taken for labels, headings, buttons and options',
  links: 'Links',
  scripts: 'Texts in scripts',
  attributes: 'Names of fields and other attributes',
  headers: 'Response headers',
  manifest: 'In the manifest',
};

const longestLine = 1_000;
const widest = 150;

/** A check for the person who wants to share the capture. */
export function checkInWords(
  { suspicious, left }: CaptureCheck,
  { replaced, exchanges, version, madeAt }: Manifest,
  file: string,
): string {
  const lines = [
    `${file}: ${exchanges.length} exchanges with one phone, made at ${madeAt} by version ${version}`,
    `Replaced: ${replaced.length === 0 ? 'nothing' : replaced.map(({ kind, times, files }) => `${kind} ${times}× in ${files.length} files`).join(', ')}`,
    '',
    'Everything else that is in it. Look it over before you share it.',
  ];
  for (const place of leftPlaces) {
    if (left[place].length === 0) continue;
    const texts = left[place];
    lines.push(
      '',
      `${headings[place]} (${texts.length})`,
      ...(place === 'labels' ? together(texts) : texts.map((one) => `  ${shown(one)}`)),
    );
  }
  lines.push('');
  if (suspicious.length === 0)
    lines.push(
      'Nothing suspicious was found: no MAC, address, name, number or token but stand-ins. A person sees more.',
    );
  else
    lines.push(
      `Suspicious (${suspicious.length}): remove these by hand, or make the capture anew`,
      ...suspicious.map((one) => `  ${shown(one)}: ${one.why}`),
    );
  return `${lines
    .flatMap((line) => line.split('\n'))
    .map((line) => printable(line, longestLine))
    .join('\n')}\n`;
}

function shown({ text, files }: LeftText): string {
  const [first = '', ...others] = files;
  const where = `   [${first}${others.length > 0 ? ` and ${others.length} more` : ''}]`;
  return wrapped(printable(text, Number.MAX_SAFE_INTEGER) + where);
}

/** A long text in several lines: nothing of it is kept from who looks it over. */
function wrapped(text: string): string {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > widest) {
    const blank = rest.lastIndexOf(' ', widest);
    const end = blank > widest / 2 ? blank : widest;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...lines, rest].join('\n     ');
}

/** Labels are many, and the same on every phone. */
function together(texts: readonly LeftText[]): string[] {
  const lines: string[] = [];
  let line = ' ';
  for (const { text } of texts) {
    const piece = ` ${printable(text, Number.MAX_SAFE_INTEGER)} ·`;
    if (line.length + piece.length > 120 && line.trim() !== '') {
      lines.push(wrapped(line));
      line = ' ';
    }
    line += piece;
  }
  return [...lines, wrapped(line.replace(/ ·$/, ''))];
}
