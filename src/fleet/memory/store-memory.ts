import { nextAttemptAt } from '../../domain/pacing/backoff.js';
import { withoutKnown } from '../../domain/report/events.js';
import type { Clock } from '../../domain/ports/clock.js';
import { type FailureCodeName, kindOf } from '../../domain/failures/failure-codes.js';
import type { Models } from '../../domain/phone/models.js';
import type { PhoneLocks } from '../../store/locks/phones/phone-locks.js';
import type { Recorder } from '../../store/write/recorder.js';
import { isStoreError } from '../../store/store-error.js';
import type { Deferral, TargetState } from '../../store/store-rows.js';
import { Claims } from './claims.js';
import type { RunMemory } from './memory.js';
import { pack, newsOf, snapshotOf, snapshotToKeep } from '../record/snapshot.js';
import { type PhoneRecord, targetKey } from '../record/phone-record.js';
import type { UcmAtWork } from '../unified-cm/ucm-at-work.js';
import { phoneReport } from '../run/report.js';

/** What a run's memory in the store is built from. */
export interface StoreMemoryParts {
  recorder: Recorder;
  profile: string | null;
  models: Models;
  /** Absent or `null`: none is asked. */
  ucm?: UcmAtWork | null;
  clock: Clock;
  random: () => number;
  /** This machine's phone locks, which runs with other stores respect too. `null`: the run writes to no phone. */
  phoneLocks: PhoneLocks | null;
  /** By MAC, as of the start of the run. */
  deferrals: ReadonlyMap<string, Deferral>;
}

/** Whether a deferral says nothing about the phone (an earlier run's pace, another run's lock): this run decides anew. */
const isOurs = (code: string): boolean => kindOf(code) === 'ours';

/** The one reason of ours that tells a time, or that there is none in sight. */
const outsideWindow: FailureCodeName = 'outside-window';

/** The run's memory in the store. */
export function storeMemory(parts: StoreMemoryParts): RunMemory {
  const { recorder, profile, models, ucm = null, clock, random, phoneLocks, deferrals } = parts;
  const stateOf = (record: PhoneRecord): TargetState => {
    const kept = snapshotToKeep(record);
    return {
      key: targetKey(record.target),
      address: record.address,
      mac: record.mac,
      state: record.state,
      wave: record.wave,
      snapshot: kept && pack(kept),
      report: record.ended ? phoneReport(record, { models, ucm }) : null,
    };
  };
  const claims = new Claims(phoneLocks);
  const stored = new WeakMap<PhoneRecord, string>();
  return {
    recordChanged: (record) => {
      const news = newsOf(record);
      if (news === null || news === stored.get(record)) return;
      stored.set(record, news);
      recorder.saveTarget(stateOf(record));
    },
    event: (event) => {
      // An intent's event is stored with the intent, before the request leaves; what a phone is, with its target.
      if (event.event !== 'intent' && event.event !== 'phone') recorder.event(withoutKnown(event));
    },
    intend: async (record, written, changes) => {
      const snapshot = pack({ ...snapshotOf(record), state: 'writing', underWay: { ...written, changes } });
      stored.set(record, newsOf(record, { state: 'writing', underWay: written }) ?? '');
      await recorder.intent({ ...stateOf(record), state: 'writing', snapshot }, { step: written.step.step, changes });
      // As late as possible: after a long pause of this process, another run may have taken it for dead.
      if (record.mac !== null) phoneLocks?.assertHeld(record.mac);
    },
    claim: (mac) => claims.claim(mac),
    release: (mac) => {
      try {
        phoneLocks?.release(mac);
      } catch (error) {
        if (!isStoreError(error)) throw error;
        // All locks are released when the run ends.
      }
    },
    stepDuration: (mac, step, ms) => {
      if (profile !== null) recorder.recordDuration({ mac, profile, step, ms: Math.round(ms) });
    },
    defer: (mac, code, opensAt) => {
      const known = deferrals.get(mac);
      // Deferring it again before its time has come does not count as another attempt.
      if (known && code === 'not-yet') return known.nextAttemptAt;
      // A reason of ours says nothing about the phone, so it is no failed attempt, and the next run takes it at once.
      if (isOurs(code) && code !== outsideWindow && opensAt === null) return null;
      const attempts = (known?.attempts ?? 0) + (isOurs(code) ? 0 : 1);
      const at = new Date(opensAt ?? nextAttemptAt(clock.now(), Math.max(1, attempts), random)).toISOString();
      recorder.saveDeferral(mac, { attempts, nextAttemptAt: at, code });
      return at;
    },
    forget: (mac) => {
      if (deferrals.has(mac)) recorder.saveDeferral(mac, null);
    },
    deferredUntil: (mac) => {
      const known = deferrals.get(mac);
      return known && !isOurs(known.code) ? Date.parse(known.nextAttemptAt) : null;
    },
    freezeWaves: async (waves) => {
      recorder.saveWaves(waves);
      // The recorder's onError has stopped the run by then: no phone starts, and the report is still written.
      await recorder.flush().catch(() => {});
    },
  };
}
