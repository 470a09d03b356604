import { UsageError } from '../../domain/text/usage-error.js';
import { noSuchRun } from '../../store/no-such-run.js';
import type { Store } from '../../store/store.js';
import type { RunRow } from '../../store/store-rows.js';

/** The run of that id, or whose id begins so, or the `latest`. @throws UsageError when there is none */
export async function runNamed(store: Store, name: string): Promise<RunRow> {
  const run = await store.run(name);
  if (run) return run;
  if (name === 'latest') throw new UsageError(`The store ${store.path} has no runs yet.`);
  throw noSuchRun(name, store.path);
}
