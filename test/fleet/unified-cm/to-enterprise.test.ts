import { describe, expect, it } from '@jest/globals';
import { mayBeResumed } from '../../../src/domain/failures/failure-codes.js';
import type { PhoneReport, RunReport } from '../../../src/domain/report/report.js';
import type { KnownInUcm, UcmAtWork } from '../../../src/fleet/unified-cm/ucm-at-work.js';
import { UcmError, type UcmRegistration } from '../../../src/ucm/ucm.js';
import { Actor } from '../support/actor.js';
import { Cluster } from '../support/cluster.js';
import { type Bench, bench, m2eLoad, mac } from '../support/fleet.js';

const unseen: UcmRegistration = {
  ...{ name: '', registered: 'no', status: 'UnRegistered', statusReason: null, activeLoad: null },
  ...{
    download: 'none',
    downloadFailure: null,
    httpd: null,
    address: null,
    at: null,
    node: null,
  },
};

/** A Multiplatform phone that goes silent after its upgrade, as web access is off, unless `web`; what Unified CM says of it from then on. */
function scene(said: () => UcmRegistration, load: string | null = m2eLoad, web = false): Bench {
  const b = bench();
  new Actor(b.clock, b.network, '10.0.0.1', { mac: mac(1) }, web ? {} : { after: 'silent' });
  const known: KnownInUcm = {
    phone: {
      ...{ name: `SEP${mac(1)}`, mac: mac(1), model: '8841', devicePool: 'HQ' },
      ...{ description: '', load, defaultLoad: m2eLoad },
    },
    registration: unseen,
    isBehindProxy: false,
  };
  const ucm: UcmAtWork = {
    ...new Cluster(b.clock, b.network).atWork(),
    phones: new Map([[mac(1), known]]),
    registration: async () => {
      await b.clock.wait(100);
      return said();
    },
  };
  b.context.ucm = ucm;
  return b;
}

const only = ({ phones }: RunReport): PhoneReport => phones[0] as PhoneReport;
const registered: UcmRegistration = { ...unseen, registered: 'yes', activeLoad: m2eLoad, address: '10.0.0.1' };

describe('a phone that moves to Enterprise, its web page off', () => {
  it('is proven by its registration with the new load', async () => {
    const report = only(await scene(() => registered).go());
    expect(report).toMatchObject({ outcome: 'done', family: 'enterprise', softwareVersion: m2eLoad });
    expect(report.evidence.map(({ text }) => text)).toContain(`is registered with Unified CM cucm1, on ${m2eLoad}`);
  });

  it('is unverified where it has not registered by its deadline, with what it needs', async () => {
    const { outcome, failure } = only(await scene(() => unseen).go());
    expect([outcome, failure?.code]).toEqual(['unverified', 'not-registered']);
    expect(failure?.hint).toContain('DHCP option 150');
  });

  it.each([
    ['does not know', () => ({ ...unseen, registered: 'unknown' as const }), 'ucm-registration-unknown'],
    [
      'does not answer',
      () => {
        throw new UcmError('ucm-unreachable', 'No answer.', true);
      },
      'ucm-unreachable',
    ],
  ])('is not said to be unregistered or gone where Unified CM %s: a resume asks again', async (_, said, code) => {
    const report = only(await scene(said).go());
    expect(report).toMatchObject({ outcome: 'unverified', failure: { code } });
    expect(mayBeResumed(report)).toBe(true);
  });

  it('that Unified CM does not have has gone silent, whatever that says', async () => {
    const b = scene(() => ({ ...unseen, registered: 'unknown' }));
    b.context.ucm = { ...(b.context.ucm as UcmAtWork), phones: new Map() };
    const { outcome, failure } = only(await b.go());
    expect([outcome, failure?.code]).toEqual(['unverified', 'silent-after-upgrading']);
  });

  it('is failed where it registers with another load', async () => {
    const report = only(await scene(() => ({ ...registered, activeLoad: 'sip88xx.12-5-1SR1-4' })).go());
    expect(report).toMatchObject({ outcome: 'failed', failure: { code: 'wrong-load' } });
  });

  it('goes on to the load that Unified CM names for it: that was told before, and proves it, too', async () => {
    const newer = 'sip88xx.14-3-1-0001-5';
    const report = only(await scene(() => ({ ...registered, activeLoad: newer }), newer).go());
    expect(report).toMatchObject({ outcome: 'done', softwareVersion: newer });
    expect(report.evidence.map(({ text }) => text)).toContain(
      `Unified CM cucm1 names ${newer} for it: once registered, it goes on to that.`,
    );
  });

  it('is left alone where Unified CM still names a Multiplatform load for it: it would come back', async () => {
    const report = only(await scene(() => unseen, 'sip88xx.12-0-3MPP0001-87').go());
    expect(report).toMatchObject({ outcome: 'blocked', touched: false, failure: { code: 'ucm-load-leads-back' } });
  });
});

describe('a phone that moves to Enterprise and shows it on its own page', () => {
  it('is done once it has registered', async () => {
    const report = only(await scene(() => registered, m2eLoad, true).go());
    expect(report).toMatchObject({ outcome: 'done', softwareVersion: m2eLoad });
  });

  it.each([
    ['not registered', () => unseen, 'not-registered'],
    ['not known to be', () => ({ ...unseen, registered: 'unknown' as const }), 'ucm-registration-unknown'],
    [
      'not asked for',
      () => {
        throw new UcmError('ucm-unreachable', 'No answer.', true);
      },
      'ucm-unreachable',
    ],
  ])('is unverified where by its deadline it is %s', async (_, said, code) => {
    const report = only(await scene(said, m2eLoad, true).go());
    expect(report).toMatchObject({ outcome: 'unverified', softwareVersion: m2eLoad, failure: { code } });
    expect(report.evidence.map(({ kind }) => kind)).toContain('phone-on-load');
    expect(mayBeResumed(report)).toBe(true);
  });

  it('is proven by its page alone where Unified CM does not have it, which was told before', async () => {
    const b = scene(() => unseen, m2eLoad, true);
    b.context.ucm = { ...(b.context.ucm as UcmAtWork), phones: new Map() };
    const report = only(await b.go());
    expect(report.outcome).toBe('done');
    expect(report.evidence.map(({ text }) => text)).toContainEqual(expect.stringContaining('it will not register'));
  });
});
