import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupBy } from '../../domain/lists/group-by.js';
import { makeFolder } from '../file/make-folder.js';
import { type Processes, systemProcesses } from '../locks/owner.js';
import type { TakenJob } from '../work.js';
import type { Entry, Operation } from './entry.js';

/** A process and a number of our own: other files in the folder are not ours. */
const asideName = /^(\d+)-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.json$/;

/** What a worker has seen of a job and could not store, as its database was away. */
export interface LeftAside {
  taken: TakenJob;
  operations: readonly Operation[];
}

/** Keeps what waits to be stored in a file of this machine, so that the end of this process does not lose it. */
export class Aside {
  readonly #path: string;
  #isThere = false;

  /** @param folder of this user alone, for all runs */
  constructor(private readonly folder: string) {
    this.#path = join(folder, `${process.pid}-${randomUUID()}.json`);
  }

  /** All that waits now; what was kept before is part of it. @throws what the file system throws */
  keep(entries: readonly Entry[]): void {
    makeFolder(this.folder, 0o700);
    // Whole or not at all: it may be read by the next worker.
    writeFileSync(`${this.#path}.tmp`, JSON.stringify(byJob(entries)), { mode: 0o600 });
    renameSync(`${this.#path}.tmp`, this.#path);
    this.#isThere = true;
  }

  /** It is stored. */
  clear(): void {
    if (this.#isThere) rmSync(this.#path, { force: true });
    this.#isThere = false;
  }
}

/**
 * What workers that have ended have left in a folder, and what takes it away. Files that cannot be read are left alone, and so are those of workers
 * that are still there.
 */
export function leftAside(
  folder: string,
  { isAlive }: Pick<Processes, 'isAlive'> = systemProcesses,
): { left: readonly LeftAside[]; clear: () => void }[] {
  return namesIn(folder).flatMap((name) => {
    const pid = Number(asideName.exec(name)?.[1]);
    if (pid !== process.pid && isAlive(pid)) return [];
    const path = join(folder, name);
    try {
      const left = JSON.parse(readFileSync(path, 'utf8')) as LeftAside[];
      return [{ left, clear: () => rmSync(path, { force: true }) }];
    } catch {
      return [];
    }
  });
}

function byJob(entries: readonly Entry[]): LeftAside[] {
  return [...groupBy(entries, ({ job }) => job)].flatMap(([taken, of]) =>
    taken === null ? [] : [{ taken, operations: of.map(({ operation }) => operation) }],
  );
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => asideName.test(name));
  } catch {
    return [];
  }
}
