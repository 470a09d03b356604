import { readFileSync } from 'node:fs';
import { isFailureCode } from '../../../src/domain/failures/failure-codes.js';
import { outcomes } from '../../../src/domain/progress/outcome.js';
import type { PhoneReport, RunReport } from '../../../src/domain/report/report.js';
import { holdToSchema } from './published-schemas.js';

/** A phone's entry, with the keys that only reports of earlier versions lack. */
export type ReportedPhone = Required<PhoneReport>;

/** The whole report, schema `fleet-migrate/report@1`. */
export interface Report extends Omit<RunReport, 'phones'> {
  phones: ReportedPhone[];
}

/** Outcomes of phones that something was written to, or may have been; `touched` must agree. */
const written: ReadonlySet<string> = new Set(['done', 'failed', 'unverified']);

/**
 * Reads a report and checks it against the contract: its published schema and nothing beyond it, outcomes that add up to the targets, and
 * what the words mean.
 * Throws, with the place, at the first violation.
 */
export function parseReport(json: string): Report {
  const report = JSON.parse(json) as Report;
  holdToSchema('report', report);
  const counted = Object.values(report.totals.byOutcome).reduce((sum, count) => sum + count, 0);
  hold(counted === report.totals.targets, `outcomes sum to ${counted}, targets are ${report.totals.targets}`);
  for (const name of outcomes) {
    const listed = report.phones.filter((entry) => entry.outcome === name).length;
    const total = report.totals.byOutcome[name] ?? 0;
    // Addresses of a subnet that never answered, or were not probed because the run was stopped, are only counted.
    const beyond = name === 'deferred' && report.totals.beyondLimit !== undefined;
    const alsoUnlisted = name === 'no-answer' || name === 'aborted' || beyond;
    // Narrowed (`report --only`), it lists some of them.
    const isNarrowed = report.only !== undefined;
    hold(
      alsoUnlisted || isNarrowed ? listed <= total : listed === total,
      `${total} are ${name}, ${listed} of them are listed`,
    );
  }
  const left = report.phones.filter(({ failure }) => failure?.code === 'beyond-limit').length;
  hold(left <= (report.totals.beyondLimit ?? 0), `${left} are listed beyond the limit, and are not among its count`);
  const silent = Object.values(report.totals.noAnswerByCode).reduce((sum, count) => sum + count, 0);
  hold(silent === (report.totals.byOutcome['no-answer'] ?? 0), `${silent} by code make not no-answer`);
  for (const code of Object.keys(report.totals.noAnswerByCode)) hold(isFailureCode(code), `${code} is not documented`);
  for (const entry of report.phones) checkPhone(entry);
  return report;
}

/** Reads a report from a file. */
export function readReport(path: string): Report {
  return parseReport(readFileSync(path, 'utf8'));
}

function checkPhone(phone: ReportedPhone): void {
  const { address, outcome: ended, touched, changes, failure, plan } = phone;
  for (const key of ['vidSource', 'ucm', 'requests', 'bytes'] as const) hold(key in phone, `${address} has no ${key}`);
  hold(failure === null || isFailureCode(failure.code), `${address} has the undocumented code ${failure?.code ?? ''}`);
  hold(touched === written.has(ended), `${address} is ${ended} and touched is ${touched}`);
  hold(touched || changes.length === 0, `${address} is untouched and has changes`);
  hold(ended !== 'planned' || plan.length > 0, `${address} is planned without a plan`);
  const bad = ['blocked', 'deferred', 'aborted', 'failed', 'unverified', 'no-answer'].includes(ended);
  hold(!bad || failure !== null, `${address} is ${ended} without a failure`);
  // A password can keep an audit from its result.
  const good = ['done', 'already-done', 'planned'].includes(ended);
  hold(!good || failure === null, `${address} is ${ended} with the failure ${failure?.code ?? ''}`);
}

function hold(truth: boolean, otherwise: string): void {
  if (!truth) throw new RangeError(otherwise);
}

/** The phone with that MAC. Throws when it is not listed. */
export function reported(report: Report, { mac }: { mac: string }): ReportedPhone {
  const found = report.phones.filter((entry) => entry.mac === mac);
  if (found.length !== 1 || !found[0]) throw new RangeError(`${found.length} entries have the MAC ${mac}`);
  return found[0];
}

/** What is listed at an address. Throws when nothing is. */
export function reportedAt(report: Report, { address }: { address: string }): ReportedPhone {
  const found = report.phones.find((entry) => entry.address === address);
  if (!found) throw new RangeError(`nothing is listed at ${address}`);
  return found;
}
