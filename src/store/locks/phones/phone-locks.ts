import type { Clock } from '../../../domain/ports/clock.js';
import { type LockHolder, type LockWatch, sameSigns } from '../holder.js';
import { Lives } from '../life.js';
import type { Owner, Processes } from '../owner.js';
import type { SqliteFile } from '../../sqlite/sqlite-file.js';
import { StoreError } from '../../store-error.js';
import { LockRows, type OwnerRow } from './lock-rows.js';
import { withLocks } from './lock-trouble.js';

/** What the locks of one run are made of. */
export interface PhoneLocksParts {
  file: SqliteFile;
  folder: string;
  runId: string;
  owner: Owner;
  processes: Processes;
  clock: Clock;
}

/**
 * One writer per phone on this machine, whatever store each run uses: a phone is locked by its MAC in a file that all runs of the machine
 * share, from before it is written to until it has ended. Dead owners are recognized as for the store's own lock (see `Lives`). All calls
 * are synchronous, some tens of microseconds each.
 */
export class PhoneLocks {
  readonly #rows: LockRows;
  readonly #lives: Lives;
  #id = -1;
  #open = true;

  constructor(private readonly parts: PhoneLocksParts) {
    this.#rows = new LockRows(parts.file);
    this.#lives = new Lives(parts.owner, parts.processes, parts.clock);
  }

  /** Registers this run and removes the locks of dead ones; an owner that cannot be checked is watched first. @throws StoreError */
  async enter(watch: LockWatch = {}): Promise<void> {
    const unknown = this.#rows.within(() => {
      const left = this.#rows.owners().map((row) => ({ row, life: this.#lives.of(row) }));
      for (const { row, life } of left) if (life === 'dead') this.#rows.removeOwner(row.id);
      this.#id = this.#rows.addOwner(this.#lives.columnsOf(this.parts.runId));
      return left.flatMap(({ row, life }) => (life === 'unknown' && this.#rows.hasPhones(row.id) ? [row] : []));
    });
    await Promise.all(unknown.filter((row) => this.#lives.isWorthWatching(row)).map((row) => this.#watch(row, watch)));
  }

  /** Takes a phone. `null`: it is ours; else who has it. @throws StoreError if that cannot be told: then it must not be written to */
  claim(mac: string): LockHolder | null {
    if (this.#rows.isHeldBy(mac, this.#id)) return null;
    return this.#claim(() => this.#take(mac));
  }

  /** The same for many, in one transaction: most of what a lock costs is the commit. */
  claimAll(macs: readonly string[]): (LockHolder | null)[] {
    // Called again at every step: phones that are ours already cost no transaction.
    if (macs.every((mac) => this.#rows.isHeldBy(mac, this.#id))) return macs.map(() => null);
    return this.#claim(() => macs.map((mac) => this.#take(mac)));
  }

  #claim<T>(take: () => T): T {
    return this.#rows.within(() => {
      this.#assertEntered();
      return take();
    });
  }

  #take(mac: string): LockHolder | null {
    const held = this.#rows.holder(mac);
    if (held?.id === this.#id) return null;
    if (held && this.#lives.of(held) !== 'dead') return this.#lives.holderOf(held, held.taken);
    this.#rows.take(mac, this.#id, this.#lives.signOfLife().heartbeat_at);
    return null;
  }

  /** Makes sure that a phone is still ours, just before it is written to. @throws StoreError */
  assertHeld(mac: string): void {
    const isHeld = withLocks(this.parts.folder, () => {
      this.parts.file.assertInPlace();
      return this.#rows.isHeldBy(mac, this.#id);
    });
    if (!isHeld) throw this.#lost();
  }

  release(mac: string): void {
    if (this.#open) this.#rows.within(() => this.#rows.giveBack(mac, this.#id));
  }

  /** Says that this run is alive. @throws StoreError, also when it was taken for dead */
  heartbeat(): void {
    const entered = withLocks(this.parts.folder, () =>
      this.#rows.within(() => {
        const isThere = this.#rows.owner(this.#id) !== null;
        if (isThere) this.#rows.beat(this.#id, this.#lives.signOfLife());
        return isThere;
      }),
    );
    if (!entered) throw this.#lost();
  }

  /** Gives all phones back. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      this.#rows.within(() => this.#rows.removeOwner(this.#id));
    } finally {
      this.parts.file.close();
    }
  }

  async #watch(row: OwnerRow, { onWatch, meanwhile, signal }: LockWatch): Promise<void> {
    onWatch?.(this.#lives.holderOf(row));
    const look = async (): Promise<OwnerRow | null> => {
      this.heartbeat();
      await meanwhile?.();
      return this.#rows.owner(row.id);
    };
    if (!(await this.#lives.isSilent(row, look, signal))) return;
    this.#rows.within(() => {
      const now = this.#rows.owner(row.id);
      if (now && sameSigns(now, row)) this.#rows.removeOwner(row.id);
    });
  }

  #assertEntered(): void {
    if (this.#rows.owner(this.#id) === null) throw this.#lost();
  }

  #lost(): StoreError {
    const text = `Another run has taken over the locks of this one in ${this.parts.folder}, as this one had sent no heartbeat for too long; nothing more is written.`;
    return new StoreError('store-lost', text);
  }
}
