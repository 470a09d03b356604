import { describe, expect, it } from '@jest/globals';
import { failure, type FailureCodeName } from '../../../src/domain/failures/failure-codes.js';
import type { Outcome } from '../../../src/domain/progress/outcome.js';
import { nextSteps as stepsAfter } from '../../../src/report/summary/next-steps.js';
import { noWords } from '../../../src/report/summary/commands.js';
import { shippedMoves } from '../../../src/config/profiles/as-shipped.js';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import { samplePhone, sampleReport } from '../support/sample.js';

/** The sentences alone. */
const nextSteps = (...given: Parameters<typeof stepsAfter>): string[] => stepsAfter(...given).map(({ text }) => text);

const phone = (outcome: Outcome, code?: FailureCodeName) =>
  samplePhone({ outcome, failure: code === undefined ? null : failure(code) });

describe('what to do next', () => {
  it.each([
    [
      'after a dry run: the real one',
      [phone('planned'), phone('planned')],
      { dryRun: true },
      /move 2 phones, run the same without --dry-run/,
    ],
    ['after an interruption: on with it', [], { interrupted: 'SIGINT' }, /did not come to its end: continue it/],
    [
      'after it stopped itself: what they have in common',
      [phone('aborted', 'threshold-tripped')],
      { abortedBy: '4 of 52 phones of wave 3 failed (7.7 %), more than 5 %: 4 wrong-load.' },
      /in common; once that is put right, continue/,
    ],
    [
      'after a pause: look, and on with it',
      [phone('deferred', 'paused-after-wave'), phone('deferred', 'paused-after-wave')],
      {},
      /finished wave; then continue with the 2 waiting phones/,
    ],
    [
      'with blocked phones: take them again, as the hints are said already',
      [phone('blocked', 'license-missing'), phone('blocked', 'firmware-missing')],
      {},
      /take the 2 phones that ended blocked again: each is read first\.$/,
    ],
    [
      'with deferred phones: when they are due',
      [{ ...phone('deferred', 'busy'), nextAttemptAt: '2026-01-31T22:25:00.000Z' }],
      {},
      /^Once .* take the phone that ended deferred again: each is read first\. It is due at 2026-01-31 22:25 UTC, and not/,
    ],
    [
      'with one that the next run takes at once: nothing of a time',
      [phone('deferred', 'locked-elsewhere'), phone('aborted', 'identity-changed')],
      {},
      /^Once .* take the 2 phones that ended deferred or aborted again: each is read first\.$/,
    ],
    [
      'when all is well: nothing',
      [phone('done'), phone('already-done'), phone('ineligible')],
      {},
      /^Nothing is left to do\.$/,
    ],
  ])('%s', (_name, phones, run, expected) => {
    expect(nextSteps(sampleReport(phones, { run }))).toEqual([expect.stringMatching(expected)]);
  });

  it('with phones that failed or were not seen again: look at them, and take them again', () => {
    expect(nextSteps(sampleReport([phone('unverified', 'silent'), phone('failed', 'wrong-load')]))).toEqual([
      expect.stringMatching(/by MAC in Unified CM/),
      expect.stringMatching(/failed phones one by one/),
      expect.stringMatching(/take the 2 phones that ended failed or unverified again/),
    ]);
  });

  it('with phones that left Unified CM and are not proven: look for them as what they may be by now', () => {
    const left = samplePhone({
      ...{ outcome: 'unverified', failure: failure('silent') },
      plan: [{ step: 'load', load: 'sip88xx.12-0-3MPP0001-87', set: { phoneLoad: 'sip88xx.12-0-3MPP0001-87' } }],
    });
    expect(nextSteps(sampleReport([left]))[0]).toMatch(/by MAC in DHCP.* may be Multiplatform/);
  });

  it('with phones of Unified CM that could not be read: nobody named them, so nothing is to be corrected', () => {
    const seen = ['ucm-behind-proxy', 'ucm-unregistered'] as const;
    const unread = seen.map((code) => samplePhone({ outcome: 'no-answer', failure: failure(code), named: true }));
    expect(nextSteps(sampleReport([samplePhone({ outcome: 'done' }), ...unread]))).toEqual([
      expect.stringMatching(/^2 phones of Unified CM could not be read; the lists say which/),
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

  describe('after an audit', () => {
    const judged = (
      direction: 'e2m' | 'm2e',
      change: Partial<PhoneReport> = {},
      verdict: 'eligible' | 'needs-upgrade' = 'eligible',
    ) =>
      samplePhone({
        ...{ outcome: 'audited', family: direction === 'e2m' ? 'enterprise' : 'multiplatform' },
        eligibility: { direction, verdict, reasons: [], warnings: [] },
        ...change,
      });
    const fleet = [
      ...[judged('m2e'), judged('m2e'), judged('m2e', {}, 'needs-upgrade'), judged('e2m')],
      // On its way to Multiplatform already, which no profile starts from.
      judged('e2m', { family: 'transition' }),
    ];
    const run = { profile: null };

    it('says how many phones may move which way, and with which profile; Webex Calling needs no license (G12)', async () => {
      const profileFor = await shippedMoves();
      const steps = stepsAfter(sampleReport(fleet, { run }), { words: noWords, profileFor });
      expect(steps.map(({ text }) => text)).toEqual([
        expect.stringMatching(
          /^3 phones may move to Enterprise \(m2e\) with the profile mpp-to-enterprise, 1 of them after a step up: /,
        ),
        expect.stringMatching(
          /^1 phone may move to Multiplatform \(e2m\) with the profile enterprise-to-mpp: .* No shipped profile moves 1 more\. .* \(G12\)\.$/,
        ),
      ]);
      expect(steps[0]?.commands).toEqual([
        ['profiles', 'show', 'mpp-to-enterprise'],
        ['licenses', 'plan', '--direction', 'm2e', '--from-run', '20260131-221405'],
      ]);
    });

    it('has the dry run to copy, and says what is to be put in where it is not known', async () => {
      const profileFor = await shippedMoves();
      const again = (says: { files: boolean; ucm: boolean }) => {
        const of = { withTargets: [], withoutTargets: ['--insecure'], inOneWave: null, limit: null, says };
        const words = { ...noWords, where: ['--db', 'x.db'], run: of };
        return stepsAfter(sampleReport(fleet, { run }), { words, profileFor }).slice(0, 2);
      };
      const [toEnterprise, toMpp] = again({ files: false, ucm: false });
      expect(toEnterprise?.text).toMatch(
        / With rehearse the night is played, .*; the last command shows the plan and writes nothing\. Put .* for FILES-URL\.$/,
      );
      expect(toEnterprise?.commands.at(-2)?.join(' ')).toBe(
        'rehearse --from-run 20260131-221405 --profile mpp-to-enterprise --files FILES-URL --db x.db',
      );
      expect(toEnterprise?.commands.at(-1)?.join(' ')).toBe(
        'migrate --from-run 20260131-221405 --insecure --profile mpp-to-enterprise --files FILES-URL --dry-run --db x.db',
      );
      expect(toMpp?.text).toMatch(/UCM-HOST and UCM-USER, and its password into the variable UCM_PASSWORD\.$/);
      expect(toMpp?.commands.at(-1)).toContain('UCM-HOST');
      for (const step of again({ files: true, ucm: true })) {
        expect(step.text).toMatch(/writes nothing\.$/);
        expect(step.commands.at(-1)?.join(' ')).not.toMatch(/FILES-URL|UCM/);
      }
    });

    it('does not count those that no shipped profile moves', async () => {
      const profileFor = await shippedMoves();
      const steps = stepsAfter(sampleReport(fleet.slice(-1), { run }), { words: noWords, profileFor });
      expect(steps).toEqual([
        {
          text: '1 phone could move to Multiplatform (e2m) by the rules, but no shipped profile moves them.',
          commands: [],
        },
      ]);
    });

    it('names no profile where it is not known which there are', () => {
      expect(nextSteps(sampleReport([judged('m2e')], { run }))).toEqual([
        '1 phone may move to Enterprise (m2e): no profile was named, so nothing was moved.',
      ]);
    });
  });

  it('keeps phones that wait for the next wave apart from those put off', () => {
    const phones = [phone('deferred', 'paused-after-wave'), phone('deferred', 'busy')];
    expect(nextSteps(sampleReport(phones))).toEqual([
      expect.stringMatching(/the waiting phone\.$/),
      expect.stringMatching(/take the phone that ended busy again/),
    ]);
  });

  it('does not take beyond-limit phones for deferred ones that come again by themselves', () => {
    expect(nextSteps(sampleReport([phone('deferred', 'beyond-limit')]))).toEqual([
      expect.stringMatching(/no more phones than --limit allows/),
    ]);
  });

  it('after a run with waves: those that were written to in one wave, as a first one of them might stop the run', () => {
    const run = {
      withTargets: [],
      withoutTargets: ['--waves', '1,100%'],
      inOneWave: ['--waves', '100%'],
      limit: null,
      says: { files: true, ucm: false },
    };
    const report = sampleReport([phone('failed', 'wrong-load'), phone('blocked', 'firmware-missing')]);
    const again = stepsAfter(report, { words: { ...noWords, run }, profileFor: null }).slice(-2);
    expect(again.map(({ commands }) => commands)).toEqual([
      [['migrate', '--from-run', report.run.id, '--only', 'failed', '--waves', '100%']],
      [['migrate', '--from-run', report.run.id, '--only', 'blocked', '--waves', '1,100%']],
    ]);
  });

  it('takes no more than the limit of the run, also where more ended so without counting for it', () => {
    const of = { withTargets: [], withoutTargets: [], inOneWave: null, limit: 2, says: { files: true, ucm: false } };
    const after = (...codes: FailureCodeName[]) =>
      stepsAfter(sampleReport(codes.map((code) => phone('deferred', code))), {
        words: { ...noWords, run: of },
        profileFor: null,
      })[0];
    const more = after('already-upgrading', 'already-upgrading', 'locked-elsewhere', 'beyond-limit');
    expect(more?.text).toMatch(/take the 3 phones .* again, at most 2 of them \(--limit\): each/);
    expect(more?.commands[0]?.join(' ')).toMatch(/--only already-upgrading,locked-elsewhere --limit 2$/);
    expect(after('locked-elsewhere', 'locked-elsewhere', 'beyond-limit')?.commands[0]).not.toContain('--limit');
  });

  it('counts the phones that its command takes, whatever outcomes share a code', () => {
    const all = [phone('deferred', 'beyond-limit'), phone('deferred', 'connection-lost'), phone('done')];
    const [first] = stepsAfter(sampleReport([...all, { ...phone('no-answer', 'connection-lost'), named: true }]), {
      words: {
        ...noWords,
        run: { withTargets: [], withoutTargets: [], inOneWave: null, limit: null, says: { files: true, ucm: false } },
      },
      profileFor: null,
    });
    expect(first?.text).toMatch(/take the 2 phones that ended connection-lost again/);
    expect(first?.commands[0]).toContain('connection-lost');
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
      expect.stringMatching(/^Find the 2 phones that you named but that could not be read: correct the address/),
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
      ...[phone('deferred', 'busy'), phone('deferred', 'paused-after-wave'), named('no-answer', 'connect-timeout')],
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
