import { type Clock, sleep } from '../../domain/clock.js';
import { writeReason } from '../../domain/error-reason.js';
import { isUsageError, UsageError } from '../../domain/usage-error.js';
import type { LockWatch } from '../locks.js';
import { type Owner, type Processes, systemProcesses, thisProcess } from '../owner.js';
import { SqliteFile } from '../sqlite/sqlite-file.js';
import { isBusy } from '../sqlite/sqlite-problem.js';
import { isStoreError } from '../store-error.js';
import { lockFileIn, makeLockFolder, usualLockFolder } from './lock-folder.js';
import { LockRows } from './lock-rows.js';
import { PhoneLocks } from './phone-locks.js';

export interface PhoneLocksOptions extends LockWatch {
  /** `null`: where all runs of this machine meet. */
  folder: string | null;
  runId: string;
  clock: Clock;
  /** Where runs of all users can meet; this machine's unless a test says otherwise. */
  places?: readonly string[];
  /** This machine's and this process unless a test says otherwise. */
  processes?: Processes;
  owner?: Owner;
}

/** Another user may just be making the folder, and its rights come a moment after it. */
const attempts = 20;
const pauseMs = 50;

/** Others hold the file for microseconds; the whole run stands still meanwhile (ms). */
const busyTimeoutMs = 1_000;

/** Half a megabyte: the runtime folder may be small. */
const checkpointPages = 128;

/** Opens the machine's locks for a run that may write, and enters it there. @throws UsageError naming the folder and what to do */
export async function openPhoneLocks(options: PhoneLocksOptions): Promise<PhoneLocks> {
  const { folder: given, runId, clock, processes = systemProcesses, owner = thisProcess(processes) } = options;
  const folder = given ?? usualLockFolder(options.places);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const file = openFile(folder, given === null);
      const locks = new PhoneLocks({ file, folder, runId, owner, processes, clock });
      try {
        await locks.enter(options);
        return locks;
      } catch (error) {
        file.close();
        throw error;
      }
    } catch (error) {
      const passing = isBusy(error) || /EACCES|CANTOPEN/.test(reasonCode(error));
      if (!passing || attempt >= attempts) throw toUsageError(error, folder);
      await sleep(clock, pauseMs);
    }
  }
}

/** Why a lock could not be taken, as the end of a sentence. */
export function lockTrouble(error: unknown): string {
  if (isStoreError(error)) {
    if (error.code === 'store-full') return 'the disk is full';
    if (error.code === 'store-busy') return 'another process keeps it busy';
    if (error.code === 'store-lost') return 'it was deleted or replaced, or taken over by another run';
  }
  return writeReason({ code: reasonCode(error) });
}

function openFile(folder: string, isUsual: boolean): SqliteFile {
  makeLockFolder(folder, isUsual);
  const file = new SqliteFile(lockFileIn(folder), { busyTimeoutMs, checkpointPages });
  try {
    // After a power loss every owner is dead.
    file.durably(false);
    new LockRows(file).makeTables();
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

function toUsageError(error: unknown, folder: string): Error {
  const code = reasonCode(error);
  // Anything that neither the file system nor SQLite says is a bug, and must show as one.
  if (!isUsageError(error) && !isStoreError(error) && !/^(E[A-Z]+|SQLITE_\w+|it is no file)$/.test(code))
    return error as Error;
  const damaged = /NOTADB|CORRUPT|no file/.test(code);
  const remedy = damaged
    ? `delete ${lockFileIn(folder)} while no run is under way`
    : 'see to its rights, or name another folder with --lock-folder, the same for all runs of this machine';
  return new UsageError(
    `The locks that keep two runs from writing to the same phone cannot be kept in ${folder}: ${lockTrouble(error)}; ${remedy}.`,
    { cause: error },
  );
}

/** The code of the system or of SQLite, wherever it stands. */
function reasonCode(error: unknown): string {
  const { code, cause, message } = error as { code?: unknown; cause?: unknown; message?: unknown };
  if (cause !== undefined && cause !== null && (isStoreError(error) || isUsageError(error))) return reasonCode(cause);
  if (typeof code === 'string' && code !== '') return code;
  return typeof message === 'string' && /unable to open/i.test(message) ? 'SQLITE_CANTOPEN' : 'unknown error';
}
