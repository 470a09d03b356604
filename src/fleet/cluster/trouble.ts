import { ucmFailures } from '../../domain/failures/ucm-failures.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { UcmError } from '../../ucm/ucm.js';

/** What Unified CM said or did not say, and what to do about it. @throws the error itself where it is none of {@link UcmError} */
export function troubleOf(error: unknown): { text: string; advice: string } {
  if (!(error instanceof UcmError)) throw error;
  return { text: error.message, advice: ucmFailures[error.code].hint };
}

/** Asks Unified CM for what a command cannot do without. @throws UsageError with what is wrong and what to do */
export async function needed<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const { text, advice } = troubleOf(error);
    throw new UsageError(`${text} ${advice}`, { cause: error });
  }
}
