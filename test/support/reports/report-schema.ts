import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isFailureCode } from '../../../src/domain/failures/failure-codes.js';
import { outcomes } from '../../../src/domain/progress/outcome.js';

const text = z.string();
const shown = z.string().nullable();
const instant = z.iso.datetime();
const setting = z.enum(['upgradeRule', 'authorizationRule', 'authorizationType', 'phoneLoad', 'loadServer']);
const verdict = z.enum(['eligible', 'needs-upgrade', 'ineligible', 'unknown']);
const count = z.number().int().min(1);
const outcome = z.enum(outcomes);
const reason = z.strictObject({ rule: text.regex(/^(?:[A-Z0-9-]{2,}|profile)$/), text: text.min(1) });

const step = z.strictObject({
  step: z.enum(['upgrade', 'convert', 'load', 'authorize']),
  load: shown,
  set: z.partialRecord(setting, text),
  note: text.optional(),
});

const phone = z.strictObject({
  address: text.min(1),
  mac: text.regex(/^[0-9A-F]{12}$/).nullable(),
  family: z.enum(['enterprise', 'multiplatform', 'transition']).nullable(),
  model: shown,
  productId: shown,
  vid: shown,
  serial: shown,
  softwareVersion: shown,
  hardwareVersion: shown,
  transitionAuthorizationType: shown,
  returnWithoutLicense: z.enum(['yes', 'no', 'unknown']),
  eligibility: z
    .strictObject({
      direction: z.enum(['e2m', 'm2e', 'none']),
      verdict,
      reasons: z.array(reason),
      warnings: z.array(reason),
    })
    .nullable(),
  plan: z.array(step),
  changes: z.array(z.strictObject({ field: setting, from: text, to: text })),
  outcome,
  touched: z.boolean(),
  failure: z
    .strictObject({
      code: text.refine(isFailureCode, 'expected a documented failure code'),
      message: text.min(1),
      hint: text.min(1),
    })
    .nullable(),
  evidence: z.array(z.strictObject({ at: instant, kind: text.min(1), text })),
  startedAt: instant,
  durationMs: z.number().int().min(0),
  site: shown,
  note: shown,
  nextAttemptAt: shown,
  named: z.boolean(),
  vidSource: z.enum(['udi', 'inventory', 'hardware-version']).nullable(),
  ucm: z
    .strictObject({
      name: text.regex(/^SEP[0-9A-F]{12}$/),
      devicePool: shown,
      description: text,
      registered: z.enum(['yes', 'no', 'unknown']),
      load: shown,
      statusReason: shown,
    })
    .nullable(),
  requests: z.number().int().min(0),
  bytes: z.number().int().min(0),
});

/** The whole report, schema `fleet-migrate/report@1`, and nothing beyond it. */
const reportSchema = z.strictObject({
  schema: z.literal('fleet-migrate/report@1'),
  run: z.strictObject({
    id: text.regex(/^\d{14}-[0-9a-f]{6}$/),
    startedAt: instant,
    finishedAt: instant,
    profile: shown,
    dryRun: z.boolean(),
    version: text.regex(/^\d+\.\d+\.\d+/),
    interrupted: shown,
    preflightSkipped: z.boolean(),
    insecure: z.boolean(),
    ucmInsecure: z.literal(true).optional(),
    tlsLegacy: z.literal(true).optional(),
    workedMs: z.number().int().nonnegative().optional(),
    notEnded: z.object({ underWay: z.number().int(), waiting: z.number().int() }).optional(),
    expiredMicAllowed: z.literal(true).optional(),
    abortedBy: z.string().nullable(),
    webAccess: z.strictObject({ switched: count, notPutBack: z.number().int().min(0) }).optional(),
    proof: z
      .strictObject({
        sources: z.array(z.enum(['phone-web-page', 'unified-cm'])),
        accept: z.array(z.literal('silent-after-upgrading')),
        waves: z.string().nullable(),
        abortAfter: z.array(z.string()),
      })
      .optional(),
    firmware: z
      .array(
        z.strictObject({
          server: z.string(),
          phones: z.number().int().min(1),
          bytes: z.number().int().min(1).nullable(),
          knownBytes: z.number().int().min(0),
          atMost: z.boolean(),
          slots: z.number().int().min(1).nullable(),
          linkBitsPerSecond: z.number().int().min(1).nullable(),
          seconds: z.number().int().min(1).nullable(),
        }),
      )
      .min(1)
      .optional(),
  }),
  totals: z.strictObject({
    targets: z.number().int().min(0),
    byOutcome: z.partialRecord(outcome, z.number().int().min(1)),
    noAnswerByCode: z.record(text.refine(isFailureCode, 'expected a documented failure code'), z.number().int().min(1)),
    byDirection: z.partialRecord(z.enum(['e2m', 'm2e']), z.partialRecord(verdict, count)).optional(),
    beyondLimit: count.optional(),
  }),
  only: z.array(text).optional(),
  phones: z.array(phone),
});

export type Report = z.infer<typeof reportSchema>;
export type ReportedPhone = Report['phones'][number];

/** Outcomes of phones that something was written to, or may have been; `touched` must agree. */
const written: ReadonlySet<string> = new Set(['done', 'failed', 'unverified']);

/**
 * Reads a report and checks it against the contract: every key and type, outcomes that add up to the targets, and what the words mean.
 * Throws, with the place, at the first violation.
 */
export function parseReport(json: string): Report {
  const report = reportSchema.parse(JSON.parse(json));
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
  for (const entry of report.phones) checkPhone(entry);
  return report;
}

/** Reads a report from a file. */
export function readReport(path: string): Report {
  return parseReport(readFileSync(path, 'utf8'));
}

function checkPhone({ address, outcome: ended, touched, changes, failure, plan }: ReportedPhone): void {
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
