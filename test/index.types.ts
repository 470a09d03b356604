/**
 * What other programs may rely on, held by `npm run check`: a line that should not compile and does is an error there, as is one that
 * should and does not. It is never run.
 */
import {
  type Evidence,
  type Failure,
  type FailureCodeName,
  type failureCodes,
  type Outcome,
  outcomes,
  type PhoneReport,
  type RunEvent,
  type RunReport,
  type RunSummary,
} from '../src/index.js';

/** `true` where both types are the same one. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export function report(read: RunReport): void {
  const schema: 'fleet-migrate/report@1' = read.schema;
  const run: RunSummary = read.run;
  const phones: readonly PhoneReport[] = read.phones;
  const done: number | undefined = read.totals.byOutcome.done;
  // @ts-expect-error: no such outcome
  const other: unknown = read.totals.byOutcome.finished;
  // @ts-expect-error: without waves there are none
  const waves: string = read.run.proof?.waves;
  void [schema, run, phones, done, other, waves];
}

export function phone(read: PhoneReport): void {
  const failure: Failure | null = read.failure;
  const evidence: Evidence[] = read.evidence;
  const outcome: Outcome = read.outcome;
  // @ts-expect-error: a phone that was never read has no MAC
  const mac: string = read.mac;
  // @ts-expect-error: only a failure has a hint
  const hint: string = read.failure.hint;
  void [failure, evidence, outcome, mac, hint];
}

export function event(told: RunEvent): void {
  const at: string = told.at;
  // @ts-expect-error: ISO 8601, not a Date
  const date: Date = told.at;
  void [at, date];
}

export const outcomesAreTheirType: Same<(typeof outcomes)[number], Outcome> = true;
export const codesAreTheirNames: Same<keyof typeof failureCodes, FailureCodeName> = true;
export const code: FailureCodeName = 'license-missing';
// @ts-expect-error: names are a closed list
export const noCode: FailureCodeName = 'licence-missing';
// @ts-expect-error: nobody may change the list
outcomes.push('done');
