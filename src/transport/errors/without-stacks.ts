/**
 * Runs what makes errors that end something and that nobody prints, such as those of a connection that is closed on purpose: a stack of their
 * own costs more than all else about them (`bench audit`). Not for anything that waits.
 */
export function withoutStacks<T>(run: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
