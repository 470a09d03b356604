import { describe, expect, it } from '@jest/globals';
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

/** A Multiplatform phone that goes silent after its upgrade, as web access is off; what Unified CM says of it from then on. */
function scene(said: () => UcmRegistration, load: string | null = m2eLoad): Bench {
  const b = bench();
  new Actor(b.clock, b.network, '10.0.0.1', { mac: mac(1) }, { after: 'silent' });
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

  it('is not said to be unregistered where Unified CM does not know, or does not answer', async () => {
    const silent = only(await scene(() => ({ ...unseen, registered: 'unknown' })).go());
    expect([silent.outcome, silent.failure?.code]).toEqual(['unverified', 'silent-after-upgrading']);
    const away = only(
      await scene(() => {
        throw new UcmError('ucm-unreachable', 'No answer.', true);
      }).go(),
    );
    expect(away.outcome).toBe('unverified');
    expect(away.failure?.code).not.toBe('not-registered');
  });

  it('is failed where it registers with another load', async () => {
    const report = only(await scene(() => ({ ...registered, activeLoad: 'sip88xx.12-5-1SR1-4' })).go());
    expect(report).toMatchObject({ outcome: 'failed', failure: { code: 'wrong-load' } });
  });

  it('is left alone where Unified CM still names a Multiplatform load for it: it would come back', async () => {
    const report = only(await scene(() => unseen, 'sip88xx.12-0-3MPP0001-87').go());
    expect(report).toMatchObject({ outcome: 'blocked', touched: false, failure: { code: 'ucm-load-leads-back' } });
  });
});
