import type { JSX } from 'preact';
import { Layout } from './layout.js';

/** Says why something that was asked for was not done. */
export function Refused({ why }: { why: string }): JSX.Element {
  return (
    <Layout title="Not done" place="/">
      <main>
        <h1>That was not done</h1>
        <p role="alert">{why}</p>
        <p>
          <a href="/">All runs</a>
        </p>
      </main>
    </Layout>
  );
}
