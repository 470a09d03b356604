import type { RunDiff } from '../../../domain/report/run-diff.js';
import { UsageError } from '../../../domain/text/usage-error.js';
import { isComparable } from '../../../store/read/comparable.js';
import { runNamed } from '../../../conduct/check/run-named.js';
import type { Store } from '../../../store/store.js';
import type { RunRow } from '../../../store/store-rows.js';

/**
 * What changed in the fleet between two runs: `names` holds both, or one to compare the last with, or none for the last two. A run
 * under way has not seen all phones yet, and one that was declined did nothing with them: they are compared only when named.
 * @throws UsageError when a run is unknown, or there are no two to compare
 */
export async function compareRuns(store: Store, names: readonly string[]): Promise<RunDiff> {
  const [from, to] = await pairOf(store, names);
  if (from.id === to.id)
    throw new UsageError(`${from.id} cannot be compared with itself; name two runs (fleet-migrate runs lists them).`);
  return store.diff(from.id, to.id);
}

async function pairOf(store: Store, names: readonly string[]): Promise<[RunRow, RunRow]> {
  const [first, second] = names;
  if (first !== undefined && second !== undefined) return [await runNamed(store, first), await runNamed(store, second)];
  const [last, before] = (await store.runs()).filter(isComparable);
  if (!last) throw new UsageError(`The store ${store.path} has no finished run yet.`);
  if (first !== undefined) return [await runNamed(store, first), last];
  if (before) return [before, last];
  throw new UsageError(`The store ${store.path} has only the run ${last.id}; there is nothing to compare it with yet.`);
}
