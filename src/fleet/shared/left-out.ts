import { failure } from '../../domain/failures/failure-codes.js';
import type { PhoneRecord } from '../record/phone-record.js';
import type { Survey } from '../survey/found.js';
import type { JobEnd } from './job-watch.js';

// How targets end that no worker has brought to an end.

/** Why a worker could not do its job, as a sentence. */
export function whyOf(ended: JobEnd): string {
  const result = 'result' in ended ? ended.result : null;
  return result !== null && 'why' in result ? result.why : 'Its worker ended without saying why.';
}

/** Ends a target that nobody has read. */
export function endUnread(
  record: PhoneRecord,
  code: 'no-site' | 'no-worker' | 'worker-failed',
  why: string | undefined,
  found: Survey,
): void {
  record.advance('not-now', failure(code, why));
  found.records.push(record);
  found.settled += 1;
}

/** Workers see only their part: the same MAC at two addresses is one phone, and only the first is written to. */
export function endDuplicates(records: readonly PhoneRecord[], earlier: readonly PhoneRecord[]): void {
  // A phone under way that has moved is no new one.
  const first = new Map(earlier.flatMap((record) => (record.mac === null ? [] : [[record.mac, record]])));
  for (const record of records) {
    if (record.mac === null) continue;
    const other = first.get(record.mac);
    if (other === undefined) first.set(record.mac, record);
    else if (record.state === 'waiting')
      record.advance(
        'prerequisite-missing',
        failure('duplicate-mac', `${other.address} showed the same MAC ${record.mac} in this run.`),
      );
  }
}
