import { isStoreError } from '../../store/store-error.js';
import type { RunMemory } from '../memory/memory.js';
import type { PauseControl } from '../pause-control.js';
import { HeldBack, LeftToOthers } from '../upgrade/record-intent.js';
import type { Lease } from './lease.js';

/** What a worker keeps of one job, until it lets go of it: from then on nothing of it is stored. */
export interface JobsMemory extends RunMemory {
  /** Lets go. @param why it is left; the first one counts */
  leave(why: Left): void;
  /** Why it was left; `null`: it was not. */
  readonly left: Left | null;
  /** Whether an intent is just being put on record: whether a request follows is not known yet. */
  readonly isIntending: boolean;
}

/** Why a worker has left a job. */
export type Left =
  /** Its run is halted: nothing may be written. */
  | { how: 'held'; why: string }
  /** Others may take it: the worker ends, or cannot go on with it. */
  | { how: 'given-back' }
  /** Another worker has it. */
  | { how: 'lost' };

/**
 * The memory of one job over that of its run.
 * @param pause of this job: a phone that was written to waits in it where its run is halted, and is watched meanwhile
 */
export function jobsMemory(memory: RunMemory, lease: Lease, pause: PauseControl): JobsMemory {
  let left: Left | null = null;
  let intending = 0;
  const leave = (why: Left): void => {
    left ??= why;
  };
  const ifOurs = (work: () => void): void => {
    if (left === null) work();
  };
  /** A lease that is over is no reason to say that the phone is done with. */
  const refuse = (): never => {
    leave({ how: 'given-back' });
    throw new LeftToOthers();
  };
  const maySend = (): boolean => {
    if (left === null && lease.lasts) return true;
    leave({ how: 'given-back' });
    return false;
  };
  return {
    ...memory,
    recordChanged: (record) => ifOurs(() => memory.recordChanged(record)),
    event: (event) => ifOurs(() => memory.event(event)),
    stepDuration: (done) => ifOurs(() => memory.stepDuration(done)),
    forget: (mac) => ifOurs(() => memory.forget(mac)),
    defer: (mac, code, opensAt) => (left === null ? memory.defer(mac, code, opensAt) : null),
    freezeWaves: () => Promise.resolve(),
    maySend,
    intend: async (record, written, changes) => {
      if (left !== null || !lease.lasts) refuse();
      intending += 1;
      try {
        await memory.intend(record, written, changes);
      } catch (error) {
        if (!isStoreError(error)) throw error;
        if (error.code === 'store-held') {
          // One that was written to is not given away because of it.
          if (record.touched) {
            pause.pause(error.message, 'asked');
            throw new HeldBack({ cause: error });
          }
          leave({ how: 'held', why: error.message });
        } else if (error.code === 'store-lost') leave({ how: 'lost' });
        else throw error;
        refuse();
      } finally {
        intending -= 1;
      }
      // This process may have stood still meanwhile, and another worker may have read the intent by now.
      if (!maySend()) refuse();
    },
    leave,
    get left() {
      return left;
    },
    get isIntending() {
      return intending > 0;
    },
  };
}
