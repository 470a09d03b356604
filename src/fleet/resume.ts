import { sleep } from '../domain/clock.js';
import type { UpgradeSettings } from '../domain/phone.js';
import { failure, type FailureCodeName } from '../domain/failure-codes.js';
import type { Target } from '../inventory/target.js';
import { isTransportError } from '../phones/phones.js';
import type { Store } from '../store/store.js';
import type { RunRow, TargetRow } from '../store/store-rows.js';
import { listenerOf, type RunContext } from './context.js';
import { type PackedSnapshot, unpack } from './packed-snapshot.js';
import { PhoneRecord } from './phone-record.js';
import { tellSite } from './place.js';
import { type Since, sinceIntents } from './since-intent.js';
import { catchUp, restoreRecord, snapshotOf, targetKey } from './snapshot.js';

/** What an interrupted run leaves to the one that goes on with it. */
export interface PreviousRun {
  /** Those that have ended keep their outcome; those that were touched are gone on with. */
  records: PhoneRecord[];
  /** Which wave a phone was given. */
  waveOf: (target: Target) => number | null;
  /** Whether a target is among `records`: everything else is read and planned anew. */
  isKnown: (target: Target) => boolean;
  /** Keys of the targets on record that are looked at anew: some may turn out to be nobody, of whom nothing is kept. */
  anew: string[];
}

/** A request that left just before the crash may still be on its way: a phone is not read back sooner than so many timeouts after it. */
const timeoutsAfterIntent = 2;

/**
 * Reconciles an interrupted run with what its phones show now. A phone that was not touched goes back to the plan. One whose intent is
 * on record, but nothing else, is read: if it holds its old settings it was never written to and goes back to the plan as well;
 * everything else is watched on, and never posted to again without being read.
 */
export async function previousRun(
  store: Store,
  run: RunRow,
  context: RunContext,
  abandonUntouched: boolean,
): Promise<PreviousRun> {
  const records: PhoneRecord[] = [];
  const anew: string[] = [];
  const waves = (run.waves ?? {}) as Record<string, number>;
  const pending: Promise<void>[] = [];
  const take = (record: PhoneRecord): void => {
    if (record.touched || record.ended) records.push(record);
    else if (abandonUntouched) {
      record.advance('stop', failure('stopped-before-start', 'The run was cut off before this phone was started.'));
      records.push(record);
    } else anew.push(targetKey(record.target));
  };
  const since = await sinceIntents(store.eventsOf(run.id));
  for await (const row of store.targetsOf(run.id)) {
    const record = restored(row, since.get(row.mac ?? ''), context, abandonUntouched);
    if (record === null) anew.push(row.key);
    else if (record.state === 'writing') pending.push(reconcile(record, context).then(take));
    else take(record);
  }
  await Promise.all(pending);
  const known = new Set(records.map(({ target }) => targetKey(target)));
  return {
    records,
    waveOf: (target) => waves[targetKey(target)] ?? null,
    isKnown: (target) => known.has(targetKey(target)),
    anew,
  };
}

/** Endings of untouched phones that are none: the run was stopped, by itself too, or paused, and the phone is read and judged anew. */
const goneOnWith: ReadonlySet<string> = new Set([
  'paused-after-wave',
  'stopped-before-start',
  'threshold-tripped',
  'store-failed',
] satisfies FailureCodeName[]);

/** The record of a row that is to be kept; `null`: the target is to be looked at anew. */
function restored(row: TargetRow, since: Since | undefined, context: RunContext, keepAll: boolean): PhoneRecord | null {
  const packed = row.snapshot as PackedSnapshot | null;
  // A snapshot beside a report is that of a phone which ended only because the run was stopped.
  if (row.report && packed === null) {
    if (!keepAll && goneOnWith.has(row.report.failure?.code ?? '')) return null;
    return endedRecord(row, context);
  }
  if (packed === null) return null;
  const snapshot = catchUp(unpack(packed), since);
  for (const address of new Set([snapshot.target.address, snapshot.address]))
    tellSite(address, snapshot.target.hint.site, context);
  const record = restoreRecord(snapshot, context.clock, listenerOf(context));
  if (row.report) record.note('resumed', 'The run was stopped while this phone was under way; it is watched on.');
  return record;
}

/** A target that has ended, as its report tells it. */
function endedRecord({ key, report, wave }: TargetRow, { clock, notify }: RunContext): PhoneRecord | null {
  if (!report) return null;
  const { site, note, mac, startedAt } = report;
  const target: Target = {
    address: key,
    hint: { ...(site === null ? {} : { site }), ...(note === null ? {} : { note }) },
    scope: '',
    source: 'the interrupted run',
  };
  const record = new PhoneRecord(target, clock, { notify }, Date.parse(startedAt));
  record.restore({
    ...{
      target,
      address: report.address,
      state: report.outcome,
      eligibility: null,
      plan: report.plan,
      changes: report.changes,
    },
    ...{
      failure: report.failure,
      evidence: report.evidence,
      stepIndex: 0,
      startedAt: record.startedAt,
      wave,
      underWay: null,
    },
    facts: null,
  });
  record.reported = { ...report, mac };
  return record;
}

/** Reads a phone whose intent is on record, and says how it stands: under way, or never written to. */
async function reconcile(record: PhoneRecord, context: RunContext): Promise<PhoneRecord> {
  const { underWay } = record;
  if (!underWay) return record;
  const { clock, phones, options } = context;
  const longest = timeoutsAfterIntent * options.timeoutMs;
  // Never longer than that, wherever the clock stood when it was written: it may have been set back since.
  await sleep(clock, Math.min(longest, Math.max(0, underWay.writtenAt + longest - clock.now())));
  let now: UpgradeSettings | null = null;
  try {
    const look = await phones.visit(record.address, (visit) => visit.look(true));
    const same =
      look.kind === 'phone' &&
      look.facts.mac === record.mac &&
      look.facts.softwareVersion === underWay.baseline.softwareVersion;
    if (same) now = look.facts.settings;
  } catch (error) {
    if (!isTransportError(error)) throw error;
  }
  const before = underWay.baseline.settings;
  const rules = underWay.changes.filter(({ field }) => field !== 'authorizationType');
  if (now && before && rules.length > 0 && rules.every(({ field, from }) => now[field] === from)) {
    // Its first step may be done: then it goes on from there.
    const state = record.stepIndex > 0 ? 'continuing' : 'waiting';
    const snapshot = { ...snapshotOf(record), state, underWay: null } as const;
    const back = restoreRecord(snapshot, clock, listenerOf(context));
    back.note('resumed', 'The run was cut off before its post: read back, the settings are as before.');
    return back;
  }
  record.advance('request-left');
  record.note(
    'resumed',
    'The run was cut off after its intent was on record; nothing is posted again, it is only read and watched.',
  );
  return record;
}
