import { describe, expect, it } from '@jest/globals';
import { failure } from '../../src/domain/failures/failure-codes.js';
import { loadMigrationProfile } from '../../src/config/profiles/migration-profile.js';
import type { PhoneReport } from '../../src/domain/report/report.js';
import type { RehearsalParts } from '../../src/rehearse/parts.js';
import { playNights } from '../../src/rehearse/play-nights.js';
import { models } from '../fleet/support/fleet.js';
import { asOfSubnet } from '../support/rehearsal/as-of-subnet.js';
import { rehearsalParts } from '../support/rehearsal/small-fleet.js';

describe('what rehearsed nights count', () => {
  it('are the phones among the targets: what a subnet hides, what --limit leaves, and none besides', async () => {
    const parts = rehearsalParts({ phones: 10, assume: ['no-answer:50%'] });
    const few = { ...parts, asked: new Set([...parts.asked].slice(0, 6)) };
    const { nights, phones } = await playNights(few, { seed: 3, nights: 1 });
    const [night] = nights;
    expect(phones).toBe(6);
    expect((night?.moved ?? 0) + (night?.left ?? 0)).toBe(6);
    expect(night?.left).toBeGreaterThan(0);
  });

  it('are those of one night where the job has no other with hours for a phone', async () => {
    const parts = { ...rehearsalParts({ phones: 8, assume: ['no-answer:100%'] }), mayBegin: () => false };
    expect((await playNights(parts, { seed: 1, nights: 3 })).nights).toHaveLength(1);
  });

  it('are not too slow where a call, and not their time, has ended them between two steps', async () => {
    const phones = Array.from({ length: 30 }, () => ({ isOld: true }));
    const parts = rehearsalParts({ phones, assume: ['busy:60%', 'call:20m'] });
    const { nights, first } = await playNights(parts, { seed: 1, nights: 1 });
    expect(first.report.phones.map(({ failure: why }) => why?.code)).toContain('stopped-between-steps');
    expect(nights[0]!.tooSlow).toBe(0);
  });

  it('takes a phone for left that is in no entry of the report', async () => {
    const parts = rehearsalParts({ phones: 8, assume: ['no-answer:100%'] });
    const { nights, first } = await playNights(asOfSubnet(parts), { seed: 1, nights: 1 });
    expect(first.report.phones).toEqual([]);
    expect(nights[0]).toMatchObject({ moved: 0, left: 8 });
  });

  it('does not take the addresses of a subnet where nobody is for phones that do not answer', async () => {
    const subnet = asOfSubnet(rehearsalParts({ phones: 8, assume: ['no-answer:100%'] }), 5);
    const { nights } = await playNights(subnet, { seed: 1, nights: 1 });
    expect(nights[0]).toMatchObject({
      ...{ targets: 13, byOutcome: { 'no-answer': 8 }, failures: { 'connect-timeout': 8 } },
    });
    const { nights: calm } = await playNights(asOfSubnet(rehearsalParts({ phones: 8 }), 5), { seed: 1, nights: 1 });
    expect(calm[0]).toMatchObject({ targets: 13, byOutcome: { done: 8 }, failures: {} });
  });

  it('are no other devices that the audit has seen, nor addresses where it heard nobody', async () => {
    const parts = rehearsalParts({ phones: 8 });
    const nobody = { family: null, mac: null, model: null } as const;
    const reports = parts.reports.map((report, at): PhoneReport => {
      if (at === 2) return { ...report, ...nobody, outcome: 'not-a-phone', failure: failure('not-a-phone') };
      return at === 5 ? { ...report, ...nobody, outcome: 'no-answer', failure: failure('connect-timeout') } : report;
    });
    const { nights, phones } = await playNights({ ...parts, reports }, { seed: 1, nights: 1 });
    expect(phones).toBe(6);
    expect(nights[0]).toMatchObject({ moved: 6, left: 0, targets: 8 });
    // What was named is told of all the same.
    expect(nights[0]?.byOutcome).toEqual({ done: 6, 'no-answer': 1, 'not-a-phone': 1 });
  });

  it('never have phones left that may not be moved, also in a night in which they do not answer', async () => {
    const parts = rehearsalParts({ phones: 20, assume: ['no-answer:40%'] });
    // Of a model that does not go there.
    const reports = parts.reports.map((report, at): PhoneReport =>
      at % 2 === 0 ? report : { ...report, model: '6841', productId: 'CP-6841-3PCC' },
    );
    const { nights, phones } = await playNights({ ...parts, reports }, { seed: 1, nights: 30 });
    expect(phones).toBe(20);
    for (const { moved, left } of nights) expect(moved + left).toBe(10);
    expect(nights.at(-1)).toMatchObject({ moved: 10, left: 0 });
  });

  it('are the licenses of all of them, whoever answers in the first night', async () => {
    const parts = { ...rehearsalParts({ phones: 6, assume: ['no-answer:100%'] }), licensed: new Set<string>() };
    const none = { ...parts, options: { ...parts.options, authorizationRule: 'http://10.9.9.9/$MAU.lic' } };
    const { licenses } = await playNights(none, { seed: 1, nights: 1 });
    expect(licenses).toMatchObject({ needed: 6, held: 0 });
    expect(licenses?.missing).toHaveLength(6);
  });

  it('are none moved where the guess of a step is longer than its deadline: patience that is too short makes no night better', async () => {
    const parts = rehearsalParts({ phones: 4, usually: 4 * 60_000 });
    const timing = { ...parts.profile.timing, upgradeDeadline: 2 * 60_000 };
    const hasty: RehearsalParts = { ...parts, profile: { ...parts.profile, timing } };
    const { nights } = await playNights(
      { ...hasty, options: { ...hasty.options, profile: hasty.profile } },
      { seed: 1, nights: 1 },
    );
    expect(nights[0]).toMatchObject({ moved: 0, left: 4 });
  });

  it('takes the next wave each night with --pause-after-wave, in the sizes of the first', async () => {
    const parts = rehearsalParts({ phones: 40, waves: '1,10%,50%,100%' });
    const pacing = { ...parts.options.pacing, pauseAfterWave: true };
    const { nights } = await playNights(parts, { seed: 1, nights: 9, pacing });
    expect(nights.map(({ waves }) => waves.map(({ phones }) => phones))).toEqual([[1], [3], [16], [20]]);
  });
});

describe('a rehearsed night with Unified CM', () => {
  const profile = loadMigrationProfile('enterprise-to-mpp', { models });
  const pools = ['Bern', 'Basel'];

  function parts(assume: string[], devicePools: string[] = []): RehearsalParts {
    const small = rehearsalParts({ phones: 6, assume });
    const reports = small.reports.map((report, at): PhoneReport => {
      const ucm = { name: `SEP${report.mac ?? ''}`, description: '', registered: 'yes' as const, statusReason: null };
      return {
        ...report,
        ...{
          family: 'enterprise',
          productId: 'CP-8841',
          softwareVersion: 'sip88xx.14-2-1-0101-26',
          vid: 'V05',
          vidSource: 'udi',
        },
        transitionAuthorizationType: null,
        ucm: { ...ucm, devicePool: pools[at % 2] ?? '', load: null },
      };
    });
    const ucmLoads = { server: null, urls: ['http://ucm:6970'] };
    return {
      ...{ ...small, profile, reports },
      summary: { ...small.summary, profile: profile.name },
      options: { ...small.options, profile, ucmLoads },
      ucm: {
        ...{ host: 'ucm', loadServerTags: ['loadServer'], filesUrl: 'http://ucm:6970' },
        webAccessSetting: { tag: 'webAccess', on: '0', off: '1', source: '', asOf: '' },
        choice: { devicePools, match: null },
      },
    };
  }

  it('moves its phones, in two steps each', async () => {
    const { nights, timesFrom } = await playNights(parts([]), { seed: 1, nights: 1 });
    expect(nights[0]).toMatchObject({ failures: {}, moved: 6, left: 0, byOutcome: { done: 6 } });
    expect(timesFrom).toEqual({ guess: 12 });
  });

  it('leaves out the device pools that are not chosen', async () => {
    const { nights } = await playNights(parts([], ['bern']), { seed: 1, nights: 1 });
    expect(nights[0]?.byOutcome).toEqual({ done: 3, deferred: 3 });
    expect(nights[0]?.failures).toEqual({ 'ucm-not-chosen': 3 });
  });

  it('sets the load of those in a call too, which Enterprise firmware does not show; they take it when the call ends', async () => {
    const { nights } = await playNights(parts(['deferred:100%']), { seed: 1, nights: 1 });
    expect(nights[0]).toMatchObject({ moved: 0, left: 6, byOutcome: { unverified: 6 } });
    const busy = await playNights(parts(['busy:60%', 'call:2m']), { seed: 1, nights: 1 });
    expect(busy.nights[0]).toMatchObject({ moved: 6, failures: {} });
  });

  it('lists them anew each night: who was away in the first is moved in the second', async () => {
    const { nights } = await playNights(parts(['no-answer:40%']), { seed: 2, nights: 20 });
    expect(nights.length).toBeGreaterThan(1);
    expect(nights.at(-1)).toMatchObject({ moved: 6, left: 0 });
    expect(nights.flatMap(({ byOutcome }) => byOutcome.blocked ?? [])).toHaveLength(
      nights.filter(({ byOutcome }) => byOutcome.blocked).length,
    );
  });
});

it('a phone whose page is off after its move to Enterprise is proven by Unified CM', async () => {
  const small = rehearsalParts({ phones: 4, assume: ['page-off:100%'] });
  const ucm: RehearsalParts['ucm'] = {
    ...{ host: 'ucm', loadServerTags: ['loadServer'], filesUrl: 'http://ucm:6970' },
    webAccessSetting: { tag: 'webAccess', on: '0', off: '1', source: '', asOf: '' },
    choice: { devicePools: [], match: null },
  };
  const without = await playNights(small, { seed: 1, nights: 1 });
  expect(without.nights[0]?.byOutcome).toEqual({ unverified: 4 });
  expect((await playNights({ ...small, ucm }, { seed: 1, nights: 1 })).nights[0]?.byOutcome).toEqual({ done: 4 });
});
