import type { Clock } from '../domain/ports/clock.js';
import { openFile, openFileToRead } from './file/open-file.js';
import { type Owner, type Processes, systemProcesses, thisProcess } from './locks/owner.js';
import { isAddress, plainAccess, type ServerAccess } from './place.js';
import type { Store } from './store.js';
import { type Backing, storeOver } from './store-over.js';

export interface StoreOptions {
  /** The path of a file, or the address of a PostgreSQL database. */
  path: string;
  clock: Clock;
  /** How the server of a database is entered; of no use for a file. */
  access?: ServerAccess | undefined;
  /** The running processes; this machine's, except in tests. */
  processes?: Processes;
  /** The owner of new locks; this process, except in tests. */
  owner?: Owner;
  /** The most pages (of 4 KiB) that the file may have: a full disk, for tests. */
  maxPages?: number;
  /** See `gatherMs` of the recorder; without it every intent is committed in its tick. */
  gatherMs?: number;
  /** Whether the whole file is checked first. Default: no. */
  thorough?: boolean;
  /** How long to wait for another process's write (ms). Default 5 s, for a database 30 s. */
  busyTimeoutMs?: number;
}

/**
 * Opens a store. A file is made or brought up to date where needed; a database has to be up to date.
 * @throws StoreOpenError with a sentence for the user
 */
export function openStore(options: StoreOptions): Promise<Store> {
  return open(options, { writes: true });
}

/**
 * Opens an existing store to read it; the right to read is enough. Only a file that an older version wrote is written to, to bring it up to
 * date. @throws StoreOpenError with a sentence for the user
 */
export function openStoreToRead(options: Pick<StoreOptions, 'path' | 'access' | 'clock' | 'thorough'>): Promise<Store> {
  return open(options, { writes: false });
}

async function open(options: StoreOptions, { writes }: { writes: boolean }): Promise<Store> {
  const { path, clock, gatherMs, maxPages, busyTimeoutMs, thorough = false } = options;
  const { processes = systemProcesses, owner = thisProcess(processes) } = options;
  if (!isAddress(path)) {
    const openIt = writes ? openFile : openFileToRead;
    const backing = await openIt({ path, clock, maxPages, busyTimeoutMs, thorough });
    return storeOver(backing, { owner, processes, clock, gatherMs });
  }
  const { openDatabase } = await import('./postgres/open-database.js');
  const { access = plainAccess } = options;
  const { serverNow, ...backing } = await openDatabase({ path, access, lockMs: busyTimeoutMs }, { writes });
  return storeOver(backing satisfies Backing, {
    ...{ clock, gatherMs },
    // Heartbeats of all machines are by the server's clock: each can tell whether another one's run lives.
    processes: options.processes ?? { ...processes, sinceBoot: serverNow },
    owner: options.owner ?? { ...owner, timeSpace: serverClock },
  });
}

/** The name of the clock by which heartbeats in a database can be compared. */
const serverClock = 'database';
