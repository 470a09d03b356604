import { realpathSync } from 'node:fs';
import { codeOf } from '../../domain/text/error-reason.js';
import { StoreOpenError } from '../store-error.js';
import type { Store } from '../store.js';

/** A store that is open, and how many read it. */
interface Open {
  store: Store;
  users: number;
  isOld: boolean;
}

/** The store at a path for one who stays for days: its file may be deleted or replaced meanwhile, and then it is the one that is there now. */
export class FollowedStore {
  #open: Open | null = null;
  #opening: Promise<Open> | null = null;

  constructor(
    private readonly path: string,
    private readonly openIt: () => Promise<Store>,
  ) {}

  /** Passes on the store that is at the path now. @throws StoreOpenError where none is there any more, or it cannot be read */
  async use<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const open = await this.#taken();
    try {
      return await work(open.store);
    } finally {
      open.users -= 1;
      await closeIfOver(open);
    }
  }

  /** Closes it, once nobody reads it any more. */
  async close(): Promise<void> {
    await this.#opening?.catch(() => null);
    await this.#leave();
  }

  /** The store, with one more that reads it. */
  async #taken(): Promise<Open> {
    const file = fileAt(this.path);
    if (this.#open && !(file !== null && isAt(this.#open.store, file))) await this.#leave();
    // Whoever writes to it would make one here.
    if (file === null)
      throw new StoreOpenError(
        'gone',
        `The store ${this.path} is not there any more: it was deleted or moved away. Once one is there again, it is shown.`,
      );
    const open = this.#open ?? (await this.#openOnce());
    open.users += 1;
    return open;
  }

  #openOnce(): Promise<Open> {
    this.#opening ??= this.openIt()
      .then((store) => (this.#open = { store, users: 0, isOld: false }))
      .finally(() => (this.#opening = null));
    return this.#opening;
  }

  async #leave(): Promise<void> {
    const left = this.#open;
    this.#open = null;
    if (left === null) return;
    left.isOld = true;
    await closeIfOver(left);
  }
}

async function closeIfOver({ store, users, isOld }: Open): Promise<void> {
  if (isOld && users === 0) await store.close();
}

/** Whether an open store is the file, also where a link now leads to another. */
function isAt(store: Store, file: string): boolean {
  return fileAt(store.path) === file && store.isCurrent();
}

/** The file that a path leads to; `null`: none. */
function fileAt(path: string): string | null {
  try {
    return realpathSync(path);
  } catch (error) {
    if (/^ENO(ENT|TDIR)$/.test(codeOf(error) ?? '')) return null;
    throw error;
  }
}
