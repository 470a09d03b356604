import { failureCodes, isFailureCode } from '../../domain/failures/failure-codes.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { UcmError } from '../../ucm/ucm.js';

/** What Unified CM said or did not say, and what to do about it. @throws the error itself where it is none of {@link UcmError} */
export function troubleOf(error: unknown): { text: string; advice: string | null } {
  if (!(error instanceof UcmError)) throw error;
  const code: string = error.code;
  return { text: error.message, advice: isFailureCode(code) ? failureCodes[code].hint : null };
}

/** Asks Unified CM for what a command cannot do without. @throws UsageError with what is wrong and what to do */
export async function needed<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const { text, advice } = troubleOf(error);
    throw new UsageError(advice === null ? text : `${text} ${advice}`, { cause: error });
  }
}
