import type { ComponentChild, JSX } from 'preact';
import { type Counts, countsOf, endedIn, wavesOf } from '../../domain/progress/run-now.js';
import { formatDuration } from '../../domain/text/duration.js';
import { printable } from '../../domain/text/printable.js';
import { Bar } from '../../report/html/parts/outcomes.js';
import { WideTable } from '../../report/html/parts/wide-table.js';
import { utcMinute } from '../../report/plain-text.js';
import { elapsedText, leftText } from '../../report/progress/words.js';
import type { ToldStanding } from '../../store/told.js';
import { RunControls, type RunControlsProps } from './run-controls.js';
import { Layout, phonePath } from './layout.js';

/** A run that goes on. */
export interface LiveRunProps {
  told: ToldStanding;
  /** What it can be asked for; `null`: nothing. */
  controls: Pick<RunControlsProps, 'writes' | 'asked'> | null;
}

/** A run that goes on, as it stands; it follows the run, and becomes its report once it has ended. */
export function LiveRunPage({ told, controls }: LiveRunProps): JSX.Element {
  const { id, profile } = told.standing.run;
  return (
    <Layout title={`Run ${printable(id, 60)}`} place="/" script="live.js">
      <main>
        <h1>{profile === null ? 'Audit' : printable(profile, 60)}</h1>
        <p class="lost" role="status" hidden />
        <div data-live={`/live/runs/${encodeURIComponent(id)}`}>
          <LiveRun told={told} controls={controls} />
        </div>
        <p>
          <a href={`/runs/${encodeURIComponent(id)}/report`}>The report so far</a>
        </p>
      </main>
    </Layout>
  );
}

/** What changes of it while it goes on. */
export function LiveRun({ told, controls }: LiveRunProps): JSX.Element {
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
          {waves.map(({ number, phones, counts: of }) => ({
            key: String(number),
            cells: [String(number), `${endedIn(of)} of ${phones.length}`, countText(of)],
          }))}
        </Rows>
      )}
      {problems.length > 0 && (
        <Rows title="Last problems" heads={['At', 'Address', 'What']}>
          {problems.map(({ at, address, mac, code, message }) => ({
            key: `${at} ${address}`,
            cells: [
              new Date(at).toISOString().slice(11, 19),
              <PhoneLink address={address} mac={mac} />,
              printable(`${code}: ${message}`),
            ],
          }))}
        </Rows>
      )}
      {longest.length > 0 && (
        <Rows title="Longest under way" heads={['Address', 'Model', 'State', 'For', 'It says']}>
          {longest.map(({ phone, says }) => ({
            key: phone.key,
            cells: [
              <PhoneLink {...phone} />,
              printable(phone.model ?? '-', 40),
              phone.state,
              phone.writtenAt === null ? '-' : formatDuration(Math.max(0, run.now - phone.writtenAt)),
              printable(says ?? '-', 200),
            ],
          }))}
        </Rows>
      )}
      {controls && <RunControls {...controls} told={told} />}
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

/** Leads to all that is known of a phone, where it has said who it is. */
function PhoneLink({ address, mac }: { address: string; mac: string | null }): JSX.Element {
  return mac === null ? <>{printable(address, 60)}</> : <a href={phonePath(mac)}>{printable(address, 60)}</a>;
}

interface RowsProps {
  title: string;
  heads: string[];
  /** With what each is about, within its table. */
  children: { key: string; cells: ComponentChild[] }[];
}

function Rows({ title, heads, children }: RowsProps): JSX.Element {
  return (
    <section data-key={title}>
      <h2>{title}</h2>
      <WideTable label={title} columns={heads}>
        {children.map(({ key, cells }) => (
          <tr data-key={printable(key, 120)}>
            {cells.map((cell) => (
              <td>{cell}</td>
            ))}
          </tr>
        ))}
      </WideTable>
    </section>
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
