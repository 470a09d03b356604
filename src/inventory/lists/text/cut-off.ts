import { UsageError } from '../../../domain/text/usage-error.js';

/**
 * A list that ends in the middle of something: it was cut off, or copied while it was written. What is missing may be any number of
 * phones, or the newer state of one that is there, so nothing of it is used.
 * @param what it is, such as `this lease`
 */
export function cutOff(path: string, line: number, what: string): UsageError {
  return new UsageError(
    `${path}:${line}: ${what} is cut off, so a part of the list is missing; copy or export it again, as a whole.`,
  );
}
