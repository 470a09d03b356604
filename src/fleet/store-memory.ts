import { nextAttemptAt } from '../domain/backoff.js';
import type { Clock } from '../domain/clock.js';
import type { FailureCodeName } from '../domain/failure-codes.js';
import type { Models } from '../domain/models.js';
import type { Recorder } from '../store/recorder.js';
import type { Store } from '../store/store.js';
import type { Deferral, TargetState } from '../store/store-rows.js';
import type { RunMemory } from './memory.js';
import { pack } from './packed-snapshot.js';
import type { PhoneRecord } from './phone-record.js';
import { phoneReport } from './run-report.js';
import { newsOf, snapshotOf, snapshotToKeep, targetKey } from './snapshot.js';

/** What the memory of a stored run is made of. */
export interface StoreMemoryParts {
  store: Store;
  recorder: Recorder;
  runId: string;
  profile: string | null;
  models: Models;
  clock: Clock;
  random: () => number;
  /** By MAC, as they stand when the run begins. */
  deferrals: ReadonlyMap<string, Deferral>;
}

/** What the pace of an earlier run put off; the window and the waves of this one decide anew. */
const itsOwnPace: ReadonlySet<string> = new Set(['paused-after-wave', 'outside-window'] satisfies FailureCodeName[]);

/** The run's memory in the store. */
export function storeMemory(parts: StoreMemoryParts): RunMemory {
  const { store, recorder, runId, profile, models, clock, random, deferrals } = parts;
  const stateOf = (record: PhoneRecord): TargetState => {
    const kept = snapshotToKeep(record);
    return {
      key: targetKey(record.target),
      address: record.address,
      mac: record.mac,
      state: record.state,
      wave: record.wave,
      snapshot: kept && pack(kept),
      report: record.ended ? phoneReport(record, models) : null,
      seen: null,
    };
  };
  const stored = new WeakMap<PhoneRecord, string>();
  return {
    saw: (record) => {
      const news = newsOf(record);
      if (news === null || news === stored.get(record)) return;
      stored.set(record, news);
      recorder.saveTarget(stateOf(record));
    },
    event: (event) => {
      // An intent's event is stored with it, before the request leaves; what is told afterwards is the same.
      if (event.event !== 'intent') recorder.event(event);
    },
    intend: (record, written, changes) => {
      const snapshot = pack({ ...snapshotOf(record), state: 'writing', underWay: { ...written, changes } });
      stored.set(record, newsOf(record, { state: 'writing', underWay: written }) ?? '');
      return recorder.intent({ ...stateOf(record), state: 'writing', snapshot }, { step: written.step.step, changes });
    },
    claim: async (mac) => {
      const lock = await store.acquirePhoneLock(mac, runId);
      if (lock.ok) return null;
      const { holder } = lock;
      return `The run ${holder.runId} (pid ${holder.pid} on ${holder.host}) has it since ${holder.since}.`;
    },
    took: (mac, step, ms) => {
      if (profile !== null) recorder.recordDuration({ mac, profile, step, ms: Math.round(ms) });
    },
    putOff: (mac, code, opensAt) => {
      const known = deferrals.get(mac);
      // Being put off once more before the time has come is no new attempt.
      if (known && code === 'not-yet') return known.nextAttemptAt;
      // Waiting for a window says nothing about the phone: it is no attempt that came to nothing.
      const attempts = (known?.attempts ?? 0) + (opensAt === null ? 1 : 0);
      const at = new Date(opensAt ?? nextAttemptAt(clock.now(), attempts, random)).toISOString();
      recorder.saveDeferral(mac, { attempts, nextAttemptAt: at, code });
      return at;
    },
    forget: (mac) => {
      if (deferrals.has(mac)) recorder.saveDeferral(mac, null);
    },
    putOffUntil: (mac) => {
      const known = deferrals.get(mac);
      return known && !itsOwnPace.has(known.code) ? Date.parse(known.nextAttemptAt) : null;
    },
    freezeWaves: async (waves) => {
      recorder.saveProgress({ waves });
      // Whoever is told of the recorder's errors has stopped the run then: no phone starts, and the report is still to be written.
      await recorder.flush().catch(() => {});
    },
  };
}
