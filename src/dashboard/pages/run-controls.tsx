import type { JSX } from 'preact';
import { printable } from '../../domain/text/printable.js';
import { utcMinute } from '../../report/plain-text.js';
import type { AskedWish } from '../../store/store-rows.js';
import type { ToldStanding } from '../../store/told.js';

/** What is asked of which run. */
export interface RunControlsProps {
  /** How it stands. */
  told: ToldStanding;
  /** Whether it writes to phones: there is nothing to pause in an audit or a dry run. */
  writes: boolean;
  /** What was asked for last; `null`: nothing. */
  asked: AskedWish | null;
}

/** What a run that goes on can be asked for, as it stands. */
export function RunControls({ told, writes, asked }: RunControlsProps): JSX.Element {
  const { run } = told.standing;
  const action = `/runs/${encodeURIComponent(run.id)}/wish`;
  const open = asked !== null && isOpen(told, asked) ? asked : null;
  // What was asked for is not offered once more, but may be taken back.
  const isPaused = open?.wish === 'pause' || (run.pausedSince !== null && open?.wish !== 'continue');
  const isStopping = run.stopping || asked?.wish === 'stop';
  return (
    <section data-key="control" aria-labelledby="control">
      <h2 id="control">Ask the run</h2>
      <p role="status">{open && askedText(open)}</p>
      {run.stopping && <p>It is stopping, and cannot be asked for anything any more.</p>}
      {writes && !isStopping && (
        <form data-key="pause" method="post" action={action} class="control">
          <button type="submit" name="wish" value="pause" disabled={isPaused}>
            Pause
          </button>
          <button type="submit" name="wish" value="continue" disabled={!isPaused}>
            Continue
          </button>
          <span>While it is paused no further phone is written to; those under way are watched to their end.</span>
        </form>
      )}
      {!isStopping && (
        <details data-key="stop">
          <summary>Stop …</summary>
          <form method="post" action={action} class="control">
            <span>
              {writes
                ? 'No more phones are started; those under way are watched a little longer. The run can be resumed.'
                : 'No more targets are looked at. The run can be resumed.'}
            </span>
            <button type="submit" name="wish" value="stop">
              Stop this run
            </button>
          </form>
        </details>
      )}
    </section>
  );
}

/** A run reads what is asked of it every two seconds, and tells how it stands every few: once it has told so long (ms) after it was asked, it has read it. */
const readMs = 15_000;

/** Whether it does not show yet that a run did what was asked of it. */
function isOpen({ standing: { run }, toldAt }: ToldStanding, { wish, at }: AskedWish): boolean {
  const isSo = { pause: run.pausedSince !== null, continue: run.pausedSince === null, stop: run.stopping }[wish];
  if (isSo || run.stopping) return false;
  // A stop is not taken back; a pause may be over again.
  return wish === 'stop' || toldAt === null || toldAt < Date.parse(at) + readMs;
}

function askedText({ wish, at, by }: AskedWish): string {
  return `It was asked to ${wish} at ${utcMinute(at)} by ${printable(by, 80)}. It reads that within a few seconds, and says so above.`;
}
