import { endedWithRun, failure } from '../../domain/failures/failure-codes.js';
import type { Target } from '../../inventory/target.js';
import type { Store } from '../../store/store.js';
import type { RunRow, TargetRow } from '../../store/store-rows.js';
import type { RunContext } from '../run/context.js';
import { listenerOf } from './memory.js';
import { type PackedSnapshot, unpack, catchUp, restoreRecord, type Since, sinceIntents } from '../record/snapshot.js';
import { PhoneRecord, targetKey } from '../record/phone-record.js';
import { tellSite } from '../survey/target-site.js';
import { withSent } from '../record/written-step.js';

/** What an interrupted run leaves to the one that goes on with it. */
export interface PreviousRun {
  /** Those that have ended keep their outcome; those that were touched are gone on with. */
  records: PhoneRecord[];
  /** Which wave a phone was given. */
  waveOf: (target: Target) => number | null;
  /** Whether a target is among `records`: everything else is read and planned anew. */
  isKnown: (target: Target) => boolean;
  /** The run had stopped itself: whoever goes on with it has decided so. */
  stoppedItself: boolean;
  /** Keys of the targets on record that are looked at anew: some may turn out to be nobody, of whom nothing is kept. */
  anew: string[];
}

/**
 * What an interrupted run leaves. A phone that was not touched goes back to the plan. One whose intent is on record may have got its
 * post, whatever it shows just now: it is watched on, and only where it shows its old settings for as long as any phone is given to take
 * a post, it is told once more.
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
    else take(record.state === 'writing' ? cutOffAtItsPost(record) : record);
  }
  const known = new Set(records.map(({ target }) => targetKey(target)));
  return {
    records,
    waveOf: (target) => waves[targetKey(target)] ?? null,
    isKnown: (target) => known.has(targetKey(target)),
    anew,
    stoppedItself: (run.summary?.abortedBy ?? null) !== null,
  };
}

/** The record of a row that is to be kept; `null`: the target is to be looked at anew. */
function restored(row: TargetRow, since: Since | undefined, context: RunContext, keepAll: boolean): PhoneRecord | null {
  const packed = row.snapshot as PackedSnapshot | null;
  // A snapshot beside a report is that of a phone which ended only because the run was stopped.
  if (row.report && packed === null) {
    // Nobody was there then; like the dark part of a subnet, of which nothing is kept, it is asked once more.
    if (!keepAll && (row.report.outcome === 'no-answer' || endedWithRun(row.report))) return null;
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
  // A run of 0.1.0 has not kept it, and listed nobody for that.
  const named = (report as { named?: boolean }).named ?? false;
  const target: Target = {
    address: key,
    hint: { ...(site === null ? {} : { site }), ...(note === null ? {} : { note }) },
    scope: '',
    named,
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
  record.reported = { ...report, mac, named };
  return record;
}

/** A phone whose intent is on record, and nothing after it: nobody knows whether the request left. */
function cutOffAtItsPost(record: PhoneRecord): PhoneRecord {
  const { underWay } = record;
  if (underWay) {
    const tried = underWay.tried.map((one, index) =>
      index === underWay.tried.length - 1 ? { ...one, manner: 'unknown' as const } : one,
    );
    record.underWay = { ...underWay, tried, unread: true };
    record.changes = withSent(record.changes, underWay.changes);
  }
  record.advance('request-left');
  record.note(
    'resumed',
    'The run was cut off after its intent was on record: it is read and watched before anything is posted again.',
  );
  return record;
}
