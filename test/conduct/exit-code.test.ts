import { describe, expect, it } from '@jest/globals';
import { exitCodeFor, isStopCode } from '../../src/conduct/exit-code.js';
import { failure } from '../../src/domain/failures/failure-codes.js';
import type { Outcome } from '../../src/domain/progress/outcome.js';
import { stopAskedBy } from '../../src/domain/report/asked-to-stop.js';
import type { RunReport } from '../../src/domain/report/report.js';
import { samplePhone } from '../report/support/sample.js';

function report(byOutcome: Partial<Record<Outcome, number>>, run: Partial<RunReport['run']> = {}): RunReport {
  const targets = Object.values(byOutcome).reduce((sum, count) => sum + count, 0);
  return {
    schema: 'fleet-migrate/report@1',
    run: {
      id: 'r',
      startedAt: '',
      finishedAt: '',
      profile: null,
      dryRun: false,
      version: '0',
      interrupted: null,
      abortedBy: null,
      preflightSkipped: false,
      insecure: false,
      ...run,
    },
    totals: { targets, byOutcome, noAnswerByCode: {} },
    phones: [],
  };
}

describe('the exit code of a run', () => {
  const dryRun = true;
  it.each<[number, Partial<Record<Outcome, number>>]>([
    [0, { done: 3, 'already-done': 1, ineligible: 2, 'not-a-phone': 1, 'no-answer': 200 }],
    [0, { audited: 10 }],
    [1, { done: 3, failed: 1 }],
    [1, { done: 3, unverified: 1 }],
    [1, { done: 3, blocked: 1 }],
    [1, { done: 3, deferred: 1 }],
    [1, { done: 3, aborted: 1 }],
    [4, { 'no-answer': 254 }],
    [4, {}],
  ])('%i for %j', (code, outcomes) => {
    expect(exitCodeFor(report(outcomes), false)).toBe(code);
    // Only a dry run has anything to add, and only when asked.
    expect(exitCodeFor(report(outcomes), true)).toBe(code);
  });

  it('of a run that was stopped from the dashboard is 1, or 3 where it had stopped itself before', () => {
    const interrupted = stopAskedBy('the dashboard');
    for (const outcomes of [{ done: 3, aborted: 2 }, { done: 3 }, { 'no-answer': 4 }])
      expect(exitCodeFor(report(outcomes, { interrupted }), true)).toBe(1);
    expect(exitCodeFor(report({ done: 3, failed: 1 }, { interrupted, abortedBy: 'too many' }), false)).toBe(3);
    expect(exitCodeFor(report({ done: 3 }, { interrupted: 'the store failed' }), false)).toBe(70);
  });

  it.each<[number, number, Partial<Record<Outcome, number>>]>([
    [0, 5, { planned: 2 }],
    [1, 5, { planned: 2, blocked: 1 }],
    [0, 0, { 'already-done': 2 }],
    [1, 1, { blocked: 2 }],
    [4, 4, { 'no-answer': 2 }],
  ])('%i, or %i with --detailed-exitcode, for a dry run with %j', (plain, detailed, outcomes) => {
    expect(exitCodeFor(report(outcomes, { dryRun }), false)).toBe(plain);
    expect(exitCodeFor(report(outcomes, { dryRun }), true)).toBe(detailed);
  });

  it.each<[number, Outcome, boolean, Partial<Record<Outcome, number>>]>([
    [1, 'no-answer', true, { done: 3, 'no-answer': 1 }],
    [1, 'not-a-phone', true, { audited: 3, 'not-a-phone': 1 }],
    [1, 'not-a-phone', true, { 'not-a-phone': 1, 'no-answer': 3 }],
    [0, 'no-answer', false, { done: 3, 'no-answer': 1 }],
    [0, 'not-a-phone', false, { audited: 3, 'not-a-phone': 1 }],
    [0, 'done', true, { done: 3, 'no-answer': 254 }],
    [4, 'no-answer', true, { 'no-answer': 3 }],
  ])('%i with a target that ended as %s and was named (%s), of %j', (code, outcome, named, outcomes) => {
    expect(exitCodeFor({ ...report(outcomes), phones: [samplePhone({ outcome, named })] }, false)).toBe(code);
  });

  it('1 for an audit that was kept from a phone by its password', () => {
    const phones = [samplePhone({ outcome: 'audited', failure: failure('password-wrong') })];
    expect(exitCodeFor({ ...report({ audited: 3 }), phones }, false)).toBe(1);
  });

  it('1 where the plan lacks a target that was named, also with --detailed-exitcode', () => {
    const phones = [samplePhone({ outcome: 'no-answer', named: true })];
    const lacking = { ...report({ planned: 3, 'no-answer': 1 }, { dryRun }), phones };
    expect([exitCodeFor(lacking, false), exitCodeFor(lacking, true)]).toEqual([1, 1]);
  });

  it('says first of all that the run was interrupted', () => {
    expect(exitCodeFor(report({ failed: 1 }, { interrupted: 'SIGINT' }), false)).toBe(130);
    expect(exitCodeFor(report({ done: 1 }, { interrupted: 'SIGTERM' }), false)).toBe(143);
    expect(exitCodeFor(report({ done: 1 }, { interrupted: 'SIGHUP' }), false)).toBe(129);
    expect(exitCodeFor(report({ done: 1 }, { interrupted: 'the store cannot be written' }), false)).toBe(70);
  });

  it.each([
    [129, true],
    [130, true],
    [143, true],
    [0, false],
    [70, false],
    [3, false],
  ])('of a command that a signal stopped is told from others: %i', (code, stopped) => {
    expect(isStopCode(code)).toBe(stopped);
  });

  it('is 2 where no load that Unified CM names for its phones is served: like a file server that is not there', () => {
    const loads = (more: Partial<Parameters<typeof samplePhone>[0]>) =>
      samplePhone({
        ...{ outcome: 'blocked', plan: [{ step: 'load', load: 'x', set: { phoneLoad: 'x' } }] },
        ...{ failure: failure('firmware-missing'), ...more },
      });
    const run = { profile: 'enterprise-to-mpp' };
    const of = (...phones: ReturnType<typeof loads>[]): number =>
      exitCodeFor({ ...report({ blocked: phones.length }, run), phones }, false);
    expect(of(loads({}), loads({}))).toBe(2);
    expect(of(loads({}), loads({ failure: failure('files-unreachable') }))).toBe(2);
    // One of them may have what it needs, or something was written: then these are phones of a run, not its end.
    expect(of(loads({}), loads({ failure: failure('license-missing') }))).toBe(1);
    expect(of(loads({}), loads({ outcome: 'done', touched: true, failure: null }))).toBe(1);
    expect(of(samplePhone({ outcome: 'blocked', failure: failure('firmware-missing') }))).toBe(1);
  });

  it('is 1 where web access is switched on still, whatever became of the phones', () => {
    const webAccess = { switched: 2, notPutBack: 1 };
    expect(exitCodeFor(report({ audited: 2 }, { webAccess }), false)).toBe(1);
    expect(exitCodeFor(report({ audited: 2 }, { webAccess: { ...webAccess, notPutBack: 0 } }), false)).toBe(0);
  });
});
