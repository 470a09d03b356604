import { type FieldName, fieldNames, phoneFields } from '../../domain/phone/fields.js';
import { isDisagreement } from '../../domain/phone/inventory-disagreement.js';
import type { Reason } from '../../domain/plan/eligibility.js';
import type { PhoneReport } from '../../domain/report/report.js';
import { printable } from '../../domain/text/printable.js';
import { stepText } from '../formats/flatten.js';

type Fields = typeof phoneFields;
type Heading = Extract<Fields[FieldName], { heading: string }>['heading'];

export type TableColumn = Heading | 'verdict' | 'outcome' | 'why';
export type TableRow = Record<TableColumn, string>;

/** Those of the phone's fields that have a column, and how it is headed. */
const headed = fieldNames.flatMap((name): [FieldName, Heading][] => {
  const field = phoneFields[name];
  return 'heading' in field ? [[name, field.heading]] : [];
});

/** The columns of the table in their order. */
export const tableColumns: readonly TableColumn[] = [
  ...headed.map(([, heading]) => heading),
  'verdict',
  'outcome',
  'why',
];

/** A phone as one row. All texts are printable; what is not known is `-`. */
export function tableRow(phone: PhoneReport): TableRow {
  return {
    ...(Object.fromEntries(headed.map(([name, heading]) => [heading, shown(phone[name])])) as Record<Heading, string>),
    authorized: authorized(phone),
    verdict: phone.eligibility?.verdict ?? '-',
    outcome: phone.outcome,
    why: printable(why(phone), 600),
  };
}

/** The firmware without its load family, which the model tells as well: `14-2-1-0101-26`. */
export function shortFirmware(firmware: string): string {
  return firmware.replace(/^sip[0-9a-z_]+\./i, '');
}

/** Whether a Multiplatform phone may return without a license (G10); does not apply to a phone on Enterprise. */
function authorized(phone: PhoneReport): string {
  return phone.family === null || phone.family === 'enterprise' ? '-' : phone.returnWithoutLicense;
}

/** The reason for the outcome, and where the phone's list does not agree with it. */
function why(phone: PhoneReport): string {
  const reason = outcomeReason(phone);
  const differs = (phone.eligibility?.warnings ?? []).filter(isDisagreement).map(reasonText);
  return [reason, ...differs.filter((text) => text !== reason)].filter((text) => text !== '').join('; ');
}

function reasonText({ rule, text }: Reason): string {
  return `${rule}: ${text}`;
}

/** One reason for the outcome: the failure, else what is planned, else the first thing said against or about the phone. */
function outcomeReason({ failure, outcome, plan, eligibility, productId }: PhoneReport): string {
  if (outcome === 'not-a-phone') return productId ?? failure?.message ?? '';
  if (failure !== null) return `${failure.code}: ${failure.message}`;
  if (outcome === 'planned') return plan.map(stepText).join(', then ');
  if (eligibility === null || outcome === 'done' || outcome === 'already-done') return '';
  const against = eligibility.verdict === 'eligible' ? undefined : eligibility.reasons[0];
  const first = against ?? eligibility.warnings[0];
  return first === undefined ? '' : reasonText(first);
}

function shown(text: string | null): string {
  return text === null || text === '' ? '-' : printable(text, 80);
}
