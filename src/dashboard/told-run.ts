import { standingOf } from '../store/told.js';
import type { Store } from '../store/store.js';
import type { LiveRunProps } from './pages/live-run.js';

/** What the page of a run that goes on shows. @throws UsageError when there is no such run */
export async function toldRun(store: Store, id: string, isControlled: boolean): Promise<LiveRunProps> {
  const told = await standingOf(store, id);
  if (!isControlled) return { told, controls: null };
  const run = await store.run(id);
  const writes = run !== null && run.profile !== null && !run.summary.dryRun;
  return { told, controls: { writes, asked: await store.wishFor(id) } };
}
