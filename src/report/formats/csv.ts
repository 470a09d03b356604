import { type FieldName, fieldNames, forEachName, phoneFields } from '../../domain/phone/fields.js';
import type { PhoneReport, RunReport } from '../../domain/report/report.js';
import { type Cell, cellText, csvLine } from './cells.js';
import { changesText, evidenceText, planText, reasonsText } from './flatten.js';
import { inPieces } from './pieces.js';

/** CSV is also read by position, so newer fields than these go to the end of the line. */
const firstFields = fieldNames.slice(0, fieldNames.indexOf('returnWithoutLicense') + 1);

/** The columns in their order, named as in the JSON report. New ones are only added at the end. */
const columns: Record<string, (phone: PhoneReport) => Cell> = {
  ...forEachName(firstFields, fieldCell),
  direction: (phone) => phone.eligibility?.direction,
  verdict: (phone) => phone.eligibility?.verdict,
  reasons: (phone) => reasonsText(phone.eligibility?.reasons ?? []),
  warnings: (phone) => reasonsText(phone.eligibility?.warnings ?? []),
  plan: (phone) => planText(phone.plan),
  changes: (phone) => changesText(phone.changes),
  outcome: (phone) => phone.outcome,
  touched: (phone) => (phone.touched ? 'yes' : 'no'),
  failureCode: (phone) => phone.failure?.code,
  failureMessage: (phone) => phone.failure?.message,
  failureHint: (phone) => phone.failure?.hint,
  evidence: (phone) => evidenceText(phone.evidence),
  startedAt: (phone) => phone.startedAt,
  durationMs: (phone) => phone.durationMs,
  site: (phone) => phone.site,
  note: (phone) => phone.note,
  // Reports of 0.1.0 do not tell.
  named: ({ named }: { named?: boolean }) => (named === undefined ? null : named ? 'yes' : 'no'),
  // Existing columns keep their place.
  ...forEachName(fieldNames, fieldCell),
  // `undefined` in reports of 0.1.0, which do not tell.
  vidSource: (phone) => phone.vidSource,
  ucmName: ({ ucm }) => ucm?.name,
  ucmDevicePool: ({ ucm }) => ucm?.devicePool,
  ucmDescription: ({ ucm }) => ucm?.description,
  ucmRegistered: ({ ucm }) => ucm?.registered,
  ucmLoad: ({ ucm }) => ucm?.load,
  ucmStatusReason: ({ ucm }) => ucm?.statusReason,
  requests: (phone) => phone.requests,
  bytes: (phone) => phone.bytes,
  nextAttemptAt: (phone) => phone.nextAttemptAt,
};

/** The cell of one of the phone's fields. */
function fieldCell(name: FieldName): (phone: PhoneReport) => Cell {
  const field = phoneFields[name];
  const whenEmpty = 'whenEmpty' in field ? field.whenEmpty : '';
  return (phone) => (phone[name] === '' ? whenEmpty : phone[name]);
}

export const csvColumns: readonly string[] = Object.keys(columns);

/**
 * The phones as CSV (RFC 4180: CRLF, quotes doubled; UTF-8 without a mark), one line per phone under a fixed header. A list is one cell,
 * its parts separated by ` | `. Unknown values are empty. Hidden characters are shown as escapes and a value that a spreadsheet would take
 * for a formula gets a leading apostrophe, also after a `;` inside it. Yielded in pieces.
 */
export function renderCsv(report: RunReport): Generator<string> {
  return inPieces(csvLines(report.phones));
}

function* csvLines(phones: readonly PhoneReport[]): Generator<string> {
  yield csvLine(csvColumns);
  for (const phone of phones) yield csvLine(Object.values(columns).map((cell) => cellText(cell(phone))));
}
