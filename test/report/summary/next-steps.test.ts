import { describe, expect, it } from '@jest/globals';
import { failure, type FailureCodeName } from '../../../src/domain/failures/failure-codes.js';
import type { Outcome } from '../../../src/domain/progress/outcome.js';
import { nextSteps } from '../../../src/report/summary/next-steps.js';
import { samplePhone, sampleReport } from '../support/sample.js';

const phone = (outcome: Outcome, code?: FailureCodeName) =>
  samplePhone({ outcome, failure: code === undefined ? null : failure(code) });

describe('what to do next', () => {
  it.each([
    [
      'after a dry run: the real one',
      [phone('planned'), phone('planned')],
      { dryRun: true },
      /move 2 phones, .* without --dry-run/,
    ],
    [
      'after an interruption: on with it',
      [],
      { interrupted: 'SIGINT' },
      /interrupted: .* fleet-migrate resume, or run the same command again/,
    ],
    [
      'after it stopped itself: what they have in common',
      [phone('aborted', 'threshold-tripped')],
      { abortedBy: '4 of 52 phones of wave 3 failed (7.7 %), more than 5 %: 4 wrong-load.' },
      /in common before you run the same command again/,
    ],
    [
      'after a pause: look, and on with it',
      [phone('deferred', 'paused-after-wave'), phone('deferred', 'paused-after-wave')],
      {},
      /finished wave; then continue with the 2 waiting phones: fleet-migrate resume/,
    ],
    ['with unverified phones: look in Unified CM', [phone('unverified', 'silent')], {}, /by MAC in Unified CM/],
    ['with failed phones: look at each', [phone('failed', 'wrong-load')], {}, /failed phones one by one/],
    ['without licenses: put them there', [phone('blocked', 'license-missing')], {}, /missing licenses/],
    [
      'without firmware: put it there',
      [phone('blocked', 'firmware-missing')],
      {},
      /Put the firmware on the file server/,
    ],
    ['with deferred phones: a quiet hour', [phone('deferred', 'busy')], {}, /quiet hour .* next attempt/],
    ['with other blocked phones: the hints', [phone('blocked', 'auth-required')], {}, /Follow the hints/],
    [
      'when all is well: nothing',
      [phone('done'), phone('already-done'), phone('ineligible')],
      {},
      /^Nothing is left to do\.$/,
    ],
  ])('%s', (_name, phones, run, expected) => {
    expect(nextSteps(sampleReport(phones, { run }))).toEqual([expect.stringMatching(expected)]);
  });

  it('with phones that left Unified CM and are not proven: look for them as what they may be by now', () => {
    const left = samplePhone({
      ...{ outcome: 'unverified', failure: failure('silent') },
      plan: [{ step: 'load', load: 'sip88xx.12-0-3MPP0001-87', set: { phoneLoad: 'sip88xx.12-0-3MPP0001-87' } }],
    });
    expect(nextSteps(sampleReport([left]))).toEqual([expect.stringMatching(/by MAC in DHCP.* may be Multiplatform/)]);
  });

  it('with phones of Unified CM that could not be read: nobody named them, so nothing is to be corrected', () => {
    const seen = ['ucm-behind-proxy', 'ucm-unregistered'] as const;
    const unread = seen.map((code) => samplePhone({ outcome: 'no-answer', failure: failure(code), named: true }));
    expect(nextSteps(sampleReport([samplePhone({ outcome: 'done' }), ...unread]))).toEqual([
      expect.stringMatching(/^2 phones of Unified CM could not be read: .*report --lists/),
    ]);
  });

  it('after an audit that leaves hardware versions open: where they come from', () => {
    const unlabeled = samplePhone({
      ...{ outcome: 'audited', vid: null },
      eligibility: { direction: 'e2m', verdict: 'unknown', reasons: [], warnings: [] },
    });
    expect(nextSteps(sampleReport([unlabeled], { run: { profile: null } }))).toEqual([
      expect.stringMatching(/^Of 1 phone the hardware version .* inventory .*--enable-web-access/),
    ]);
    const webAccess = { switched: 3, notPutBack: 0 };
    expect(nextSteps(sampleReport([unlabeled], { run: { profile: null, webAccess } }))).toEqual([
      expect.stringMatching(/^Of 1 phone the hardware version .* inventory with what their labels say\.$/),
    ]);
  });

  it('after an audit: a profile, and the licenses; Webex Calling needs none of yours (G12)', () => {
    const moves = (direction: 'e2m' | 'm2e') =>
      samplePhone({ outcome: 'audited', eligibility: { direction, verdict: 'eligible', reasons: [], warnings: [] } });
    const steps = (...phones: ReturnType<typeof moves>[]) =>
      nextSteps(sampleReport(phones, { run: { profile: null } }));
    expect(steps(moves('m2e'))).toEqual([
      expect.stringMatching(/1 phone may be moved: choose a profile/),
      expect.stringMatching(/who needs none, says fleet-migrate licenses plan --direction m2e\.$/),
    ]);
    expect(steps(moves('m2e'), moves('e2m'))[1]).toMatch(
      /licenses plan --direction e2m or m2e\. Phones that go to Webex Calling need none of yours: Control Hub makes them, and the Cloud Upgrader does it step by step \(G12\)\.$/,
    );
  });

  it('does not send for firmware when the phone itself is too old', () => {
    expect(nextSteps(sampleReport([phone('blocked', 'firmware-too-old')]))).toEqual([expect.stringMatching(/hints/)]);
  });

  it('keeps phones that wait for the next wave apart from those put off', () => {
    const phones = [phone('deferred', 'paused-after-wave'), phone('deferred', 'busy')];
    expect(nextSteps(sampleReport(phones))).toEqual([
      expect.stringMatching(/the waiting phone:/),
      expect.stringMatching(/quiet hour/),
    ]);
  });

  it('when nobody answered: check the addresses', () => {
    expect(nextSteps(sampleReport([], { noAnswer: { 'connect-timeout': 254 } }))).toEqual([
      expect.stringMatching(/Nothing answered/),
    ]);
  });

  const named = (outcome: Outcome, code: FailureCodeName) => ({ ...phone(outcome, code), named: true });

  it('with named targets that were not read: find them', () => {
    const dark = named('no-answer', 'connect-timeout');
    const printer = named('not-a-phone', 'not-a-phone');
    expect(nextSteps(sampleReport([phone('done'), dark]))).toEqual([expect.stringMatching(/^Find the phone that you/)]);
    expect(nextSteps(sampleReport([phone('done'), dark, printer]))).toEqual([
      expect.stringMatching(/^Find the 2 phones that you named but that could not be read: .*report --lists/),
    ]);
    // Those of a subnet are nobody's business.
    const ofSubnet = [phone('done'), phone('not-a-phone', 'not-a-phone'), phone('no-answer', 'response-timeout')];
    expect(nextSteps(sampleReport(ofSubnet))).toEqual(['Nothing is left to do.']);
  });

  it.each([
    ['dark and named', [named('no-answer', 'connect-timeout')], {}, /^Nothing answered/],
    ['dark and not', [], { 'connect-timeout': 9 }, /^Nothing answered/],
    ['something else', [phone('not-a-phone', 'not-a-phone')], {}, /^No phone was read/],
    ['something else, and dark', [phone('not-a-phone', 'not-a-phone')], { 'connect-timeout': 9 }, /^No phone was read/],
    ['nothing that was asked', [], {}, /^Nothing was contacted: --exclude/],
  ])('are never none where no phone was read at all: %s', (_name, phones, noAnswer, expected) => {
    expect(nextSteps(sampleReport(phones, { noAnswer }))).toEqual([expect.stringMatching(expected)]);
  });

  it('are four at most', () => {
    const codes = ['license-missing', 'firmware-missing'] as const;
    const phones = [
      ...codes.map((code) => phone('blocked', code)),
      phone('failed', 'wrong-load'),
      phone('unverified', 'silent'),
      phone('deferred', 'busy'),
    ];
    expect(nextSteps(sampleReport(phones, { run: { interrupted: 'SIGINT' } }))).toHaveLength(4);
  });

  it('says which phones the Unified CM that they move to does not have, before and after', () => {
    const moves = samplePhone({
      ...{
        outcome: 'planned',
        plan: [{ step: 'convert', load: 'x', set: { upgradeRule: 'http://10.0.0.5/x.loads' } }],
      },
      evidence: [{ at: '2026-11-29T01:00:00.000Z', kind: 'unified-cm', text: 'Unified CM cucm1 has no phone SEP00.' }],
    });
    const [first] = nextSteps(sampleReport([moves, samplePhone({ outcome: 'planned' })], { run: { dryRun: true } }));
    expect(first).toMatch(/^Unified CM does not have 1 phone that moves to it \(00CCFC123456\): add them there/);
  });
});
