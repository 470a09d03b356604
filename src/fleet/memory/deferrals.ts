import { type FailureCodeName, kindOf } from '../../domain/failures/failure-codes.js';
import { nextAttemptAt } from '../../domain/pacing/backoff.js';
import type { Clock } from '../../domain/ports/clock.js';
import type { Deferral } from '../../store/store-rows.js';
import type { RunMemory } from './memory.js';

/** Whether a deferral says nothing about the phone (an earlier run's pace, another run's lock): this run decides anew. */
const isOurs = (code: string): boolean => kindOf(code) === 'ours';

/** The one reason of ours that tells a time, or that there is none in sight. */
const outsideWindow: FailureCodeName = 'outside-window';

/** What deferrals are made with. */
interface DeferralParts {
  /** By MAC, as of the start of the run. */
  known: ReadonlyMap<string, Deferral>;
  clock: Pick<Clock, 'now'>;
  random: () => number;
  /** Keeps a phone's deferral; `null`: it has none any more. */
  save: (mac: string, deferral: Deferral | null) => void;
}

/** The part of a run's memory that says when a deferred phone is to be tried again. */
export function deferrals({
  known,
  clock,
  random,
  save,
}: DeferralParts): Pick<RunMemory, 'defer' | 'forget' | 'deferredUntil'> {
  return {
    defer: (mac, code, opensAt) => {
      const before = known.get(mac);
      // Deferring it again before its time has come does not count as another attempt.
      if (before && code === 'not-yet') return before.nextAttemptAt;
      // A reason of ours says nothing about the phone, so it is no failed attempt, and the next run takes it at once.
      if (isOurs(code) && code !== outsideWindow && opensAt === null) return null;
      const attempts = (before?.attempts ?? 0) + (isOurs(code) ? 0 : 1);
      const at = new Date(opensAt ?? nextAttemptAt(clock.now(), Math.max(1, attempts), random)).toISOString();
      save(mac, { attempts, nextAttemptAt: at, code });
      return at;
    },
    forget: (mac) => {
      if (known.has(mac)) save(mac, null);
    },
    deferredUntil: (mac) => {
      const before = known.get(mac);
      return before && !isOurs(before.code) ? Date.parse(before.nextAttemptAt) : null;
    },
  };
}
