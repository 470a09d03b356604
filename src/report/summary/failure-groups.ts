import { inAddressOrder } from '../../domain/network/address-order.js';
import { failureCodes, isFailureCode } from '../../domain/failures/failure-codes.js';
import { isBeyondLimit, isDeclined, needsAttention, outcomes } from '../../domain/progress/outcome.js';
import type { ListedPhone, PhoneReport, RunReport } from '../../domain/report/report.js';
import { byUrgency } from '../table/outcome-style.js';

/** Phones that ended with the same failure code. */
export interface FailureGroup {
  code: string;
  /** What the code means; the cases' own messages differ. */
  meaning: string;
  hint: string;
  /** By address. */
  phones: PhoneReport[];
}

/** The failures of the phones by code: the most frequent first; of as many, those with phones known or likely to be bad. */
export function failureGroups(report: RunReport): FailureGroup[] {
  const groups = new Map<string, FailureGroup>();
  for (const phone of report.phones) {
    if (phone.failure === null || !isProblem(phone)) continue;
    const { code, message, hint } = phone.failure;
    const group = groups.get(code);
    if (group) group.phones.push(phone);
    else
      groups.set(code, {
        code,
        meaning: isFailureCode(code) ? failureCodes[code].meaning : message,
        hint,
        phones: [phone],
      });
  }
  const sorted = [...groups.values()].map((group) => ({
    ...group,
    phones: inAddressOrder(group.phones, ({ address }) => address),
  }));
  return sorted.sort(
    (a, b) => b.phones.length - a.phones.length || urgency(b) - urgency(a) || (a.code < b.code ? -1 : 1),
  );
}

/** Whether what a phone failed with is a problem: it is not what was asked for, nor a silent address or another device within a subnet. */
export function isProblem(phone: ListedPhone): boolean {
  if (phone.failure === null || isBeyondLimit(phone) || isDeclined(phone)) return false;
  return (phone.outcome !== 'not-a-phone' && phone.outcome !== 'no-answer') || needsAttention(phone);
}

function urgency({ phones }: FailureGroup): number {
  return phones.reduce((most, { outcome }) => Math.max(most, byUrgency.indexOf(outcome)), -1);
}

/** The outcomes that occurred with their counts, in their usual order. */
export function outcomeCounts(report: RunReport): { outcome: (typeof outcomes)[number]; count: number }[] {
  return outcomes
    .map((outcome) => ({ outcome, count: report.totals.byOutcome[outcome] ?? 0 }))
    .filter(({ count }) => count > 0);
}
