import { stackOf } from '../../domain/text/error-reason.js';
import { failure } from '../../domain/failures/failure-codes.js';
import type { RunContext } from '../context.js';
import type { RunMemory } from '../memory/memory.js';

/** What a run tells, until it is over. */
export interface UntilOver extends Pick<RunContext, 'notify' | 'memory'> {
  end: () => void;
}

/**
 * What a run sends to its listener and to its memory, until it is over: a request of a run that ended at once may still finish afterwards,
 * when the report is made and the store is closed. A listener that throws disturbs no phone.
 */
export function untilOver({ notify, memory, log }: Pick<RunContext, 'notify' | 'memory' | 'log'>): UntilOver {
  let over = false;
  return {
    notify: (event) => {
      if (over) return;
      try {
        notify(event);
      } catch (error) {
        log.error('an event was lost', { event: event.event, error: stackOf(error) });
      }
    },
    memory: remembering(memory, () => over),
    end: () => {
      over = true;
    },
  };
}

function remembering(memory: RunMemory, isOver: () => boolean): RunMemory {
  return {
    recordChanged: (record) => {
      if (!isOver()) memory.recordChanged(record);
    },
    event: (event) => {
      if (!isOver()) memory.event(event);
    },
    intend: async (record, written, changes) => {
      if (isOver()) throw new Error('the run is over');
      await memory.intend(record, written, changes);
    },
    claim: async (mac) => (isOver() ? failure('stopped-before-start') : memory.claim(mac)),
    // Locks are the machine's, and let go of at any time.
    release: (mac) => memory.release(mac),
    stepDuration: (done) => {
      if (!isOver()) memory.stepDuration(done);
    },
    defer: (mac, code, opensAt) => (isOver() ? null : memory.defer(mac, code, opensAt)),
    forget: (mac) => {
      if (!isOver()) memory.forget(mac);
    },
    deferredUntil: (mac) => memory.deferredUntil(mac),
    freezeWaves: async (waves) => {
      if (!isOver()) await memory.freezeWaves(waves);
    },
  };
}
