import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import type { RunDiff } from '../../../src/domain/report/run-diff.js';
import { describeStores } from '../support/open-test-store.js';
import { newRun, storeRun } from '../support/samples.js';

describeStores('what changed between two runs', (useStore) => {
  const test = useStore();
  const eligibility = (
    verdict: 'eligible' | 'needs-upgrade' | 'ineligible' | 'unknown',
    direction: 'm2e' | 'e2m' = 'm2e',
  ): PhoneReport['eligibility'] => ({ direction, verdict, reasons: [], warnings: [] });
  const compare = async (before: Partial<PhoneReport>[], after: Partial<PhoneReport>[]): Promise<RunDiff> => {
    await storeRun(test.store, 'a', before, { startedAt: '2026-01-14T01:00:00.000Z' });
    await storeRun(test.store, 'b', after, { startedAt: '2026-01-15T01:00:00.000Z' });
    return test.store.diff('a', 'b');
  };
  const nothing = {
    from: { id: 'a', startedAt: '2026-01-14T01:00:00.000Z', profile: 'mpp-to-enterprise', declined: false },
    to: { id: 'b', startedAt: '2026-01-15T01:00:00.000Z', profile: 'mpp-to-enterprise', declined: false },
    added: [],
    notSeen: [],
    moved: [],
    firmware: [],
    authorization: [],
    newlyEligible: [],
    outcomes: [],
    askedOnlyIn: { from: 0, to: 0 },
    notKnown: [],
    compared: expect.any(Number),
    outcomesCompared: true,
  };
  const mac = '00CCFC123456';
  const changed = (from: string, to: string): RunDiff['firmware'][number] => ({ mac, address: '10.0.0.5', from, to });
  const eligibleNow = { newlyEligible: [{ mac, address: '10.0.0.5', model: '8841' }] };

  const table: [string, Partial<PhoneReport>, Partial<PhoneReport>, Partial<RunDiff>][] = [
    ['nothing', {}, { vid: 'V04' }, {}],
    [
      'another outcome',
      { outcome: 'failed' },
      { outcome: 'done' },
      { outcomes: [{ mac, address: '10.0.0.5', from: 'failed', to: 'done', code: null }] },
    ],
    ['a phone that is where it should be, as the night before', { outcome: 'done' }, { outcome: 'already-done' }, {}],
    [
      'a phone that does not show its MAC any more: it goes by its address',
      {},
      { mac: null, outcome: 'blocked', failure: { code: 'auth-required', message: 'x', hint: 'y' } },
      { outcomes: [{ mac, address: '10.0.0.5', from: 'audited', to: 'blocked', code: 'auth-required' }] },
    ],
    ['another address', {}, { address: '10.0.0.9' }, { moved: [{ mac, from: '10.0.0.5', to: '10.0.0.9' }] }],
    [
      'other firmware',
      {},
      { softwareVersion: 'sip88xx.12-0-4MPP0001-1' },
      { firmware: [changed('sip88xx.12-0-3MPP0001-87', 'sip88xx.12-0-4MPP0001-1')] },
    ],
    ['firmware that could not be read', {}, { softwareVersion: null }, {}],
    [
      'another authorization',
      { transitionAuthorizationType: null },
      { transitionAuthorizationType: ' Classic ' },
      { authorization: [changed('', 'Classic')] },
    ],
    [
      'an empty authorization row where there was none',
      { transitionAuthorizationType: null },
      { transitionAuthorizationType: '' },
      {},
    ],
    [
      'a conversion, after which the page shows no authorization',
      {},
      { family: 'enterprise', softwareVersion: 'sip88xx.14-2-1-0101-26', transitionAuthorizationType: null },
      { firmware: [changed('sip88xx.12-0-3MPP0001-87', 'sip88xx.14-2-1-0101-26')] },
    ],
    [
      'newly eligible',
      { eligibility: eligibility('needs-upgrade') },
      { eligibility: eligibility('eligible') },
      eligibleNow,
    ],
    ['judged for the first time', { eligibility: null }, { eligibility: eligibility('eligible') }, eligibleNow],
    [
      'eligible for the way back',
      { eligibility: eligibility('unknown') },
      { eligibility: eligibility('eligible', 'e2m') },
      {},
    ],
    ['no longer eligible', { eligibility: eligibility('eligible') }, { eligibility: eligibility('ineligible') }, {}],
  ];

  it.each(table)('%s', async (_name, before, after, expected) => {
    expect(await compare([before], [after])).toEqual({ ...nothing, ...expected });
  });

  it('new phones, and those not seen any more, each with what is known of it', async () => {
    const diff = await compare(
      [{ address: '10.0.0.20', mac: '00CCFC000020' }],
      [{ address: '10.0.0.3', mac: '00CCFC000003' }],
    );
    expect(diff).toEqual({
      ...nothing,
      added: [{ mac: '00CCFC000003', address: '10.0.0.3', model: '8841' }],
      notSeen: [{ mac: '00CCFC000020', address: '10.0.0.20', model: '8841' }],
    });
  });

  it('is listed by address', async () => {
    const phones = ['10.0.0.10', '10.0.0.9', '10.0.0.100'].map((address, at) => ({ address, mac: `00CCFC00000${at}` }));
    expect((await compare([], phones)).added.map(({ address }) => address)).toEqual([
      '10.0.0.9',
      '10.0.0.10',
      '10.0.0.100',
    ]);
  });

  it('is of each phone once, and of one without a MAC by its address', async () => {
    const failure = { code: 'duplicate-mac', message: 'Twice.', hint: 'Again.' };
    const diff = await compare([{}], [{}, { address: '10.0.0.7', failure }, { address: '10.0.0.8', mac: null }]);
    expect(diff).toEqual({ ...nothing, added: [{ mac: null, address: '10.0.0.8', model: '8841' }] });
  });

  it('counts phones that only one run asked for, and does not take them for new or gone', async () => {
    const diff = await compare(
      [{}, { address: '10.9.0.1', mac: '00CCFC000001' }],
      [{}, { address: '10.9.0.2', mac: '00CCFC000002' }],
    );
    expect(diff).toEqual({ ...nothing, askedOnlyIn: { from: 1, to: 1 } });
  });

  it('does not know of a phone that a run did not get to whether it is gone', async () => {
    const failure = { code: 'stopped-before-start', message: 'Stopped.', hint: 'Resume.' };
    const diff = await compare([{}], [{ mac: null, outcome: 'aborted', failure }]);
    expect(diff).toEqual({ ...nothing, notKnown: [{ mac, address: '10.0.0.5', model: '8841', seenIn: 'from' }] });
  });

  it('does not know of a phone that the other run looked for by its MAC alone, in other subnets, whether it is gone', async () => {
    const failure = { code: 'not-found-by-mac', message: 'Nowhere.', hint: 'Look.' };
    const then = { address: '10.9.0.9', mac };
    const notFound: Partial<PhoneReport> = { address: mac, mac: null, outcome: 'no-answer', named: true, failure };
    const diff = await compare([then], [notFound]);
    expect(diff).toEqual({ ...nothing, notKnown: [{ mac, address: '10.9.0.9', model: '8841', seenIn: 'from' }] });
  });

  it('knows that one is gone from where the other run met the second address of another phone', async () => {
    const gone = { address: '10.9.0.7', mac: '00CCFC000007' };
    const failure = { code: 'duplicate-mac', message: 'Twice.', hint: 'Again.' };
    const diff = await compare([{}, gone], [{}, { address: '10.9.0.7', outcome: 'blocked', failure }]);
    expect(diff).toEqual({ ...nothing, notSeen: [{ ...gone, model: '8841' }] });
  });

  it('has no outcome of a phone that somebody said no to: nothing was done with it', async () => {
    const failure = { code: 'not-confirmed', message: 'No.', hint: 'Again.' };
    expect(await compare([{ outcome: 'aborted', failure }], [{ outcome: 'done' }])).toEqual(nothing);
  });

  describe('is asked for by runs', () => {
    beforeEach(() => test.store.beginRun(newRun('20260115-aa')));

    it('also by prefix and as the latest', async () => {
      expect(await test.store.diff('2026', 'latest')).toMatchObject({
        from: { id: '20260115-aa' },
        to: { id: '20260115-aa' },
      });
    });

    it('that exist', async () => {
      await expect(test.store.diff('latest', '1999')).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringContaining('1999'),
      });
    });
  });
});
