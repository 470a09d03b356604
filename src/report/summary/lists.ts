import { groupBy } from '../../domain/lists/group-by.js';
import { failureCodes, isFailureCode } from '../../domain/failures/failure-codes.js';
import { needsAttention, type Outcome } from '../../domain/progress/outcome.js';
import type { PhoneReport, RunReport, UnfinishedPhone } from '../../domain/report/report.js';
import { inAddressOrder } from '../../domain/network/address-order.js';
import { printable, safeJson } from '../../domain/text/printable.js';
import { alignColumns, standingText, utcMinute } from '../plain-text.js';
import type { ListsDocument } from '../schemas/lists.js';

export interface ListOptions {
  /** When a deferred phone is tried again (ISO 8601); `null` when that is not known. */
  nextAttempt?: (phone: PhoneReport) => string | null;
}

/** The lists in the order of what to look at first, with what their outcome means. */
const lists: readonly { outcome: Outcome; title: string; means: string }[] = [
  { outcome: 'failed', title: 'Failed', means: 'written to, and known to be wrong' },
  { outcome: 'unverified', title: 'Unverified', means: 'written to; neither proven nor known to be bad' },
  { outcome: 'blocked', title: 'Blocked', means: 'nothing was written; something is missing' },
  {
    outcome: 'no-answer',
    title: 'No answer',
    means: 'named by an inventory, --target or Unified CM, but nothing answered',
  },
  {
    outcome: 'not-a-phone',
    title: 'Not a phone',
    means: 'named by an inventory or --target, but something else answered',
  },
  {
    outcome: 'audited',
    title: 'Audited in part',
    means: 'the admin page could not be read, or it is not the phone that was named',
  },
  { outcome: 'deferred', title: 'Deferred', means: 'nothing was written; the next run tries them again' },
  {
    outcome: 'aborted',
    title: 'Not attempted',
    means: 'nothing was written; the run stopped first, or they no longer matched their plan',
  },
];

/** One of the lists: phones that ended alike, by reason. */
interface AttentionList {
  outcome: Outcome;
  title: string;
  means: string;
  /** The most frequent first; phones by address. */
  reasons: readonly (readonly PhoneReport[])[];
  /** How many more ended so and are only counted: targets that were not probed because of a stop. */
  unlisted: number;
}

/** What needs attention, in the order of what to look at first: without lists that are empty. */
function attentionLists(report: RunReport): AttentionList[] {
  return lists
    .map(({ outcome, title, means }) => {
      const ended = report.phones.filter((phone) => phone.outcome === outcome);
      const phones = ended.filter(needsAttention);
      const isWhole = report.only === undefined;
      const unlisted = outcome === 'aborted' && isWhole ? (report.totals.byOutcome.aborted ?? 0) - ended.length : 0;
      const reasons = byReason(phones).map((those) => inAddressOrder(those, ({ address }) => address));
      return { outcome, title, means, reasons, unlisted: Math.max(0, unlisted) };
    })
    .filter(({ reasons, unlisted }) => reasons.length + unlisted > 0);
}

/**
 * The full lists for the morning: every phone that failed, is unverified, blocked, deferred, was not attempted or audited in part only, and
 * every named target at which no phone was read, by reason, with the hint of each reason; ahead of them, those that a run which was cut off
 * left to themselves. No line is cut or wrapped. Empty when there is no such phone.
 */
export function renderLists(report: RunReport, options: ListOptions = {}): string {
  return [...leftLists(report), ...endedLists(report, options)].join('\n\n');
}

function endedLists(report: RunReport, options: ListOptions): string[] {
  return attentionLists(report).map(({ title, means, reasons, unlisted }) => {
    const listed = reasons.reduce((sum, { length }) => sum + length, 0);
    const head = `${title} (${listed + unlisted}): ${means}\n`;
    const groups = reasons.map((group) => groupText(group, options));
    const rest =
      unlisted > 0 ? [`  ${unlisted} ${unlisted === 1 ? 'address was' : 'addresses were'} not probed at all\n`] : [];
    return [head, ...groups, ...rest].join('\n');
  });
}

/** The phones of a run that was cut off which nobody watches any more: those that were written to first. */
function leftToThemselves({ run, unfinished = [] }: RunReport): UnfinishedPhone[] {
  if (run.state !== 'cut off') return [];
  const byAddress = inAddressOrder(unfinished, ({ address }) => address);
  return [...byAddress.filter(({ touched }) => touched), ...byAddress.filter(({ touched }) => !touched)];
}

function leftLists(report: RunReport): string[] {
  const left = leftToThemselves(report);
  const parts = [
    {
      ...{ title: 'Upgrading', means: 'written to, or may have been; the run was cut off, and nobody watches them' },
      phones: left.filter(({ touched }) => touched),
    },
    {
      ...{ title: 'Waiting', means: 'nothing was written; the run was cut off before their turn' },
      phones: left.filter(({ touched }) => !touched),
    },
  ];
  const hint = `    What to do: continue the run with fleet-migrate resume ${whole(report.run.id)}\n`;
  return parts.flatMap(({ title, means, phones }) => {
    if (phones.length === 0) return [];
    const rows = phones.map(({ address, mac, model, site, ...phone }) =>
      [address, mac ?? '-', model ?? '-', site ?? '-', standingText(phone)].map((cell) => whole(cell)),
    );
    return [
      `${title} (${phones.length}): ${means}\n\n${hint}${alignColumns(rows)
        .map((line) => `    ${line}\n`)
        .join('')}`,
    ];
  });
}

/** The same as JSON, schema `fleet-migrate/lists@1`. */
export function renderListsJson(report: RunReport): string {
  const document: ListsDocument = {
    schema: 'fleet-migrate/lists@1',
    run: { id: report.run.id },
    only: report.only ?? [],
    ...(report.run.state === 'cut off' ? { unfinished: leftToThemselves(report).map(leftEntryOf) } : {}),
    lists: attentionLists(report).map(({ outcome, means, reasons, unlisted }) => ({
      ...{ outcome, means, phones: reasons.reduce((sum, { length }) => sum + length, 0), unlisted },
      reasons: reasons.map((phones) => ({ ...reasonOf(phones), phones: phones.map(entryOf) })),
    })),
  };
  return `${safeJson(document, 2)}\n`;
}

type ListedPhone = ListsDocument['lists'][number]['reasons'][number]['phones'][number];

function reasonOf(phones: readonly PhoneReport[]): {
  code: string | null;
  meaning: string | null;
  hint: string | null;
} {
  const { code = null, hint = null } = phones[0]?.failure ?? {};
  return { code, meaning: code !== null && isFailureCode(code) ? failureCodes[code].meaning : null, hint };
}

function entryOf({ address, mac, model, site, failure, touched, nextAttemptAt }: PhoneReport): ListedPhone {
  return { address, mac, model, site, touched, message: failure?.message ?? null, nextAttemptAt };
}

function leftEntryOf(phone: UnfinishedPhone): NonNullable<ListsDocument['unfinished']>[number] {
  const { address, mac, model, site, touched, state, writtenAt, toldAt } = phone;
  return { address, mac, model, site, touched, state, writtenAt, toldAt };
}

/** The phones of the lists as a report, for CSV: in the order of the lists, and after them those that nobody watches any more. */
export function listedPhones(report: RunReport): RunReport {
  return {
    ...report,
    unfinished: leftToThemselves(report),
    phones: attentionLists(report).flatMap(({ reasons }) => reasons.flat()),
  };
}

/** Phones with the same code and the same hint, the most first. */
function byReason(phones: readonly PhoneReport[]): PhoneReport[][] {
  const groups = groupBy(phones, ({ failure }) => JSON.stringify([failure?.code, failure?.hint]));
  return [...groups.values()].sort((a, b) => b.length - a.length || (codeOf(a) < codeOf(b) ? -1 : 1));
}

function codeOf([phone]: readonly PhoneReport[]): string {
  return phone?.failure?.code ?? '';
}

function groupText(phones: readonly PhoneReport[], options: ListOptions): string {
  const failure = phones[0]?.failure ?? null;
  const code = failure?.code ?? '';
  const meaning = isFailureCode(code) ? failureCodes[code].meaning : '';
  const reason =
    failure === null ? 'no reason was recorded' : whole([code, meaning].filter((text) => text !== '').join(': '));
  const rows = phones.map((phone) => phoneRow(phone, meaning, options).map((cell) => whole(cell)));
  const lines = alignColumns(rows).map((line) => `    ${line}\n`);
  const hint = failure === null || failure.hint === '' ? '' : `    What to do: ${whole(failure.hint)}\n`;
  return `  ${phones.length}  ${reason}\n${hint}${lines.join('')}`;
}

function phoneRow(phone: PhoneReport, meaning: string, { nextAttempt }: ListOptions): string[] {
  const { address, mac, model, site, failure, outcome } = phone;
  const next = outcome === 'deferred' ? (nextAttempt?.(phone) ?? null) : null;
  const details = [
    next === null ? '' : `next attempt ${utcMinute(next)}`,
    // What all phones of the group share is printed once, above.
    failure === null || failure.message === meaning ? '' : failure.message,
  ];
  return [address, mac ?? '-', model ?? '-', site ?? '-', details.filter((text) => text !== '').join('; ')];
}

/** Printable, but not cut as for a terminal: this is the complete list. */
function whole(text: string): string {
  return printable(text, 4_000);
}
