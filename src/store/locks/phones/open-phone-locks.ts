import { type Clock, sleep } from '../../../domain/ports/clock.js';
import { isUsageError, UsageError } from '../../../domain/text/usage-error.js';
import type { LockWatch } from '../holder.js';
import { type Owner, type Processes, systemProcesses, thisProcess } from '../owner.js';
import { SqliteFile } from '../../sqlite/sqlite-file.js';
import { isBusy } from '../../sqlite/sqlite-problem.js';
import { isStoreError } from '../../store-error.js';
import { lockFileIn, makeLockFolder, usualLockFolder } from './lock-folder.js';
import { LockRows } from './lock-rows.js';
import { lockTrouble, reasonCode } from './lock-trouble.js';
import { PhoneLocks } from './phone-locks.js';

export interface PhoneLocksOptions extends LockWatch {
  /** `null`: the usual folder of this machine. */
  folder: string | null;
  runId: string;
  clock: Clock;
  /** Shared folders to try; this machine's unless a test gives others. */
  places?: readonly string[];
  /** This machine's processes and this process, unless a test gives others. */
  processes?: Processes;
  owner?: Owner;
}

/** Another user may be making the folder right now, and its rights are set a moment later. */
const attempts = 20;
const pauseMs = 50;

/** Others hold the file for microseconds; the whole run waits meanwhile (ms). */
const busyTimeoutMs = 1_000;

/** Half a megabyte: the runtime folder may be small. */
const checkpointPages = 128;

/** Opens the machine's locks for a run that may write, and registers the run there. @throws UsageError naming the folder and what to do */
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
      if (!passing || attempt >= attempts) throw lockFolderError(error, folder);
      await sleep(clock, pauseMs);
    }
  }
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

/** The error of a folder of locks that cannot be used, for what the file system or SQLite threw. */
export function lockFolderError(error: unknown, folder: string): Error {
  const code = reasonCode(error);
  // Anything that neither the file system nor SQLite says is a bug, and must show as one.
  if (!isUsageError(error) && !isStoreError(error) && !/^(E[A-Z]+|SQLITE_\w+|it is no file)$/.test(code))
    return error as Error;
  const damaged = /NOTADB|CORRUPT|no file/.test(code);
  const remedy = damaged
    ? `delete ${lockFileIn(folder)} while no run is under way`
    : 'check its permissions, or name another folder with --lock-folder, the same for all runs on this machine';
  return new UsageError(
    `The locks that keep two runs from writing to the same phone cannot be kept in ${folder}: ${lockTrouble(error)}; ${remedy}.`,
    { cause: error },
  );
}
