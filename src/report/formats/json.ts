import type { Reason } from '../../domain/plan/eligibility.js';
import { fieldNames, forEachName } from '../../domain/phone/fields.js';
import type { PlanStep } from '../../domain/plan/plan.js';
import type { ListedPhone, PhoneReport, RunReport, RunSummary, UnfinishedPhone } from '../../domain/report/report.js';
import { orderedTotals } from '../../domain/report/totals.js';
import { safeJson } from '../../domain/text/printable.js';
import { inOrder, type Keys } from './in-order.js';
import { inPieces } from './pieces.js';

const runKeys: Keys<RunSummary> = {
  id: true,
  startedAt: true,
  finishedAt: true,
  profile: true,
  dryRun: true,
  version: true,
  interrupted: true,
  preflightSkipped: true,
  insecure: true,
  ucmInsecure: true,
  shared: true,
  tlsLegacy: true,
  expiredMicAllowed: true,
  abortedBy: true,
  proof: true,
  firmware: true,
  webAccess: true,
  declined: true,
  state: true,
  notEnded: true,
  workedMs: true,
};

const phoneKeys: Keys<PhoneReport> = {
  ...forEachName(fieldNames, () => true as const),
  eligibility: true,
  plan: true,
  changes: true,
  outcome: true,
  touched: true,
  failure: true,
  evidence: true,
  startedAt: true,
  durationMs: true,
  site: true,
  note: true,
  nextAttemptAt: true,
  named: true,
  vidSource: true,
  ucm: true,
  requests: true,
  bytes: true,
};

/** Only of phones that have not ended. */
const unfinishedKeys: Keys<UnfinishedPhone> = { ...phoneKeys, state: true, writtenAt: true, toldAt: true };

/**
 * The report as JSON (schema `fleet-migrate/report@1`): fixed key order, two blanks of indent, a line feed at the end.
 * The same report always gives the same bytes. Texts of phones are as shown; characters that a terminal would act on are written as
 * `\u….`. Yielded in pieces.
 */
export function renderJson(report: RunReport): Generator<string> {
  return inPieces(jsonTexts(report));
}

function* jsonTexts(report: RunReport): Generator<string> {
  yield `{\n  "schema": ${safeJson(report.schema)},\n`;
  yield `  "run": ${indented(inOrder(report.run, runKeys), 1)},\n`;
  yield `  "totals": ${indented(orderedTotals(report.totals), 1)},\n`;
  if (report.only !== undefined) yield `  "only": ${indented(report.only, 1)},\n`;
  yield* listTexts('phones', report.phones);
  if (report.unfinished !== undefined) {
    yield ',\n';
    yield* listTexts('unfinished', report.unfinished);
  }
  yield '\n}\n';
}

function* listTexts(name: string, phones: readonly ListedPhone[]): Generator<string> {
  yield `  "${name}": [`;
  let separator = '\n';
  for (const phone of phones) {
    yield `${separator}    ${indented(orderedPhone(phone), 2)}`;
    separator = ',\n';
  }
  yield separator === '\n' ? ']' : '\n  ]';
}

/** The phone's record with its keys, and those within, in the order of the contract. */
function orderedPhone(phone: ListedPhone): object {
  const { eligibility, failure } = phone;
  return {
    ...(phone.outcome === null ? inOrder(phone, unfinishedKeys) : inOrder(phone, phoneKeys)),
    eligibility: eligibility && {
      ...inOrder(eligibility, { direction: true, verdict: true, reasons: true, warnings: true }),
      reasons: eligibility.reasons.map(orderedReason),
      warnings: eligibility.warnings.map(orderedReason),
    },
    plan: phone.plan.map(orderedStep),
    changes: phone.changes.map((change) => inOrder(change, { field: true, from: true, to: true })),
    failure: failure && inOrder(failure, { code: true, message: true, hint: true }),
    evidence: phone.evidence.map((evidence) => inOrder(evidence, { at: true, kind: true, text: true })),
  };
}

/** The run's record in the order of the contract. */
export function orderedRun(run: RunSummary): RunSummary {
  return inOrder(run, runKeys);
}

function orderedStep({ step, load, set, note }: PlanStep): PlanStep {
  const { upgradeRule, authorizationRule, authorizationType, ...others } = set;
  return {
    step,
    load,
    set: {
      ...(upgradeRule === undefined ? {} : { upgradeRule }),
      ...(authorizationRule === undefined ? {} : { authorizationRule }),
      ...(authorizationType === undefined ? {} : { authorizationType }),
      ...others,
    },
    ...(note === undefined ? {} : { note }),
  };
}

function orderedReason(reason: Reason): Reason {
  return inOrder(reason, { rule: true, text: true });
}

function indented(value: unknown, level: number): string {
  return safeJson(value, 2).replaceAll('\n', `\n${'  '.repeat(level)}`);
}
