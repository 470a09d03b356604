import { type FieldName, fieldNames, forEachName, phoneFields } from '../../domain/phone/fields.js';
import type { ListedPhone, RunReport } from '../../domain/report/report.js';
import { listedIn } from '../../domain/report/unfinished.js';
import type { Cell } from './cells.js';
import { type CsvFor, csvStyles } from './csv-styles.js';
import { changesText, evidenceText, planText, reasonsText } from './flatten.js';
import { inPieces } from './pieces.js';

/** CSV is also read by position, so newer fields than these go to the end of the line. */
const firstFields = fieldNames.slice(0, fieldNames.indexOf('returnWithoutLicense') + 1);

/** A column of the CSV: what it says, and its cell for a phone. */
interface Column {
  text: string;
  cell: (phone: ListedPhone) => Cell;
}

/** The columns in their order, named as in the JSON report. New ones are only added at the end. */
const columns: Readonly<Record<string, Column>> = {
  ...forEachName(firstFields, fieldColumn),
  direction: {
    text: 'The direction that `verdict` is about: `e2m` from Enterprise to Multiplatform, `m2e` back.',
    cell: (phone) => phone.eligibility?.direction,
  },
  verdict: {
    text: 'Whether it may leave the family that it runs: `eligible`, `needs-upgrade`, `ineligible`, `unknown`; empty: not judged.',
    cell: (phone) => phone.eligibility?.verdict,
  },
  reasons: {
    text: 'What decided the verdict: `RULE: text`, a list.',
    cell: (phone) => reasonsText(phone.eligibility?.reasons ?? []),
  },
  warnings: {
    text: 'What to know before it is moved, in the same form.',
    cell: (phone) => reasonsText(phone.eligibility?.warnings ?? []),
  },
  plan: { text: 'The steps of its plan, with what each sets, a list.', cell: (phone) => planText(phone.plan) },
  changes: {
    text: 'What was sent to it: `field: "before" -> "after"`, a list.',
    cell: (phone) => changesText(phone.changes),
  },
  outcome: { text: 'How it [ended](#outcomes); empty: it has not.', cell: (phone) => phone.outcome },
  touched: {
    text: 'Whether something was written to it, or may have been: `yes` or `no`.',
    cell: (phone) => (phone.touched ? 'yes' : 'no'),
  },
  failureCode: {
    text: 'Why it did not end well: a [failure code](failure-codes.md).',
    cell: (phone) => phone.failure?.code,
  },
  failureMessage: { text: 'The facts of its case.', cell: (phone) => phone.failure?.message },
  failureHint: { text: 'What to do next.', cell: (phone) => phone.failure?.hint },
  evidence: {
    text: 'What was seen that counts for how it ended: `time kind: text`, a list.',
    cell: (phone) => evidenceText(phone.evidence),
  },
  startedAt: { text: 'When it was first looked at (ISO 8601, UTC).', cell: (phone) => phone.startedAt },
  durationMs: { text: 'From then to its end, in milliseconds.', cell: (phone) => phone.durationMs },
  site: { text: 'Its site, from an inventory or the configuration file.', cell: (phone) => phone.site },
  note: { text: 'What the inventory noted of it.', cell: (phone) => phone.note },
  named: {
    text: 'Whether somebody named it, by an inventory, `--target` or a MAC: `yes` or `no`; empty: reports of 0.1.0 do not tell.',
    cell: ({ named }: { named?: boolean }) => (named === undefined ? null : named ? 'yes' : 'no'),
  },
  // Existing columns keep their place.
  ...forEachName(fieldNames, fieldColumn),
  vidSource: {
    text: 'Where `vid` is from: `udi` or `inventory`; empty: there is none, or it is not told.',
    cell: (phone) => phone.vidSource,
  },
  ucmName: { text: 'Its name on Unified CM: `SEP` and the MAC.', cell: ({ ucm }) => ucm?.name },
  ucmDevicePool: { text: 'Its device pool there.', cell: ({ ucm }) => ucm?.devicePool },
  ucmDescription: { text: 'Its description there.', cell: ({ ucm }) => ucm?.description },
  ucmRegistered: {
    text: 'Whether it was registered there: `yes`, `no` or `unknown`.',
    cell: ({ ucm }) => ucm?.registered,
  },
  ucmLoad: { text: 'The load that Unified CM names for it.', cell: ({ ucm }) => ucm?.load },
  ucmStatusReason: { text: 'Why it is not registered, as Unified CM says.', cell: ({ ucm }) => ucm?.statusReason },
  requests: { text: 'Requests over HTTP that the run made to it.', cell: (phone) => phone.requests },
  bytes: { text: 'Bytes of bodies that arrived from it.', cell: (phone) => phone.bytes },
  nextAttemptAt: {
    text: 'When a later run tries a deferred phone again (ISO 8601, UTC).',
    cell: (phone) => phone.nextAttemptAt,
  },
  state: {
    text: 'Where a phone stood that has not ended, of a run that has not: `waiting`, `upgrading` …',
    cell: (phone) => (phone.outcome === null ? phone.state : null),
  },
  writtenAt: {
    text: 'When it was first about to be written to, if it has not ended (ISO 8601, UTC).',
    cell: (phone) => (phone.outcome === null ? phone.writtenAt : null),
  },
  toldAt: {
    text: 'When the run last told of it, if it has not ended (ISO 8601, UTC).',
    cell: (phone) => (phone.outcome === null ? phone.toldAt : null),
  },
};

/** The column of one of the phone's fields. */
function fieldColumn(name: FieldName): Column {
  const field = phoneFields[name];
  const whenEmpty = 'whenEmpty' in field ? field.whenEmpty : '';
  const shownEmpty = whenEmpty === '' ? '' : ` \`${whenEmpty}\`: it is there, without a text.`;
  return { text: `${field.text}${shownEmpty}`, cell: (phone) => (phone[name] === '' ? whenEmpty : phone[name]) };
}

export const csvColumns: readonly string[] = Object.keys(columns);

/** What each column says, as Markdown. */
export const csvColumnTexts: Readonly<Record<string, string>> = forEachName(
  csvColumns,
  (name) => columns[name]?.text ?? '',
);

/**
 * The phones as CSV, one line per phone under a fixed header; for programs RFC 4180 (CRLF, quotes doubled; UTF-8 without a mark). A list is
 * one cell, its parts separated by ` | `. Unknown values are empty. Hidden characters are shown as escapes and a value that a spreadsheet
 * would take for a formula gets a leading apostrophe, also after a `;` inside it. Yielded in pieces.
 */
export function renderCsv(report: RunReport, reader: CsvFor = 'programs'): Generator<string> {
  return inPieces(csvLines(listedIn(report), csvStyles[reader]));
}

function* csvLines(phones: readonly ListedPhone[], { mark, line }: (typeof csvStyles)[CsvFor]): Generator<string> {
  yield mark + line(csvColumns);
  const cells = Object.values(columns).map(({ cell }) => cell);
  for (const phone of phones) yield line(cells.map((cell) => cell(phone)));
}
