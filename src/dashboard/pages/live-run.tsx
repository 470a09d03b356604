import type { JSX } from 'preact';
import { type Counts, countsOf, endedIn, wavesOf } from '../../domain/progress/run-now.js';
import { formatDuration } from '../../domain/text/duration.js';
import { printable } from '../../domain/text/printable.js';
import { Bar } from '../../report/html/parts/outcomes.js';
import { utcMinute } from '../../report/plain-text.js';
import { elapsedText, leftText } from '../../report/progress/words.js';
import type { ToldStanding } from '../../store/told.js';
import { RunControls, type RunControlsProps } from './run-controls.js';
import { Layout } from './layout.js';

interface LiveRunProps {
  told: ToldStanding;
  /** What it can be asked for; `null`: nothing. */
  controls: RunControlsProps | null;
}

/** A run that goes on, as it stands; it follows the run, and becomes its report once it has ended. */
export function LiveRunPage({ told, controls }: LiveRunProps): JSX.Element {
  const { id, profile } = told.standing.run;
  return (
    <Layout title={`Run ${printable(id, 60)}`} place="/" script="live.js">
      <main>
        <h1>{profile === null ? 'Audit' : printable(profile, 60)}</h1>
        <p class="lost" role="status" hidden>
          The connection was lost; trying again …
        </p>
        <div data-live={`/live/runs/${encodeURIComponent(id)}`}>
          <LiveRun told={told} />
        </div>
        {controls && <RunControls {...controls} />}
        <p>
          <a href={`/runs/${encodeURIComponent(id)}/report`}>The report so far</a>
        </p>
      </main>
    </Layout>
  );
}

/** What changes of it while it goes on. */
export function LiveRun({ told }: { told: ToldStanding }): JSX.Element {
  const { run, longest, problems } = told.standing;
  const counts = countsOf(run.phones);
  const { targets, probed, found } = run.survey;
  const left = leftText(run);
  const waves = wavesOf(run.phones);
  return (
    <>
      <p class="lead">
        {[
          goingText(told),
          `Worked on for ${elapsedText(run)}${left === null ? '' : `; ${left}`}.`,
          `Run ${printable(run.id, 60)}.`,
        ].join(' ')}
      </p>
      {run.phase === 'survey' ? (
        <p>
          Looked at {probed}
          {targets === null ? '' : ` of ${targets}`} targets; {found} answered.
        </p>
      ) : (
        <>
          <h2 id="phones-now">Phones</h2>
          <Bar counts={barOf(counts)} />
          <p>
            {endedIn(counts)} of {run.phones.length} have ended: {countText(counts)}.
          </p>
        </>
      )}
      {waves.length > 1 && (
        <Rows title="Waves" heads={['Wave', 'Ended', 'Counts']}>
          {waves.map(({ number, phones, counts: of }) => [
            String(number),
            `${endedIn(of)} of ${phones.length}`,
            countText(of),
          ])}
        </Rows>
      )}
      {problems.length > 0 && (
        <Rows title="Last problems" heads={['At', 'Address', 'What']}>
          {problems.map(({ at, address, code, message }) => [
            new Date(at).toISOString().slice(11, 19),
            printable(address, 60),
            printable(`${code}: ${message}`),
          ])}
        </Rows>
      )}
      {longest.length > 0 && (
        <Rows title="Longest under way" heads={['Address', 'Model', 'State', 'For', 'It says']}>
          {longest.map(({ phone, says }) => [
            printable(phone.address, 60),
            printable(phone.model ?? '-', 40),
            phone.state,
            phone.writtenAt === null ? '-' : formatDuration(Math.max(0, run.now - phone.writtenAt)),
            printable(says ?? '-', 200),
          ])}
        </Rows>
      )}
    </>
  );
}

function goingText({ state, standing: { run } }: ToldStanding): string {
  if (state === 'cut off') return 'Its process is dead.';
  if (run.stopping) return 'It is stopping.';
  if (run.pausedSince === null) return 'It is going on.';
  const since = utcMinute(new Date(run.pausedSince).toISOString());
  return `It has been paused since ${since}: no further phone is written to until it is continued.`;
}

function Rows({ title, heads, children }: { title: string; heads: string[]; children: string[][] }): JSX.Element {
  return (
    <>
      <h2>{title}</h2>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {children.map((cells) => (
            <tr>
              {cells.map((cell) => (
                <td>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** In the words of the text beside it. */
function barOf({ done, failed, unverified, leftAlone, underWay, waiting }: Counts): { name: string; count: number }[] {
  return [
    { name: 'done', count: done },
    { name: 'failed', count: failed },
    { name: 'unverified', count: unverified },
    { name: 'left alone', count: leftAlone },
    { name: 'upgrading', count: underWay },
    { name: 'waiting', count: waiting },
  ].filter(({ count }) => count > 0);
}

function countText({ done, failed, unverified, leftAlone, underWay, waiting }: Counts): string {
  return [
    `${done} done`,
    `${underWay} upgrading`,
    `${waiting} waiting`,
    `${failed} failed`,
    ...(unverified > 0 ? [`${unverified} unverified`] : []),
    ...(leftAlone > 0 ? [`${leftAlone} left alone`] : []),
  ].join(', ');
}
