import type { JSX } from 'preact';
import type { WaveStory } from '../../../domain/report/story/course.js';
import { formatDuration } from '../../../domain/text/duration.js';
import { countsText } from '../../runs/groups.js';
import { linkTo } from './links.js';
import { isShort, Time } from './time.js';
import { WideTable } from './wide-table.js';

interface CourseProps {
  waves: readonly WaveStory[];
  title?: string;
  /** Whether the page has the phones themselves, for the chart and for links to them. */
  hasPhones?: boolean;
  isRehearsed?: boolean;
}

/** The waves over time: a chart of the phones that were written to, and its waves as a table. */
export function CourseOfRun({ waves, title, hasPhones = true, isRehearsed = false }: CourseProps): JSX.Element | null {
  if (waves.length === 0) return null;
  const hasWaves = waves.some(({ wave }) => wave !== null);
  const isExact = isShort(waves.flatMap(({ firstWriteAt, lastEndAt }) => [firstWriteAt, lastEndAt ?? firstWriteAt]));
  return (
    <section aria-labelledby="course">
      <h2 id="course">{title ?? (hasWaves ? 'Waves over time' : 'Phones over time')}</h2>
      {hasPhones && (
        <div
          class="chart"
          id="course-chart"
          role="img"
          aria-label="Phones done, under way and ended otherwise, over time; the table below has the numbers."
        />
      )}
      <WideTable
        label={hasWaves ? 'Waves' : 'Phones over time'}
        columns={[
          ...(hasWaves ? ['Wave'] : []),
          ...['Written to', 'First write', 'Last end', isRehearsed ? 'Takes' : 'Took', 'Outcomes'],
        ]}
        numbers={['Written to']}
      >
        {waves.map((wave) => (
          <WaveRow wave={wave} hasWaves={hasWaves} hasPhones={hasPhones} isExact={isExact} />
        ))}
      </WideTable>
    </section>
  );
}

interface WaveRowProps {
  wave: WaveStory;
  hasWaves: boolean;
  hasPhones: boolean;
  /** To the second. */
  isExact: boolean;
}

function WaveRow({ wave: told, hasWaves, hasPhones, isExact }: WaveRowProps): JSX.Element {
  const { wave, phones, byOutcome, firstWriteAt, lastEndAt } = told;
  const number = wave === null || !hasPhones ? wave : <a href={linkTo({ wave: String(wave) })}>{wave}</a>;
  return (
    <tr>
      {hasWaves && <th scope="row">{number ?? 'none'}</th>}
      <td class="number">{phones}</td>
      <td>
        <Time at={firstWriteAt} isExact={isExact} />
      </td>
      <td>{lastEndAt === null ? 'not yet' : <Time at={lastEndAt} isExact={isExact} />}</td>
      <td>{lastEndAt === null ? '-' : formatDuration(Date.parse(lastEndAt) - Date.parse(firstWriteAt))}</td>
      <td>{countsText(byOutcome)}</td>
    </tr>
  );
}
