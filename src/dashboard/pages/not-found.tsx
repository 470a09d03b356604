import type { JSX } from 'preact';
import { Layout } from './layout.js';

/** For an address of no page, run or phone. */
export function NotFound(_props: object): JSX.Element {
  return (
    <Layout title="Not found" place={null}>
      <main>
        <h1>There is no such page</h1>
        <p>
          The run or phone may be gone from the store. <a href="/">All runs</a>
        </p>
      </main>
    </Layout>
  );
}
