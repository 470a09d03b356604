/**
 * Runs without stack traces what makes errors that only close something and are never printed: the stack costs more than all else about them
 * (`bench audit`). For synchronous code only.
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
