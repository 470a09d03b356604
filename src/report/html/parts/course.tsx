import type { JSX } from 'preact';
import type { PhoneStory } from '../../../domain/report/story/story.js';
import { type WaveStory, wavesOf } from '../../../domain/report/story/course.js';
import { formatDuration } from '../../../domain/text/duration.js';
import { countsText } from '../../runs/groups.js';
import { linkTo } from './links.js';
import { Time } from './time.js';

/** The waves over time: a chart of the phones that were written to, and its waves as a table. */
export function CourseOfRun({ phones }: { phones: readonly PhoneStory[] }): JSX.Element | null {
  const waves = wavesOf(phones);
  if (waves.length === 0) return null;
  const hasWaves = waves.some(({ wave }) => wave !== null);
  return (
    <section aria-labelledby="course">
      <h2 id="course">{hasWaves ? 'Waves over time' : 'Phones over time'}</h2>
      <div
        class="chart"
        id="course-chart"
        role="img"
        aria-label="Phones done, under way and ended otherwise, over time; the table below has the numbers."
      />
      <table>
        <thead>
          <tr>
            {hasWaves && <th scope="col">Wave</th>}
            <th scope="col" class="number">
              Written to
            </th>
            <th scope="col">First write</th>
            <th scope="col">Last end</th>
            <th scope="col">Took</th>
            <th scope="col">Outcomes</th>
          </tr>
        </thead>
        <tbody>
          {waves.map((wave) => (
            <WaveRow wave={wave} hasWaves={hasWaves} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function WaveRow({ wave: told, hasWaves }: { wave: WaveStory; hasWaves: boolean }): JSX.Element {
  const { wave, phones, byOutcome, firstWriteAt, lastEndAt } = told;
  return (
    <tr>
      {hasWaves && <th scope="row">{wave === null ? 'none' : <a href={linkTo({ wave: String(wave) })}>{wave}</a>}</th>}
      <td class="number">{phones}</td>
      <td>
        <Time at={firstWriteAt} />
      </td>
      <td>{lastEndAt === null ? 'not yet' : <Time at={lastEndAt} />}</td>
      <td>{lastEndAt === null ? '-' : formatDuration(Date.parse(lastEndAt) - Date.parse(firstWriteAt))}</td>
      <td>{countsText(byOutcome)}</td>
    </tr>
  );
}
