import { failure } from '../../../src/domain/failures/failure-codes.js';
import { totalsOf } from '../../../src/domain/report/totals.js';
import type { PhoneReport, RunReport, RunSummary } from '../../../src/domain/report/report.js';

/** A Multiplatform 8841 as a report tells of it; a test changes what it is about. */
export function samplePhone(change: Partial<PhoneReport> = {}): PhoneReport {
  return {
    address: '10.0.0.5',
    mac: '00CCFC123456',
    family: 'multiplatform',
    model: '8841',
    productId: 'CP-8841-3PCC',
    vid: 'V03',
    serial: 'FCH2012ABCD',
    softwareVersion: 'sip88xx.12-0-3MPP0001-87',
    hardwareVersion: 'V03',
    transitionAuthorizationType: 'Classic',
    returnWithoutLicense: 'yes',
    eligibility: { direction: 'm2e', verdict: 'eligible', reasons: [], warnings: [] },
    plan: [],
    changes: [],
    outcome: 'audited',
    touched: false,
    failure: null,
    evidence: [],
    startedAt: '2026-01-31T22:14:05.000Z',
    durationMs: 1_250,
    site: null,
    note: null,
    nextAttemptAt: null,
    named: false,
    ...change,
  };
}

/** Another device that answered. */
export const printer = samplePhone({
  address: '10.0.0.1',
  mac: null,
  family: null,
  model: null,
  productId: null,
  softwareVersion: null,
  eligibility: null,
  outcome: 'not-a-phone',
  failure: failure('not-a-phone', 'HP LaserJet'),
});

/** A report of these phones; the totals follow from them, plus addresses that never answered. */
export function sampleReport(
  phones: PhoneReport[],
  change: { run?: Partial<RunSummary>; noAnswer?: Record<string, number> } = {},
): RunReport {
  return {
    schema: 'fleet-migrate/report@1',
    run: {
      id: '20260131-221405',
      startedAt: '2026-01-31T22:14:05.000Z',
      finishedAt: '2026-01-31T22:17:25.000Z',
      profile: 'mpp-to-enterprise',
      dryRun: false,
      version: '0.1.0',
      interrupted: null,
      abortedBy: null,
      preflightSkipped: false,
      insecure: false,
      ...change.run,
    },
    totals: totalsOf(phones, { noAnswerByCode: change.noAnswer ?? {} }),
    phones,
  };
}
