import { limitForm } from '../../../config/settings/forms.js';
import type { ChosenColumn } from '../../../domain/network/chosen-column.js';
import { shown } from '../../../domain/text/printable.js';
import { codeOf } from '../../../domain/text/error-reason.js';
import { isUsageError, type UsageError } from '../../../domain/text/usage-error.js';
import { systemClock } from '../../system-clock.js';
import type { TargetSpec } from '../../../fleet/run/assemble.js';

const nothing: TargetSpec = {
  subnets: [],
  targets: [],
  inventories: [],
  excludes: [],
  maxTargets: Number.MAX_SAFE_INTEGER,
};
/** Opened only when there is any target. */
const somebody = '127.0.0.1';
/** All addresses that a phone can have: whatever a limit lists is among them. */
const everywhere = '1.0.0.0-223.255.255.255';

/** What is wrong with an inventory by itself. */
export async function inventoryCheck(
  path: string,
  columns: readonly ChosenColumn[],
  looksUp = true,
): Promise<string | null> {
  // Whether there is where to look for its MACs, all targets together say.
  const problem = await problemOf({ ...nothing, targets: [everywhere], inventories: [path], columns }, looksUp);
  // Another list may have the column.
  return problem === null || problem.option === 'column' ? null : told(problem, '--inventory');
}

/** What is wrong with one exclusion: a file that cannot be read, a host name that does not resolve. */
export async function exclusionCheck(
  text: string,
  columns: readonly ChosenColumn[],
  looksUp = true,
): Promise<string | null> {
  const problem = await problemOf({ ...nothing, targets: [somebody], excludes: [text], columns }, looksUp);
  // Another list may have the column.
  return problem === null || problem.option === 'column' ? null : told(problem, '--exclude');
}

/** What is wrong with a list of `--limit` by itself; a number is no list. */
export async function limitCheck(
  text: string,
  columns: readonly ChosenColumn[],
  looksUp = true,
): Promise<string | null> {
  const limit = limitForm.read(text, '--limit');
  if (limit.list === null) return null;
  const problem = await problemOf({ ...nothing, targets: [everywhere], limit, columns }, looksUp);
  // Another list may have the column.
  if (problem === null || problem.option === 'column') return null;
  if (codeOf(problem.cause) === 'ENOENT' && !/[./\\]/.test(limit.list))
    return `--limit ${shown(text)}: this is neither a number nor a file; write a number such as 5, or the path of a list.`;
  return told(problem, '--limit');
}

/** An error about a file begins with its path, others with the option. */
function told({ message }: UsageError, option: string): string {
  return message.startsWith(option) ? message : `${option} ${message}`;
}

async function problemOf(spec: TargetSpec, looksUp: boolean): Promise<UsageError | null> {
  try {
    const { openRunTargets } = await import('../../../fleet/run/assemble.js');
    await openRunTargets({ targets: spec }, systemClock, { looksUp });
    return null;
  } catch (error) {
    if (isUsageError(error)) return error;
    throw error;
  }
}
