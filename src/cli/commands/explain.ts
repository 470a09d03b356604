import { failureCodes, isFailureCode } from '../../domain/failures/failure-codes.js';
import { gradeMeanings } from '../../domain/pacing/grade-meanings.js';
import { type Meaning, outcomeMeanings } from '../../domain/progress/outcome-meanings.js';
import { nearMisses } from '../../domain/text/near-miss.js';
import { printable } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { explainCode, listCodes } from '../../report/explain.js';
import { wrap } from '../../report/plain-text.js';
import { exitMeanings } from '../terminal/exit-meanings.js';
import { writeOut } from '../terminal/write-out.js';

const width = 78;

/** What can be explained besides failure codes: each with its words, as they are shown. */
const kinds: readonly { title: string; of: string; words: ReadonlyMap<string, Meaning> }[] = [
  { title: 'Outcomes: how a target ended, exactly one for each.', of: 'outcome', words: byWord(outcomeMeanings) },
  {
    title: 'Grades of proof: what waves and thresholds know of a phone that was written to.',
    of: 'grade of proof',
    words: byWord(gradeMeanings),
  },
  {
    title: 'Exit codes: how the command ended.',
    of: 'exit code',
    words: new Map([...exitMeanings].map(([code, meaning]) => [`exit-${code}`, meaning])),
  },
];

/** Every word that `explain` knows. */
export const explainedWords: readonly string[] = [
  ...new Set([...kinds.flatMap(({ words }) => [...words.keys()]), ...Object.keys(failureCodes)]),
];

/** `explain [WORD]`: what an outcome, a failure code, a grade of proof or an exit code means. @throws UsageError for an unknown word */
export async function explainCommand(word: string | undefined): Promise<number> {
  await writeOut(process.stdout, [word === undefined ? everything() : explained(word)]);
  return 0;
}

function explained(text: string): string {
  const given = text.trim().toLowerCase();
  const word = given.replace(/^(?:exit[- ]?)?(\d+)$/, 'exit-$1');
  const sections = kinds.flatMap(({ of, words }) => {
    const meaning = words.get(word);
    return meaning === undefined ? [] : [section(`${word} (${of})`, meaning)];
  });
  if (isFailureCode(word)) sections.push(explainCode(word));
  if (sections.length > 0) return sections.join('\n');
  const near = nearMisses(word, explainedWords);
  const guess = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
  throw new UsageError(
    `"${printable(text, 60)}" is no failure code, outcome, grade of proof or exit code.${guess} "fleet-migrate explain" lists them all.`,
  );
}

function section(title: string, { meaning, hint }: Meaning): string {
  return [title, '', ...wrap(meaning, width, '  '), '', ...wrap(hint, width, '  What to do: '), ''].join('\n');
}

function everything(): string {
  const lists = kinds.map(({ title, words }) => {
    const longest = Math.max(...[...words.keys()].map((word) => word.length));
    const lines = [...words].flatMap(([word, { meaning }]) => wrap(meaning, width, `  ${word.padEnd(longest)}  `));
    return [title, '', ...lines, ''].join('\n');
  });
  return [...lists, 'Failure codes: why a phone did not end well.', '', listCodes()].join('\n');
}

function byWord(meanings: Readonly<Record<string, Meaning>>): ReadonlyMap<string, Meaning> {
  return new Map(Object.entries(meanings));
}
