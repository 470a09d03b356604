import { endedWithRun, failure } from '../../domain/failures/failure-codes.js';
import { isBeyondLimit } from '../../domain/progress/outcome.js';
import type { Target } from '../../inventory/target.js';
import type { Store } from '../../store/store.js';
import type { RunRow, TargetRow } from '../../store/store-rows.js';
import type { RunContext } from '../context.js';
import { listenerOf } from './memory.js';
import { type PackedSnapshot, unpack, catchUp, restoreRecord, type Since, sinceIntents } from '../record/snapshot.js';
import { PhoneRecord, targetKey } from '../record/phone-record.js';
import { tellSite } from '../target-site.js';
import { withSent } from '../record/written-step.js';

/** What an interrupted run leaves to its resume. */
export interface PreviousRun {
  /** Phones that have ended keep their outcome; phones under way are watched again. */
  records: PhoneRecord[];
  /** The wave a target was assigned to. */
  waveOf: (target: Target) => number | null;
  /** Whether a target is among `records`; all others are read and planned anew. */
  isKnown: (target: Target) => boolean;
  /** The run had stopped itself; resuming it is a decision to proceed anyway. */
  stoppedItself: boolean;
  /** For how long it was worked on (ms). */
  workedMs: number;
  /** What it knew of targets that are not asked again: how many there are in all, and those that were only counted. */
  counted: { targets: number; noAnswerByCode: Readonly<Record<string, number>>; beyondLimit: number };
  /** Keys of the targets on record that are read anew. Their rows are removed first, as dark addresses get none. */
  anew: string[];
}

/**
 * Reads what an interrupted run leaves. An untouched phone is planned anew. A phone whose intent is on record may have received its post,
 * whatever it shows now: it is watched, and written to again only if it still shows its old settings after the time that any phone is given
 * to take a post.
 * @param abandonUntouched untouched phones end with the interrupted run instead
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
    const record = recordOf(row, since.get(row.mac ?? ''), context, abandonUntouched);
    if (record === null) anew.push(row.key);
    else take(record.state === 'writing' ? cutOffAtItsPost(record) : record);
  }
  const known = new Set(records.map(({ target }) => targetKey(target)));
  return {
    records,
    waveOf: (target) => waves[targetKey(target)] ?? null,
    isKnown: (target) => known.has(targetKey(target)),
    anew,
    workedMs: run.progress?.workedMs ?? 0,
    counted: abandonUntouched ? await countedIn(store, run, records) : nothingCounted,
    stoppedItself: (run.summary?.abortedBy ?? null) !== null,
  };
}

/** Where all targets are asked again. */
export const nothingCounted: PreviousRun['counted'] = { targets: 0, noAnswerByCode: {}, beyondLimit: 0 };

async function countedIn(
  store: Store,
  { id, totals, progress }: RunRow,
  listed: readonly PhoneRecord[],
): Promise<PreviousRun['counted']> {
  const told = progress?.noAnswerByCode ?? {};
  // Runs of earlier versions told nothing while they lasted. Opened again it has those that were only counted, without those that are listed.
  const kept = Object.keys(told).length > 0 ? told : (await store.run(id))?.noAnswerByCode;
  return {
    targets: totals?.targets ?? progress?.survey.targets ?? 0,
    noAnswerByCode: kept ?? {},
    beyondLimit: Math.max(
      0,
      (totals?.beyondLimit ?? 0) -
        listed.filter(({ outcome, failure }) => outcome !== null && isBeyondLimit({ outcome, failure })).length,
    ),
  };
}

/** The record of a stored row; `null` if the target is to be read anew. @param keepAll also one that did not answer, or was left alone */
export function recordOf(
  row: TargetRow,
  since: Since | undefined,
  context: RunContext,
  keepAll: boolean,
): PhoneRecord | null {
  const packed = row.snapshot as PackedSnapshot | null;
  // A row with both a report and a snapshot is of a phone that ended only because the run was stopped.
  if (row.report && packed === null) {
    // A target that did not answer is probed again, like the dark part of a subnet; what was beyond the limit may have its turn now.
    const { outcome } = row.report;
    if (!keepAll && (outcome === 'no-answer' || isBeyondLimit(row.report) || endedWithRun(row.report))) return null;
    return endedRecord(row, context);
  }
  if (packed === null) return null;
  const snapshot = catchUp(unpack(packed), since);
  for (const address of new Set([snapshot.target.address, snapshot.address]))
    tellSite(address, snapshot.target.hint.site, context);
  const record = restoreRecord(snapshot, context.clock, listenerOf(context));
  if (row.report) record.note('resumed', 'The run was stopped while this phone was under way; its watch continues.');
  return record;
}

/** The record of a target that has ended, from its report. */
function endedRecord({ key, report, wave }: TargetRow, { clock, notify }: RunContext): PhoneRecord | null {
  if (!report) return null;
  const { site, note, mac, startedAt } = report;
  // Runs of 0.1.0 did not store it and did not use it.
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
    target,
    address: report.address,
    state: report.outcome,
    eligibility: null,
    plan: report.plan,
    changes: report.changes,
    failure: report.failure,
    evidence: report.evidence,
    stepIndex: 0,
    startedAt: record.startedAt,
    wave,
    underWay: null,
    facts: null,
  });
  record.reported = { ...report, mac, named };
  return record;
}

/** A phone with its intent on record and nothing after it: whether the request left is not known. */
export function cutOffAtItsPost(record: PhoneRecord): PhoneRecord {
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
