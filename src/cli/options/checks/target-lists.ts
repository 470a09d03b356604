import type { ChosenColumn } from '../../../domain/network/chosen-column.js';
import { isUsageError } from '../../../domain/text/usage-error.js';
import { systemClock } from '../../system-clock.js';
import { openRunTargets, type TargetSpec } from '../../../fleet/run/assemble.js';

const nothing: TargetSpec = {
  subnets: [],
  targets: [],
  inventories: [],
  excludes: [],
  maxTargets: Number.MAX_SAFE_INTEGER,
};
/** Opened only when there is any target. */
const somebody = '127.0.0.1';

/** What is wrong with an inventory by itself. */
export async function inventoryCheck(path: string, columns: readonly ChosenColumn[]): Promise<string | null> {
  const problem = await problemOf({ ...nothing, inventories: [path], columns });
  // Another list may have the column.
  if (problem?.startsWith('--column')) return null;
  return problem === null || problem.startsWith('--inventory') ? problem : `--inventory ${problem}`;
}

/** What is wrong with one exclusion: a file that cannot be read, a host name that does not resolve. */
export async function exclusionCheck(text: string, columns: readonly ChosenColumn[]): Promise<string | null> {
  const problem = await problemOf({ ...nothing, targets: [somebody], excludes: [text], columns });
  return problem === null || problem.startsWith('--exclude') ? problem : `--exclude ${problem}`;
}

async function problemOf(spec: TargetSpec): Promise<string | null> {
  try {
    await openRunTargets({ targets: spec }, systemClock);
    return null;
  } catch (error) {
    if (isUsageError(error)) return error.message;
    throw error;
  }
}
