import { nearMiss } from '../text/near-miss.js';
import { shown } from '../text/printable.js';
import { UsageError } from '../text/usage-error.js';
import type { RunSummary } from './report.js';

/** The run that a name is for. */
type Named = Pick<RunSummary, 'id' | 'startedAt'>;

/** What the name of a report may hold in braces, of its run. The zone is this machine's, as people think of a night. */
const words: Readonly<Record<string, (run: Named) => string>> = {
  date: ({ startedAt }) => {
    const at = new Date(startedAt);
    return [String(at.getFullYear()).padStart(4, '0'), two(at.getMonth() + 1), two(at.getDate())].join('-');
  },
  // Windows has no colons in names.
  time: ({ startedAt }) => {
    const at = new Date(startedAt);
    return [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('');
  },
  run: ({ id }) => id,
};

/** `{word}`, and `{{` and `}}`, which stand for a brace. */
const braces = /\{\{|\}\}|\{([A-Za-z][\w-]*)\}/g;

/** The name of a report as it was given. @throws UsageError for a word that no run has, and for a brace that belongs to none */
export function readReportName(text: string, flag: string): string {
  for (const [whole, word] of text.matchAll(braces)) {
    if (word === undefined || Object.hasOwn(words, word)) continue;
    const known = Object.keys(words);
    const near = nearMiss(word, known);
    const guess = near === null ? '' : ` Did you mean {${near}}?`;
    throw new UsageError(
      `${flag} ${shown(text)}: ${shown(whole)} is none of ${known.map((one) => `{${one}}`).join(', ')}; write ${flag} night-{date}-{run}.json, or {{ for a brace.${guess}`,
    );
  }
  if (/[{}]/.test(text.replaceAll(braces, '·')))
    throw new UsageError(
      `${flag} ${shown(text)}: a brace in it belongs to no word; write ${flag} night-{date}-{run}.json, or {{ and }} for braces.`,
    );
  return text;
}

/** The name of a file that holds no words of a run. @throws UsageError where it seems to */
export function readPlainName(text: string, flag: string): string {
  const word = [...text.matchAll(braces)].find(([, one]) => one !== undefined && Object.hasOwn(words, one));
  if (word === undefined) return text;
  throw new UsageError(
    `${flag} ${shown(text)}: ${word[0]} would stay as it is, as only the name of --report holds words of its run; leave it out.`,
  );
}

/** The name of a run's report, with what is of the run in place of its words. A word that no run has stays as it is. */
export function reportNameOf(name: string, run: Named): string {
  return name.replace(braces, (whole, word: string | undefined) => {
    if (word === undefined) return whole.slice(1);
    return Object.hasOwn(words, word) ? (words[word]?.(run) ?? whole) : whole;
  });
}

/**
 * A name as that of a run which starts now, to check it before there is one: whether the file can be written, and is none of the others.
 * @param now milliseconds since the epoch
 */
export function reportNameToCheck(name: string, now: number): string {
  return reportNameOf(name, { id: '00000000000000-000000', startedAt: new Date(now).toISOString() });
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
