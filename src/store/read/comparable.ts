import type { RunRow } from '../store-rows.js';

/** Whether a run is compared without being named: it has ended, and nobody said no to it before it did anything. */
export function isComparable({ state, summary }: Pick<RunRow, 'state' | 'summary'>): boolean {
  return state !== 'running' && !(state === 'finished' && summary.declined === true);
}

/**
 * The run before this one that tells most by comparison: the last that asked the same of phones and did as much about it, else the last with the
 * same profile, else the last of all; `null`: there is none.
 * @param runs the latest first
 */
export function runBefore(
  runs: readonly RunRow[],
  run: Pick<RunRow, 'id' | 'startedAt' | 'profile' | 'summary'>,
): RunRow | null {
  const earlier = runs.filter((one) => isComparable(one) && one.id !== run.id && one.startedAt < run.startedAt);
  const same = earlier.filter(({ profile }) => profile === run.profile);
  return same.find(({ summary }) => summary.dryRun === run.summary.dryRun) ?? same[0] ?? earlier[0] ?? null;
}
