import { UsageError } from '../../domain/text/usage-error.js';

/** Ends a command that has problems, all of them told at once: each a sentence on a line of its own. @throws UsageError */
export function refuseProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new UsageError([...new Set(problems)].join('\n'));
}
