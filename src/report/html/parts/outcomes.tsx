import type { JSX } from 'preact';
import { outcomeMeanings } from '../../../domain/progress/outcome-meanings.js';
import { outcomes } from '../../../domain/progress/outcome.js';
import type { PhoneGroup } from '../../../domain/report/groups.js';
import type { RunReport } from '../../../domain/report/report.js';
import { countsText } from '../../runs/groups.js';
import { linkTo } from './links.js';

/** How all targets ended: a bar, and a count for each outcome with what it means. */
export function Outcomes({ report: { totals, run, phones } }: { report: RunReport }): JSX.Element {
  // Most addresses without an answer are only counted.
  const listed = new Set(phones.map(({ outcome }) => outcome));
  const counted = outcomes.flatMap((outcome) => {
    const count = totals.byOutcome[outcome] ?? 0;
    return count === 0 ? [] : [{ outcome, count }];
  });
  // Addresses without an answer would leave nothing to be seen of the phones.
  const shown = counted.filter(({ outcome }) => outcome !== 'no-answer' && outcome !== 'not-a-phone');
  const { underWay = 0, waiting = 0 } = run.notEnded ?? {};
  return (
    <section aria-labelledby="outcomes">
      <h2 id="outcomes">What happened</h2>
      <Bar counts={shown.map(({ outcome, count }) => ({ name: outcome, count }))} />
      <ul class="outcomes">
        {underWay > 0 && (
          <li>
            <b>{underWay}</b> upgrading
          </li>
        )}
        {waiting > 0 && (
          <li>
            <b>{waiting}</b> waiting
          </li>
        )}
        {counted.map(({ outcome, count }) => (
          <li class={`of-${outcome}`}>
            {listed.has(outcome) ? (
              <a href={linkTo({ outcome })}>
                <b>{count}</b> {outcome}
              </a>
            ) : (
              <>
                <b>{count}</b> {outcome}
              </>
            )}
            <small>{outcomeMeanings[outcome].meaning}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The last cells of a row that stands for a group of phones. */
export function GroupCells({ byVerdict, byOutcome }: Pick<PhoneGroup, 'byVerdict' | 'byOutcome'>): JSX.Element {
  return (
    <>
      <td>{countsText(byVerdict)}</td>
      <td>
        <Bar counts={Object.entries(byOutcome).map(([name, count]) => ({ name, count }))} />
        {countsText(byOutcome)}
      </td>
    </>
  );
}

/** Counts as one bar. Its numbers stand beside it in words. */
export function Bar({ counts }: { counts: readonly { name: string; count: number }[] }): JSX.Element | null {
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return null;
  let before = 0;
  const parts = counts.map(({ name, count }) => {
    const part = <rect class={`of-${name}`} x={(before / all) * 100} y="0" width={(count / all) * 100} height="1" />;
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
