import type { JSX } from 'preact';
import type { Wish } from '../../store/store-rows.js';

/** What is asked of which run. */
export interface RunControlsProps {
  id: string;
  /** Whether it writes to phones: there is nothing to pause in an audit or a dry run. */
  writes: boolean;
  /** What has just been asked for; `null`: nothing. */
  asked: Wish | null;
}

/** What a run that goes on can be asked for. */
export function RunControls({ id, writes, asked }: RunControlsProps): JSX.Element {
  const action = `/runs/${encodeURIComponent(id)}/wish`;
  return (
    <section aria-labelledby="control">
      <h2 id="control">Ask the run</h2>
      {asked !== null && (
        <p role="status">It was asked to {asked}. It reads that within a few seconds, and says so above.</p>
      )}
      {writes && (
        <form method="post" action={action} class="control">
          <button type="submit" name="wish" value="pause">
            Pause
          </button>
          <button type="submit" name="wish" value="continue">
            Continue
          </button>
          <span>While it is paused no further phone is written to; those under way are watched to their end.</span>
        </form>
      )}
      <details>
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
    </section>
  );
}
