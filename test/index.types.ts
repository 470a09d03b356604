/**
 * What other programs may rely on, held by `npm run check`: a line that should not compile and does is an error there, as is one that
 * should and does not. It is never run.
 */
import type { rows } from '../src/conduct/options/table.js';
import type { ValuesOf } from '../src/conduct/options/row.js';
import {
  audit,
  type AuditOptions,
  type ControlOptions,
  type Evidence,
  type Failure,
  type FailureCodeName,
  migrate,
  type MigrateOptions,
  type failureCodes,
  type Outcome,
  outcomes,
  type PhoneReport,
  type PlannedStep,
  type Run,
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
  // @ts-expect-error: only a command that shows a report has such a line
  const isShown: boolean = told.event === 'report';
  void [at, date, isShown];
}

export const outcomesAreTheirType: Same<(typeof outcomes)[number], Outcome> = true;
export const codesAreTheirNames: Same<keyof typeof failureCodes, FailureCodeName> = true;
export const code: FailureCodeName = 'license-missing';
// @ts-expect-error: names are a closed list
export const noCode: FailureCodeName = 'licence-missing';
// @ts-expect-error: nobody may change the list
outcomes.push('done');

/** What a program gives is named and typed as in the option table. */
type Row<Name extends keyof typeof rows> = (typeof rows)[Name];
type Given<Writes> = {
  [Name in keyof typeof rows]: Row<Name> extends { onlyTyped: true }
    ? never
    : Row<Name> extends { writes: true }
      ? Writes extends true
        ? Name
        : never
      : Name;
}[keyof typeof rows];
export const auditTakesWhatTheTableHas: Same<
  keyof AuditOptions,
  keyof ValuesOf<Pick<typeof rows, Given<false>>> | keyof ControlOptions
> = true;
export const migrateTakesWhatTheTableHas: Same<
  keyof MigrateOptions,
  keyof ValuesOf<Pick<typeof rows, Given<true>>> | keyof ControlOptions
> = true;

export async function runs(): Promise<void> {
  const run: Run = audit({ subnet: ['10.0.0.0/24'], timeout: '3s', concurrency: 8, insecure: true, scheme: 'https' });
  for await (const told of run) {
    // @ts-expect-error: only some events have an outcome
    void told.outcome;
    if (told.event !== 'outcome') continue;
    const outcome: Outcome = told.outcome;
    const plan: PlannedStep[] = told.plan;
    // @ts-expect-error: an event about a phone has its address
    const address: null = told.address;
    void [outcome, plan, address];
  }
  const report: RunReport = await run.report;
  migrate({ profile: 'mpp-to-enterprise', limit: 5, confirm: ({ phones }) => phones.length < 5 });
  // @ts-expect-error: an audit writes nothing, so it takes no profile
  audit({ profile: 'mpp-to-enterprise' });
  // @ts-expect-error: a switch is on or off
  migrate({ dryRun: 'yes' });
  // @ts-expect-error: no such scheme
  audit({ scheme: 'gopher' });
  // @ts-expect-error: what only a command line has
  audit({ quiet: true });
  void report;
}
