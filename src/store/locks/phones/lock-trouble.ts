import { writeReason } from '../../../domain/text/error-reason.js';
import { isUsageError } from '../../../domain/text/usage-error.js';
import { sqliteCode } from '../../sqlite/sqlite-problem.js';
import { isStoreError, StoreError } from '../../store-error.js';

/** Why a lock could not be taken, as the end of a sentence. */
export function lockTrouble(error: unknown): string {
  if (isStoreError(error)) {
    if (error.code === 'store-full') return 'the disk is full';
    if (error.code === 'store-busy') return 'another process keeps it busy';
    if (error.code === 'store-lost') return 'it was deleted or replaced, or taken over by another run';
  }
  return writeReason({ code: reasonCode(error) });
}

/** Does something with the locks; errors name the locks, not the store. @throws StoreError naming the folder */
export function withLocks<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isStoreError(error)) throw error;
    const text = `The locks in ${folder}, which keep two runs from writing to the same phone, cannot be used: ${lockTrouble(error)}; nothing more is written. Check the folder (--lock-folder), then fleet-migrate resume goes on with the run.`;
    throw new StoreError(error.code, text, { cause: error });
  }
}

/** The code of the system or of SQLite, wherever the error holds it. */
export function reasonCode(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  if (cause !== undefined && cause !== null && (isStoreError(error) || isUsageError(error))) return reasonCode(cause);
  return sqliteCode(error);
}
