import { failureCodes, isFailureCode } from '../../domain/failures/failure-codes.js';
import { gradeMeanings } from '../../domain/pacing/grade-meanings.js';
import { type Meaning, outcomeMeanings } from '../../domain/progress/outcome-meanings.js';
import { nearMisses } from '../../domain/text/near-miss.js';
import { printable } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { explainCode, listCodes } from '../../report/explain.js';
import { twoColumns, wrap } from '../../report/plain-text.js';
import { exitMeanings } from '../terminal/exit-meanings.js';
import { roomOn } from '../terminal/room.js';
import { writeOut } from '../terminal/write-out.js';
import { phoneStateMeanings } from './explain/phone-states.js';
import { type CitedRule, citedRules } from './explain/rules.js';
import { runStateMeanings } from './explain/run-states.js';
import { verdictMeanings } from './explain/verdicts.js';

/** What can be explained besides failure codes and rules: each with its words, as they are shown. */
const kinds: readonly { title: string; of: string; words: ReadonlyMap<string, Meaning> }[] = [
  { title: 'Outcomes: how a target ended, exactly one for each.', of: 'outcome', words: byWord(outcomeMeanings) },
  { title: 'Verdicts: whether a phone may move in a direction.', of: 'verdict', words: byWord(verdictMeanings) },
  {
    title: 'Grades of proof: what waves and thresholds know of a phone that was written to.',
    of: 'grade of proof',
    words: byWord(gradeMeanings),
  },
  {
    title: 'States of a phone that has not ended, as the live view, status and events show them.',
    of: 'state of a phone',
    words: byWord(phoneStateMeanings),
  },
  { title: 'States of a run, as runs and status show them.', of: 'state of a run', words: byWord(runStateMeanings) },
  {
    title: 'Exit codes: how the command ended.',
    of: 'exit code',
    words: new Map([...exitMeanings].map(([code, meaning]) => [`exit-${code}`, meaning])),
  },
];

/** What explanations are made of, and for which width. */
interface Shown {
  rules: readonly CitedRule[];
  width: number;
}

/** Every word that `explain` knows, as it can be written in a shell. */
export async function explainedWords(): Promise<string[]> {
  return wordsWith(await citedRules());
}

function wordsWith(rules: readonly CitedRule[]): string[] {
  const words = [...kinds.flatMap(({ words }) => [...words.keys()]), ...Object.keys(failureCodes)].map(asWritten);
  return [...new Set([...words, ...rules.map(({ name }) => name)])];
}

/**
 * `explain [WORD…]`: what an outcome, a verdict, a failure code, a grade of proof, a state of a phone or of a run, a rule that a reason names or an exit code
 * means. @throws UsageError for an unknown word
 */
export async function explainCommand(given: readonly string[]): Promise<number> {
  const shown: Shown = { rules: await citedRules(), width: roomOn(process.stdout, 78) };
  // `cut off` and `exit 3` are one word; `failed blocked` are two.
  const joined = given.join(' ');
  const texts = meaningsOf(joined, shown).length > 0 ? [joined] : given;
  await writeOut(process.stdout, [
    texts.length === 0 ? everything(shown) : texts.map((text) => explained(text, shown)).join('\n'),
  ]);
  return 0;
}

function explained(text: string, shown: Shown): string {
  const meanings = meaningsOf(text, shown);
  if (meanings.length > 0) return meanings.join('\n');
  throw new UsageError(
    `"${printable(text, 60)}" is no failure code, outcome, verdict, grade of proof, state of a phone or a run, rule or exit code.${guess(normal(text), shown.rules)} "fleet-migrate explain" lists them all.`,
  );
}

function meaningsOf(text: string, { rules, width }: Shown): string[] {
  const word = normal(text);
  const sections = kinds.flatMap(({ of, words }) =>
    [...words].flatMap(([name, meaning]) =>
      asWritten(name) === word ? [section(`${name} (${of})`, meaning, width)] : [],
    ),
  );
  if (isFailureCode(word)) sections.push(explainCode(word, width));
  const rule = rules.find(({ name }) => name.toLowerCase() === word);
  if (rule !== undefined)
    sections.push([...wrap(`${rule.name} (rule): ${rule.title}`, width), '', ...rule.lines(width), ''].join('\n'));
  return sections;
}

/** What may be meant. Another number is another thing, and no misspelling. */
function guess(word: string, rules: readonly CitedRule[]): string {
  if (/^exit-\d+$/.test(word)) return ` Exit codes are ${[...exitMeanings.keys()].join(', ')}.`;
  const letters = (text: string): string => text.toLowerCase().replace(/\d+/g, '0');
  const near = nearMisses(word, wordsWith(rules)).filter((one) => letters(one) !== letters(word));
  return near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
}

function normal(text: string): string {
  return asWritten(text.trim().toLowerCase()).replace(/^(?:exit-?)?(\d+)$/, 'exit-$1');
}

/** Without blanks, which part words in a shell. */
function asWritten(name: string): string {
  return name.replace(/ +/g, '-');
}

function section(title: string, { meaning, hint }: Meaning, width: number): string {
  return [title, '', ...wrap(meaning, width, '  '), '', ...wrap(hint, width, '  What to do: '), ''].join('\n');
}

function everything({ rules, width }: Shown): string {
  const list = (title: string, rows: readonly (readonly [word: string, text: string])[]): string =>
    [...wrap(title, width), '', ...twoColumns(rows, width), ''].join('\n');
  return [
    ...kinds.map(({ title, words }) =>
      list(
        title,
        [...words].map(([word, { meaning }]) => [asWritten(word), meaning]),
      ),
    ),
    ...(rules.length === 0
      ? []
      : [
          list(
            'Rules: what a reason of a verdict rests on.',
            rules.map(({ name, title }) => [name, `${title}.`]),
          ),
        ]),
    ...wrap('Failure codes: why a phone did not end well.', width),
    '',
    listCodes(width),
  ].join('\n');
}

function byWord(meanings: Readonly<Record<string, Meaning>>): ReadonlyMap<string, Meaning> {
  return new Map(Object.entries(meanings));
}
