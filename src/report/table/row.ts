import { failureCodes, isFailureCode } from '../../domain/failures/failure-codes.js';
import { type FieldName, fieldNames, phoneFields } from '../../domain/phone/fields.js';
import { isDisagreement } from '../../domain/phone/inventory-disagreement.js';
import { isDeclined } from '../../domain/progress/outcome.js';
import type { Reason } from '../../domain/plan/eligibility.js';
import type { ListedPhone, PhoneReport, UnfinishedPhone } from '../../domain/report/report.js';
import { standingWord } from '../../domain/report/unfinished.js';
import { printable } from '../../domain/text/printable.js';
import { stepText } from '../formats/flatten.js';
import { standingText } from '../plain-text.js';

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

/** A phone as one row, and its reasons for where there is no room for them. */
export interface PhoneRow {
  row: TableRow;
  /** The rule or code of each reason alone. */
  codes: string;
  /** What these mean; of other things nothing. */
  reasons: readonly string[];
}

/** A phone as one row. All texts are printable; what is not known is `-`. */
export function phoneRow(phone: ListedPhone): PhoneRow {
  const reasons = phone.outcome === null ? [whereItStood(phone)] : reasonsOf(phone);
  const row = {
    ...(Object.fromEntries(headed.map(([name, heading]) => [heading, shown(phone[name])])) as Record<Heading, string>),
    authorized: authorized(phone),
    // Where it is already, its verdict is on the way back: another question, and nothing here says which.
    verdict: phone.outcome === 'already-done' ? '-' : (phone.eligibility?.verdict ?? '-'),
    outcome: standingWord(phone),
    why: printable(reasons.map(({ text }) => text).join('; '), 600),
  };
  return {
    row,
    codes: printable(reasons.map(({ code }) => code).join('; '), 600),
    reasons: reasons.flatMap(({ meaning }) => (meaning === null ? [] : [printable(meaning, 600)])),
  };
}

/** The firmware without its load family, which the model tells as well: `14-2-1-0101-26`. */
export function shortFirmware(firmware: string): string {
  return firmware.replace(/^sip[0-9a-z_]+\./i, '');
}

/** Whether a Multiplatform phone may return without a license (G10); does not apply to a phone on Enterprise. */
function authorized(phone: ListedPhone): string {
  // It is worked out once a phone has ended.
  const isTold = phone.outcome !== null && phone.family !== null && phone.family !== 'enterprise';
  return !isTold ? '-' : phone.returnWithoutLicense;
}

/** Something that is said of a phone. */
interface Said {
  /** In full, as far as this phone goes. */
  text: string;
  code: string;
  /** What stands for all phones with that code; `null`: the code says it all. */
  meaning: string | null;
}

/** What is known of a phone that has not ended: nobody is to take it for one that has. */
function whereItStood(phone: UnfinishedPhone): Said {
  return { text: standingText(phone), code: phone.touched ? phone.state : 'not written to', meaning: null };
}

/** The reason for the outcome, and where the phone's list does not agree with it. */
function reasonsOf(phone: PhoneReport): Said[] {
  const reason = outcomeReason(phone);
  const differs = (phone.eligibility?.warnings ?? []).filter(isDisagreement).map(saidBy);
  return [...reason, ...differs.filter(({ text }) => text !== reason[0]?.text)];
}

function saidBy({ rule, text }: Reason): Said {
  return { text: `${rule}: ${text}`, code: rule, meaning: `${rule}: ${text}` };
}

/** One reason for the outcome: the failure, else what is planned, else the first thing said against or about the phone. */
function outcomeReason({ failure, outcome, plan, eligibility, productId }: PhoneReport): Said[] {
  if (outcome === 'not-a-phone') {
    // That it is none is said already.
    const text = (productId ?? failure?.message ?? '').replace(/^Not a phone: /, '');
    return text === '' ? [] : [{ text, code: text, meaning: null }];
  }
  // That somebody said no is said of the run; what it would have done is told of the phone.
  const isPlanned = (outcome === 'planned' || isDeclined({ outcome, failure })) && plan.length > 0;
  if (failure !== null && !isPlanned) {
    const { code, message } = failure;
    const meaning = isFailureCode(code) ? failureCodes[code].meaning : message;
    return [{ text: `${code}: ${message}`, code, meaning: `${code}: ${meaning}` }];
  }
  if (isPlanned) {
    const text = plan.map(stepText).join(', then ');
    const [first, ...more] = plan;
    const code = more.length === 0 ? (first?.step ?? '') : `${plan.length} steps`;
    return [{ text, code, meaning: more.length === 0 ? text : `${code}: ${text}` }];
  }
  if (eligibility === null || outcome === 'done' || outcome === 'already-done') return [];
  const against = eligibility.verdict === 'eligible' ? undefined : eligibility.reasons[0];
  const first = against ?? eligibility.warnings[0];
  return first === undefined ? [] : [saidBy(first)];
}

function shown(text: string | null): string {
  return text === null || text === '' ? '-' : printable(text, 80);
}
