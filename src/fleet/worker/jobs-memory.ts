import { isStoreError } from '../../store/store-error.js';
import type { RunMemory } from '../memory/memory.js';
import { LeftToOthers } from '../upgrade/record-intent.js';
import type { Lease } from './lease.js';

/** What a worker keeps of one job, until it lets go of it: from then on nothing of it is stored. */
export interface JobsMemory extends RunMemory {
  /** Lets go. @param why it is left; the first one counts */
  leave(why: Left): void;
  /** Why it was left; `null`: it was not. */
  readonly left: Left | null;
}

/** Why a worker has left a job. */
export type Left =
  /** Its run is halted: nothing may be written. */
  | { how: 'held'; why: string }
  /** The worker ends, and others may take it. */
  | { how: 'given-back' }
  /** Another worker has it. */
  | { how: 'lost' };

/** The memory of one job over that of its run. */
export function jobsMemory(memory: RunMemory, lease: Lease): JobsMemory {
  let left: Left | null = null;
  const leave = (why: Left): void => {
    left ??= why;
  };
  const ifOurs = (work: () => void): void => {
    if (left === null) work();
  };
  const refuse = (): never => {
    throw new LeftToOthers();
  };
  return {
    ...memory,
    recordChanged: (record) => ifOurs(() => memory.recordChanged(record)),
    event: (event) => ifOurs(() => memory.event(event)),
    stepDuration: (done) => ifOurs(() => memory.stepDuration(done)),
    forget: (mac) => ifOurs(() => memory.forget(mac)),
    defer: (mac, code, opensAt) => (left === null ? memory.defer(mac, code, opensAt) : null),
    freezeWaves: () => Promise.resolve(),
    intend: async (record, written, changes) => {
      if (left !== null || !lease.lasts) refuse();
      try {
        await memory.intend(record, written, changes);
      } catch (error) {
        if (!isStoreError(error)) throw error;
        if (error.code === 'store-held') leave({ how: 'held', why: error.message });
        else if (error.code === 'store-lost') leave({ how: 'lost' });
        else throw error;
        refuse();
      }
      // This process may have stood still meanwhile, and another worker may have read the intent by now.
      if (left !== null || !lease.lasts) refuse();
    },
    leave,
    get left() {
      return left;
    },
  };
}
