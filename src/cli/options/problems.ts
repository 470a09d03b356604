import { UsageError } from '../../domain/text/usage-error.js';

/** Ends a command with all its problems at once, one sentence per line. @throws UsageError */
export function refuseProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new UsageError([...new Set(problems)].join('\n'));
}
