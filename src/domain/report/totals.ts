import type { FailureCodeName } from '../failures/failure-codes.js';
import { isBeyondLimit, type Outcome, outcomes } from '../progress/outcome.js';
import { directions } from '../phone/models.js';
import { verdicts } from '../plan/eligibility.js';
import type { PhoneReport, RunReport } from './report.js';

/** What a run counts in addition to the phones that it lists. */
export interface Uncounted {
  /** Addresses of a subnet that never answered, by failure code. */
  noAnswerByCode: Readonly<Record<string, number>>;
  /** Targets that a stopped run did not get to. */
  notAsked?: number;
  /** Targets that were not probed because the run had as many phones as `--limit` allows. */
  beyondLimit?: number;
}

/** How many targets a run left alone because of `--limit`, read or not. */
export function countBeyondLimit({ phones, totals }: Pick<RunReport, 'phones' | 'totals'>): number {
  return phones.filter(isBeyondLimit).length + unlisted(totals, phones);
}

/** Targets that are only counted, as they were not even probed because of `--limit`. Deferred ones that no count explains are not taken for such. */
function unlisted(
  { byOutcome, beyondLimit = 0 }: Pick<RunReport['totals'], 'byOutcome' | 'beyondLimit'>,
  phones: readonly Pick<PhoneReport, 'outcome'>[],
): number {
  const left = (byOutcome.deferred ?? 0) - phones.filter(({ outcome }) => outcome === 'deferred').length;
  return Math.max(0, Math.min(left, beyondLimit));
}

/** As shown: all that were left alone because of `--limit`, without the ones that were not chosen on Unified CM. */
function withBeyondLimit(
  unlistedOnes: number,
  phones: readonly Pick<PhoneReport, 'outcome' | 'failure'>[],
): Pick<RunReport['totals'], 'beyondLimit'> {
  const code: FailureCodeName = 'beyond-limit';
  const listed = phones.filter(({ outcome, failure }) => outcome === 'deferred' && failure?.code === code);
  const count = listed.length + unlistedOnes;
  return count === 0 ? {} : { beyondLimit: count };
}

/** The totals of a report: outcomes in their usual order without those that did not occur, codes by the alphabet; they sum to the targets. */
export function totalsOf(
  phones: readonly Pick<PhoneReport, 'outcome' | 'eligibility' | 'failure'>[],
  { noAnswerByCode, notAsked = 0, beyondLimit = 0 }: Uncounted,
): RunReport['totals'] {
  const silent = sumOf(noAnswerByCode);
  const counts = new Map<Outcome, number>([
    ['no-answer', silent],
    ['aborted', notAsked],
    ['deferred', beyondLimit],
  ]);
  for (const { outcome } of phones) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return orderedTotals({
    targets: phones.length + silent + notAsked + beyondLimit,
    byOutcome: Object.fromEntries([...counts].filter(([, times]) => times > 0)),
    noAnswerByCode: withListedSilence(noAnswerByCode, phones),
    ...withVerdicts(phones),
    ...withBeyondLimit(beyondLimit, phones),
  });
}

/**
 * Totals as they are stored, with `noAnswerByCode` summing to the outcome `no-answer`, and `beyondLimit` as it is shown: earlier versions
 * left out the targets that are listed, which a reader of the totals alone took for addresses lost.
 */
export function wholeTotals(
  totals: RunReport['totals'],
  phones: readonly Pick<PhoneReport, 'outcome' | 'failure'>[],
): RunReport['totals'] {
  const { byOutcome, noAnswerByCode } = totals;
  const whole = { ...totals, ...withBeyondLimit(unlisted(totals, phones), phones) };
  if (sumOf(noAnswerByCode) === (byOutcome['no-answer'] ?? 0)) return whole;
  return orderedTotals({ ...whole, noAnswerByCode: withListedSilence(noAnswerByCode, phones) });
}

/** The other way round: why the targets that are only counted did not answer. */
export function onlyCounted(
  { byOutcome, noAnswerByCode }: Pick<RunReport['totals'], 'byOutcome' | 'noAnswerByCode'>,
  phones: readonly Pick<PhoneReport, 'outcome' | 'failure'>[],
): Record<string, number> {
  if (sumOf(noAnswerByCode) !== (byOutcome['no-answer'] ?? 0)) return noAnswerByCode;
  const listed = withListedSilence({}, phones);
  const left = Object.entries(noAnswerByCode).map(([code, times]) => [code, times - (listed[code] ?? 0)] as const);
  return Object.fromEntries(left.filter(([, times]) => times > 0));
}

/** Why targets did not answer, of those that are only counted and those that are listed. */
function withListedSilence(
  counted: Readonly<Record<string, number>>,
  phones: readonly Pick<PhoneReport, 'outcome' | 'failure'>[],
): Record<string, number> {
  const codes = new Map(Object.entries(counted));
  for (const { outcome, failure } of phones) {
    const code = failure?.code ?? noCode;
    if (outcome === 'no-answer') codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  return Object.fromEntries(codes);
}

/** Every such entry has a failure; one that does not must not be missing from the sum, nor get a reason that nobody saw. */
const noCode = 'unknown';

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, times) => sum + times, 0);
}

/** The verdicts of phones, counted per direction; nothing where none was judged. */
export function withVerdicts(
  phones: readonly Pick<PhoneReport, 'eligibility'>[],
): Pick<RunReport['totals'], 'byDirection'> {
  const counted = directions.flatMap((direction) => {
    const judged = phones.flatMap(({ eligibility }) =>
      eligibility?.direction === direction ? [eligibility.verdict] : [],
    );
    const counts = verdicts
      .map((verdict) => [verdict, judged.filter((one) => one === verdict).length] as const)
      .filter(([, times]) => times > 0);
    return counts.length === 0 ? [] : [[direction, Object.fromEntries(counts)] as const];
  });
  return counted.length === 0 ? {} : { byDirection: Object.fromEntries(counted) };
}

/** The same totals with outcomes in their usual order and codes in the alphabet's. */
export function orderedTotals({
  targets,
  byOutcome,
  noAnswerByCode,
  byDirection,
  beyondLimit,
}: RunReport['totals']): RunReport['totals'] {
  const present = outcomes.filter((outcome) => byOutcome[outcome] !== undefined);
  return {
    targets,
    byOutcome: Object.fromEntries(present.map((outcome) => [outcome, byOutcome[outcome]])),
    noAnswerByCode: Object.fromEntries(Object.entries(noAnswerByCode).sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(byDirection === undefined ? {} : { byDirection }),
    ...(beyondLimit === undefined ? {} : { beyondLimit }),
  };
}
