import { withoutKnown } from '../../domain/report/events.js';
import type { Clock } from '../../domain/ports/clock.js';
import type { Models } from '../../domain/phone/models.js';
import type { PhoneLocks } from '../../store/locks/phones/phone-locks.js';
import type { Recorder } from '../../store/write/recorder.js';
import { isStoreAway, isStoreError } from '../../store/store-error.js';
import type { Deferral, TargetState } from '../../store/store-rows.js';
import { Claims } from './claims.js';
import { deferrals } from './deferrals.js';
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

/** The run's memory in the store. */
export function storeMemory(parts: StoreMemoryParts): RunMemory {
  const { recorder, profile, models, ucm = null, clock, random, phoneLocks, deferrals: known } = parts;
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
      const before = stateOf(record);
      try {
        await recorder.intent({ ...before, state: 'writing', snapshot }, { step: written.step.step, changes });
      } catch (error) {
        // Whether it is on record is not known; nothing was sent, and that is to be read there once it is back.
        if (isStoreAway(error)) recorder.saveTarget(before);
        throw error;
      }
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
    stepDuration: (done) => {
      if (profile !== null) recorder.recordDuration({ ...done, profile, ms: Math.round(done.ms) });
    },
    ...deferrals({ known, clock, random, save: (mac, deferral) => recorder.saveDeferral(mac, deferral) }),
    freezeWaves: async (waves) => {
      recorder.saveWaves(waves);
      // The recorder's onError has stopped the run by then, or holds it up: no phone starts, and the report is still written.
      await recorder.flush().catch(() => {});
    },
  };
}
