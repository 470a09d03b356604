/**
 * Something the user gave cannot be used: an option, a file, a value. It is found before any phone is contacted and ends
 * the run with exit code 2.
 *
 * The message is one sentence for the user: what is wrong, where (option, or file and line), and what to do next.
 * In code, recognize it by `code === 'usage'`.
 */
export class UsageError extends Error {
  readonly code = 'usage';
  /** The option that it is about, where somebody has to know: `column`. */
  readonly option: string | null;

  constructor(message: string, { option = null, ...options }: ErrorOptions & { option?: string | null } = {}) {
    super(message, options);
    this.name = 'UsageError';
    this.option = option;
  }
}

/** True for a {@link UsageError}, also one from another realm or another copy of this module. */
export function isUsageError(error: unknown): error is UsageError {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'usage';
}

/** Ends a command with all its problems at once, one sentence per line. @throws UsageError */
export function refuseProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new UsageError([...new Set(problems)].join('\n'));
}
