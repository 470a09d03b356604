import type { JSX } from 'preact';
import type { PhoneStory } from '../../../domain/report/story/story.js';
import { durationsOf } from '../../../domain/report/story/durations.js';
import { formatDuration } from '../../../domain/text/duration.js';
import { phonesText } from '../../plain-text.js';
import { WideTable } from './wide-table.js';

/** How long phones took: a chart, and its numbers. */
export function DurationsOfPhones({ phones }: { phones: readonly PhoneStory[] }): JSX.Element | null {
  const told = durationsOf(phones);
  if (told === null) return null;
  const { of, medianMs, p95Ms, longestMs, widthMs, fromMs, classes } = told;
  const what = of === 'moved' ? 'from the first write to the proof' : 'to be read';
  return (
    <section aria-labelledby="durations">
      <h2 id="durations">{of === 'moved' ? 'How long phones took' : 'How long it took to read phones'}</h2>
      <p>
        {phonesText(told.phones)}, {what}: half of them took at most {formatDuration(medianMs)}, 95 of 100 at most{' '}
        {formatDuration(p95Ms)}, the slowest {formatDuration(longestMs)}.
      </p>
      <div
        class="chart"
        id="durations-chart"
        role="img"
        aria-label="How many phones took how long; the numbers are below."
      />
      <details>
        <summary>The numbers</summary>
        <WideTable label="How many phones took how long" columns={['Took', 'Phones']} numbers={['Phones']}>
          {classes.map((count, at) => (
            <tr>
              <th scope="row">
                {formatDuration(fromMs + at * widthMs)} to {formatDuration(fromMs + (at + 1) * widthMs)}
              </th>
              <td class="number">{count}</td>
            </tr>
          ))}
        </WideTable>
      </details>
    </section>
  );
}
