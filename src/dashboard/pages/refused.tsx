import type { JSX } from 'preact';
import { Layout } from './layout.js';

interface RefusedProps {
  why: string;
  /** The run that it is about, whose page says what can be done. Absent: none. */
  run?: string;
}

/** Says why something that was asked for was not done. */
export function Refused({ why, run }: RefusedProps): JSX.Element {
  return (
    <Layout title="Not done" place="/">
      <main>
        <h1>That was not done</h1>
        <p role="alert">{why}</p>
        <p>
          {run !== undefined && (
            <>
              <a href={`/runs/${encodeURIComponent(run)}`}>The run as it is</a>,{' '}
            </>
          )}
          <a href="/">{run === undefined ? 'All runs' : 'all runs'}</a>
        </p>
      </main>
    </Layout>
  );
}
