import { stringify } from 'csv-stringify/sync';
import { type FieldName, fieldNames, forEachName, phoneFields } from '../../domain/phone/fields.js';
import type { PhoneReport, RunReport } from '../../domain/report/report.js';
import { printable } from '../../domain/text/printable.js';
import { changesText, evidenceText, planText, reasonsText } from './flatten.js';
import { inPieces } from './pieces.js';

type Cell = string | number | boolean | null | undefined;

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
};

/** The cell of one of the phone's fields. */
function fieldCell(name: FieldName): (phone: PhoneReport) => Cell {
  const field = phoneFields[name];
  const whenEmpty = 'whenEmpty' in field ? field.whenEmpty : '';
  return (phone) => (phone[name] === '' ? whenEmpty : phone[name]);
}

export const csvColumns: readonly string[] = Object.keys(columns);

/** A spreadsheet takes at most 32,767 characters a cell. */
const longestCell = 32_000;

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

function csvLine(cells: readonly string[]): string {
  return stringify([cells], { record_delimiter: 'windows' });
}

/** ASCII and full-width starts of a formula, also after blanks and quotes; tab and carriage return are swallowed by some importers. */
const formula = /^[\s\0"']*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/;

/** In half of the world, spreadsheets split a line at `;`, and then our quotes around a cell do not count. */
const formulaAfterSemicolon = /;(?=[\s"']*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

function cellText(value: Cell): string {
  if (typeof value !== 'string') return value === null || value === undefined ? '' : String(value);
  const shown = printable(value.replace(formulaAfterSemicolon, ";'"), longestCell);
  return formula.test(value) ? `'${shown}` : shown;
}
