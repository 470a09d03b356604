import type { TargetRow } from '../../store/store-rows.js';
import type { RunContext } from '../context.js';
import { recordOf } from '../memory/resume.js';
import { type PhoneRecord } from '../record/phone-record.js';
import { snapshotOf, unpack, type PackedSnapshot } from '../record/snapshot.js';

/** The records of rows that workers have written. A row that nobody has finished is of a target that was not read. */
export function recordsOf(rows: readonly TargetRow[], context: RunContext): PhoneRecord[] {
  return rows.flatMap((row) => recordOf(row, undefined, context, true) ?? []);
}

/** Sets a record to what a worker has made of its phone. Sends no event: the worker has told them. */
export function adopt(record: PhoneRecord, { report, snapshot, state }: TargetRow): void {
  const packed = snapshot as PackedSnapshot | null;
  const { wave } = record;
  if (report !== null && packed === null) {
    const { plan, changes, failure, evidence, address, durationMs } = report;
    record.restore({ ...snapshotOf(record), ...{ plan, changes, failure, evidence, address }, state: report.outcome });
    record.reported = report;
    record.durationMs = durationMs;
  } else if (packed !== null) record.restore({ ...unpack(packed), state: packed.state ?? state });
  record.wave = wave;
}
