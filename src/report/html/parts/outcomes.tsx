import type { JSX } from 'preact';
import { outcomeMeanings } from '../../../domain/progress/outcome-meanings.js';
import { outcomes } from '../../../domain/progress/outcome.js';
import type { RunReport } from '../../../domain/report/report.js';
import {
  listedIn,
  notLookedAt,
  standingWord,
  type UnfinishedWord,
  unfinishedWords,
} from '../../../domain/report/unfinished.js';
import { countsText, type PageGroup } from '../../runs/groups.js';
import { linkTo } from './links.js';

interface OutcomesProps {
  report: RunReport;
  title?: string;
  /** What would happen is told without the meanings, which tell what has happened. */
  isRehearsed?: boolean;
}

/** How all targets ended, or stand: a bar, and a count for each with what it means. */
export function Outcomes({ report, title = 'What happened', isRehearsed = false }: OutcomesProps): JSX.Element {
  const { totals, only, run } = report;
  const listed = listedIn(report).map(standingWord);
  const ofWord = (word: string): number => listed.filter((one) => one === word).length;
  const still = unfinishedWords.map((word) => ({ word, count: ofWord(word), meaning: meaningOf(word, run) }));
  const ended = outcomes.map((word) => ({
    ...{ word, count: totals.byOutcome[word] ?? 0, meaning: outcomeMeanings[word].meaning },
  }));
  const counted = [...still, ...ended].filter(({ count }) => count > 0);
  // Addresses without an answer would leave nothing to be seen of the phones.
  const shown = counted.filter(({ word }) => word !== 'no-answer' && word !== 'not-a-phone');
  // Of a run that has ended they are among the aborted ones; one that goes on still comes to them.
  const unseen = run.state === 'cut off' ? notLookedAt(report) : 0;
  return (
    <section aria-labelledby="outcomes">
      <h2 id="outcomes">{title}</h2>
      <Bar counts={shown.map(({ word, count }) => ({ name: word, count }))} />
      <ul class="outcomes">
        {counted.map(({ word, count, meaning }) => (
          <li class={`of-${word}`}>
            <Count word={word} count={count} listed={ofWord(word)} isChoice={only !== undefined} />
            {!isRehearsed && <small>{meaning}</small>}
          </li>
        ))}
        {unseen > 0 && (
          <li>
            <b>{unseen}</b> not looked at
            <small>or not to the end; they are only counted</small>
          </li>
        )}
      </ul>
    </section>
  );
}

function meaningOf(word: UnfinishedWord, { state }: RunReport['run']): string {
  const isLeft = state === 'cut off';
  if (word === 'waiting')
    return `nothing was written; ${isLeft ? 'the run was cut off before its turn' : 'its turn comes'}`;
  return `written to, or may have been; ${isLeft ? 'the run was cut off, and nobody watches it' : 'it is being watched'}`;
}

interface CountProps {
  word: string;
  count: number;
  /** How many of them are in the table. */
  listed: number;
  /** Whether the table has a choice of phones only. */
  isChoice: boolean;
}

/** A number leads to as many phones: where not all are listed, the number of those does. */
function Count({ word, count, listed, isChoice }: CountProps): JSX.Element {
  const text = (
    <>
      <b>{count}</b> {word}
    </>
  );
  if (listed === count) return <a href={linkTo({ outcome: word })}>{text}</a>;
  const others = isChoice ? 'the others were not chosen' : 'the others are only counted';
  return (
    <>
      {text}
      <small>
        {listed === 0 ? (
          isChoice ? (
            'none of them was chosen'
          ) : (
            'only counted, not listed'
          )
        ) : (
          <>
            <a href={linkTo({ outcome: word })}>{listed} listed</a>; {others}
          </>
        )}
      </small>
    </>
  );
}

/** The last cells of a row that stands for a group of phones. */
export function GroupCells({ group: { byVerdict, byOutcome, notEnded } }: { group: PageGroup }): JSX.Element {
  const counts = { ...notEnded, ...byOutcome };
  return (
    <>
      <td>{countsText(byVerdict)}</td>
      <td>
        <Bar counts={Object.entries(counts).map(([name, count]) => ({ name, count }))} />
        {countsText(counts)}
      </td>
    </>
  );
}

/** Counts as one bar, each in the color of its name. Its numbers stand beside it in words. */
export function Bar({ counts }: { counts: readonly { name: string; count: number }[] }): JSX.Element | null {
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return null;
  let before = 0;
  const parts = counts.map(({ name, count }) => {
    const look = `of-${name.replaceAll(' ', '-')}`;
    const part = <rect class={look} x={(before / all) * 100} y="0" width={(count / all) * 100} height="1" />;
    before += count;
    return part;
  });
  const label = counts.map(({ name, count }) => `${count} ${name}`).join(', ');
  return (
    <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" role="img" aria-label={label}>
      {parts}
    </svg>
  );
}
