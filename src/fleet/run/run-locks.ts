import type { Clock } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { type LockHolder, processOf } from '../../store/locks/holder.js';
import type { HeldLock } from '../../store/locks/run-lock.js';
import { openPhoneLocks } from '../../store/locks/phones/open-phone-locks.js';
import type { PhoneLocks } from '../../store/locks/phones/phone-locks.js';
import type { Store } from '../../store/store.js';
import { isStoreAway, isStoreError } from '../../store/store-error.js';

/** The locks of a run that may write: on its store, and on each phone it takes. */
export interface RunLocks {
  phones: PhoneLocks;
  /** Says that this run is alive. `false`: another run has taken its store over. @throws StoreError */
  heartbeat(): Promise<boolean>;
  /** Never rejects. */
  release(): Promise<void>;
}

/** Which run the locks are for, and how they are taken. */
export interface LockTaker {
  runId: string;
  /** The folder of the phone locks; `null`: the usual one of this machine. */
  folder: string | null;
  clock: Clock;
  /** Called with a sentence saying what the run waits for. */
  say: (text: string) => void;
  /** Ends the waiting. */
  signal: AbortSignal;
}

/** Between two heartbeats (ms). If nothing else can tell, a run counts as dead after three minutes without one. */
const heartbeatEvery = 30_000;

/**
 * Locks the store for this run and opens the phone locks.
 * @throws UsageError if another run has the store, or the locks cannot be had
 */
export async function takeRunLocks(store: Store, { runId, folder, clock, say, signal }: LockTaker): Promise<RunLocks> {
  const lock = await lockStore(store, runId, say, signal);
  try {
    const onWatch = (holder: LockHolder): void => say(watching(holder, 'has phones locked'));
    const phones = await openPhoneLocks({ folder, runId, clock, onWatch, meanwhile: lock.heartbeat, signal });
    return {
      phones,
      heartbeat: async () => {
        phones.heartbeat();
        return lock.heartbeat();
      },
      release: async () => {
        try {
          phones.close();
        } catch (error) {
          if (!isStoreError(error)) throw error;
        } finally {
          await lock.release().catch(() => {});
        }
      },
    };
  } catch (error) {
    await lock.release().catch(() => {});
    throw error;
  }
}

/** Makes sure that no live run is using the store. @throws UsageError naming the run */
export async function refuseBusyStore(store: Store, runId: string, say: (text: string) => void): Promise<void> {
  const lock = await lockStore(store, runId, say);
  await lock.release();
}

async function lockStore(
  store: Store,
  runId: string,
  say: (text: string) => void,
  signal?: AbortSignal,
): Promise<HeldLock> {
  const onWatch = (holder: LockHolder): void => say(watching(holder, 'has the store'));
  const lock = await store.acquireRunLock({ runId, onWatch, ...(signal ? { signal } : {}) });
  if (lock.ok) return lock;
  const { holder } = lock;
  throw new UsageError(
    `The run ${holder.runId} has been using the store ${store.path} since ${holder.since} (${processOf(holder)}); wait until it ends (fleet-migrate status shows how far it is), or choose another store with --db.`,
  );
}

function watching(holder: LockHolder, what: string): string {
  return `The run ${holder.runId} ${what} (${processOf(holder)}); it counts as dead if it sends no heartbeat in the next three minutes.`;
}

/** The heartbeats of a run. */
export interface Heart {
  /** One more, now. */
  beat(): void;
  stop(): void;
}

/**
 * Sends heartbeats for a run until it is stopped.
 * @param lost called when the run has lost its lock, with the error if there was one
 */
export function keepBeating(
  { heartbeat }: Pick<RunLocks, 'heartbeat'>,
  clock: Clock,
  log: Log,
  lost: (error: Error | null) => void,
): Heart {
  let cancel = (): void => {};
  let over = false;
  let isBeating = false;
  const next = (): void => {
    if (!over) cancel = clock.after(heartbeatEvery, beat);
  };
  const beat = (): void => {
    if (isBeating) return;
    isBeating = true;
    heartbeat().then(
      (ours) => {
        isBeating = false;
        return ours ? next() : lost(null);
      },
      (error: unknown) => {
        isBeating = false;
        // A store that is gone, or taken by another run, does not come back.
        if (isStoreError(error) && error.code === 'store-lost') return lost(error);
        if (!isStoreAway(error)) log.warn('the heartbeat could not be written', { error: String(error) });
        next();
      },
    );
  };
  next();
  return {
    beat: () => {
      cancel();
      beat();
    },
    stop: () => {
      over = true;
      cancel();
    },
  };
}
