import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../file/make-folder.js';
import { type Processes, systemProcesses } from '../locks/owner.js';
import type { TakenJob } from '../work.js';
import type { Operation } from './batch-writer.js';

/** Process, job and fence: other files in the folder are not ours. */
const asideName = /^(\d+)-[\da-f-]+-\d+\.json$/;

/** What a worker has seen of a job and could not store, as its database was away. */
export interface LeftAside {
  taken: TakenJob;
  operations: readonly Operation[];
}

/** Keeps what waits to be stored in a file of this machine, so that the end of this process does not lose it. */
export class Aside {
  readonly #path: string;
  #isThere = false;

  /** @param folder of this user alone, for all jobs */
  constructor(
    private readonly folder: string,
    private readonly taken: TakenJob,
  ) {
    this.#path = join(folder, `${process.pid}-${taken.id}-${taken.fence}.json`);
  }

  /** All that waits now; what was kept before is part of it. @throws what the file system throws */
  keep(operations: readonly Operation[]): void {
    makeFolder(this.folder, 0o700);
    const left: LeftAside = { taken: this.taken, operations };
    // Whole or not at all: it may be read by the next worker.
    writeFileSync(`${this.#path}.tmp`, JSON.stringify(left), { mode: 0o600 });
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
): { left: LeftAside; clear: () => void }[] {
  return namesIn(folder).flatMap((name) => {
    const pid = Number(asideName.exec(name)?.[1]);
    if (pid !== process.pid && isAlive(pid)) return [];
    const path = join(folder, name);
    try {
      return [
        { left: JSON.parse(readFileSync(path, 'utf8')) as LeftAside, clear: () => rmSync(path, { force: true }) },
      ];
    } catch {
      return [];
    }
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => asideName.test(name));
  } catch {
    return [];
  }
}
