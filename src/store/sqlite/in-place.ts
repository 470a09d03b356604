import { realpathSync, statSync } from 'node:fs';
import { isStoreError, StoreError } from '../store-error.js';

/**
 * What SQLite keeps beside a file: its log of commits, and the memory it shares with other processes. Without them commits or locks are
 * lost.
 */
const besides = ['-wal', '-shm'] as const;

/** Checks that an open file is still the one at its path: on Unix it can be deleted or replaced without its users noticing. */
export class InPlace {
  readonly #file: string;
  /** By path, the file that was seen there first. */
  readonly #seen = new Map<string, string>();
  #besideLost = false;

  constructor(private readonly path: string) {
    // SQLite follows links, and puts its files beside the real one.
    this.#file = realpathSync(path);
    this.#seen.set(path, identityAt(path) ?? '');
  }

  /** Whether a file beside it is another's now: closing would then take that away. */
  get besideLost(): boolean {
    return this.#besideLost;
  }

  /** One look at each file, some microseconds. @throws StoreError saying what became of it */
  check(): void {
    this.#checkOne(this.path, true);
    for (const beside of besides) this.#checkOne(`${this.#file}${beside}`, false);
  }

  /** The same as an answer, for one who only reads. */
  isSo(): boolean {
    try {
      this.check();
      return true;
    } catch (error) {
      if (!isStoreError(error)) throw error;
      return false;
    }
  }

  #checkOne(path: string, isFile: boolean): void {
    const now = identityAt(path);
    const before = this.#seen.get(path);
    if (before === undefined) {
      if (now !== null) this.#seen.set(path, now);
      return;
    }
    if (now === before) return;
    if (!isFile) this.#besideLost = true;
    const what = isFile ? `The store ${path}` : `${path}, a part of the store,`;
    const fate = now === null ? 'was deleted or moved away' : 'was replaced by another file';
    throw new StoreError(
      'store-lost',
      `${what} ${fate} while this run was using it, so nothing more can be recorded; keep the report of this run, and put the store back or name another with --db.`,
    );
  }
}

/** What tells a file from every other on this machine; `null`: there is no file. */
function identityAt(path: string): string | null {
  // As bigints: Windows numbers are too long for a number to hold exactly.
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found ? `${found.dev}:${found.ino}` : null;
}
