import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import type { PhoneReport, RunReport } from '../../domain/report/report.js';
import type { RehearsedNight } from '../../domain/rehearsal/rehearsal.js';
import type { ModeledPhone } from '../model/modeled-phone.js';

/** What is known of the targets of a night besides its report. */
export interface KnownTargets {
  /** What is modeled among them. */
  modeled: readonly ModeledPhone[];
  /** Addresses that the audit or a list tells of. */
  known: ReadonlySet<string>;
  /** Who did not answer when it was looked for, and how. */
  unheard: ReadonlyMap<ModeledPhone, FailureCodeName>;
}

/**
 * How phones end in a night. Where nobody answers a run cannot tell a phone that is away from an empty address: it only counts those of a subnet,
 * and lists those of a range. A rehearsal knows, so that the same phones end the same, however they are named.
 */
export function howTheyEnd(
  { phones, totals }: RunReport,
  { modeled, known, unheard }: KnownTargets,
): Pick<RehearsedNight, 'byOutcome' | 'failures'> {
  const entries = phones.filter((entry) => known.has(entry.address) || !isDark(entry));
  const listed = new Set(entries.map(({ address }) => address));
  const unlisted = modeled.flatMap((phone) => (listed.has(phone.address) ? [] : (unheard.get(phone) ?? [])));
  const failures: Record<string, number> = {};
  for (const code of [...entries.flatMap(({ failure }) => failure?.code ?? []), ...unlisted])
    failures[code] = (failures[code] ?? 0) + 1;
  const { 'no-answer': _all, ...others } = totals.byOutcome;
  const silent = entries.filter(({ outcome }) => outcome === 'no-answer').length + unlisted.length;
  return { byOutcome: silent === 0 ? others : { ...totals.byOutcome, 'no-answer': silent }, failures };
}

/** Whether nothing at all was heard there. */
function isDark({ outcome, failure }: PhoneReport): boolean {
  return outcome === 'no-answer' && failure?.code === ('connect-timeout' satisfies FailureCodeName);
}
