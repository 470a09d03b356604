import { failureCodes, isFailureCode } from '../../domain/failures/failure-codes.js';
import { needsAttention, type Outcome } from '../../domain/progress/outcome.js';
import type { PhoneReport, RunReport } from '../../domain/report/report.js';
import { inAddressOrder } from '../../domain/network/address-order.js';
import { printable } from '../../domain/text/printable.js';
import { alignColumns, utcMinute } from '../plain-text.js';

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

/**
 * The full lists for the morning: every phone that failed, is unverified, blocked, deferred, was not attempted or audited in part only, and
 * every named target at which no phone was read, by reason, with the hint of each reason. No line is cut or wrapped. Empty when there is no such phone.
 */
export function renderLists(report: RunReport, options: ListOptions = {}): string {
  return lists
    .map(({ outcome, title, means }) => {
      const phones = report.phones.filter((phone) => phone.outcome === outcome && needsAttention(phone));
      // Targets that were not probed because of a stop are counted only in the totals.
      const unlisted = outcome === 'aborted' ? (report.totals.byOutcome.aborted ?? 0) - phones.length : 0;
      if (phones.length === 0 && unlisted <= 0) return '';
      const head = `${title} (${phones.length + Math.max(0, unlisted)}): ${means}\n`;
      const groups = byReason(phones).map((group) => groupText(group, options));
      const rest =
        unlisted > 0 ? [`  ${unlisted} ${unlisted === 1 ? 'address was' : 'addresses were'} not probed at all\n`] : [];
      return [head, ...groups, ...rest].join('\n');
    })
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Phones with the same code and the same hint, the most first. */
function byReason(phones: readonly PhoneReport[]): PhoneReport[][] {
  const groups = new Map<string, PhoneReport[]>();
  for (const phone of phones) {
    const key = JSON.stringify([phone.failure?.code, phone.failure?.hint]);
    const group = groups.get(key);
    if (group) group.push(phone);
    else groups.set(key, [phone]);
  }
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
  const rows = inAddressOrder(phones, ({ address }) => address).map((phone) =>
    phoneRow(phone, meaning, options).map((cell) => whole(cell)),
  );
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
