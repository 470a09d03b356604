import { describe, expect, it } from '@jest/globals';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import type { Look } from '../../../src/phones/phones.js';
import { Actor } from '../support/actor.js';
import {
  bench,
  type Bench,
  emptySettings,
  enterprise,
  models,
  mpp,
  mppToEnterprise,
  phone,
  stepUpLoad,
  targets,
} from '../support/fleet.js';
import { fails } from '../support/network.js';

const address = '10.0.0.1';
const { pollInterval, idleWait } = mppToEnterprise.timing;

const contradicting = {
  agreed: [],
  disagreements: [
    {
      what: 'software version',
      page: { value: 'a', where: '/admin/advanced' },
      witness: { value: 'b', where: '/admin/status.xml' },
    },
  ],
};

/** One phone that shows something else from its second look on: the look just before the write. */
function changing(then: () => Look, first: Partial<PhoneFacts> = {}): Bench & { actor: Actor } {
  const run = bench();
  const actor = new Actor(run.clock, run.network, address, first);
  let looks = 0;
  const usual = actor.look.bind(actor);
  actor.look = () => ((looks += 1) === 1 ? usual() : then());
  return { ...run, actor };
}

describe('its other pages, just before the write', () => {
  it.each([
    ['where its own shows something else than when it was planned, minutes ago', 4, 'where changed'],
    ['in any case, where it was planned long ago', 6, 'yes'],
  ])('are read %s', async (_, minutes, crossCheck) => {
    const run = bench();
    new Actor(run.clock, run.network, address);
    await run.go({ confirm: () => run.clock.wait(minutes * 60_000).then(() => true) });
    const checks = run.network.asked('look').map((look) => look.crossCheck);
    expect(checks.slice(0, 2)).toEqual(['yes', crossCheck]);
  });
});

describe('just before the write', () => {
  const untouched: [string, () => Look, string, string | undefined][] = [
    ['another phone answers', () => phone(mpp({ mac: 'AABBCC000000' })), 'aborted', 'identity-changed'],
    ['it shows no MAC any more', () => phone(mpp({ mac: null })), 'aborted', 'identity-changed'],
    [
      'it takes turns with another one',
      () => phone(mpp({ witnesses: { agreed: [], disagreements: [], another: 'AABBCC000000' } })),
      'aborted',
      'identity-changed',
    ],
    ['it leads elsewhere', () => fails('redirect-elsewhere'), 'aborted', 'redirect-elsewhere'],
    [
      'its settings have changed',
      () =>
        phone(
          mpp({ settings: { ...emptySettings, upgradeRule: 'http://10.9.9.9:6970/sip88xx.14-2-1-0101-26.loads' } }),
        ),
      'aborted',
      'phone-changed',
    ],
    [
      'it was authorized meanwhile',
      () => phone(mpp({ transitionAuthorizationType: 'WxC' })),
      'aborted',
      'phone-changed',
    ],
    ['it is upgrading already', () => phone(mpp({ upgradeStatus: 'Upgrading' })), 'deferred', 'already-upgrading'],
    ['it became Enterprise', () => phone(enterprise()), 'already-done', undefined],
    [
      'its pages contradict each other',
      () => phone(mpp({ witnesses: contradicting })),
      'blocked',
      'witnesses-disagree',
    ],
    ['its form is gone', () => phone(mpp({ settings: null })), 'blocked', 'fields-missing'],
    [
      'it wants a password now',
      () => ({ kind: 'unreadable', failure: failure('auth-required') }),
      'blocked',
      'auth-required',
    ],
    ['it is in a call', () => phone(mpp({ busy: true })), 'deferred', 'busy'],
    ['it does not answer', () => fails('connect-timeout'), 'deferred', 'connect-timeout'],
    ['its page is broken', () => ({ kind: 'unreadable', failure: failure('empty-page') }), 'deferred', 'empty-page'],
    ['something else answers', () => ({ kind: 'not-a-phone', detail: 'A printer.' }), 'deferred', 'phone-changed'],
  ];

  it.each(untouched)('%s: nothing is written, and it is %s', async (_, then, outcome, code) => {
    const run = changing(then);
    const report = await run.go();
    expect(report.phones[0]).toMatchObject({ outcome, touched: false });
    expect(report.phones[0]?.failure?.code).toBe(code);
    expect(run.network.asked('post')).toEqual([]);
    expect(run.events.filter(({ event }) => event === 'intent')).toEqual([]);
  });

  it('a file that is gone meanwhile blocks it', async () => {
    const run = changing(() => phone(mpp()));
    let checks = 0;
    run.context.preflight = {
      anew: () => {},
      firmware: (url) => Promise.resolve({ ok: true, url, bytes: 1, warnings: [] }),
      license: (url) =>
        Promise.resolve(
          (checks += 1) === 1
            ? { ok: true, url, bytes: 1, warnings: [] }
            : { ok: false, url, code: 'license-missing', message: 'Gone.', warnings: [] },
        ),
    };
    expect((await run.go()).phones[0]).toMatchObject({ outcome: 'blocked', failure: { code: 'license-missing' } });
  });
});

describe('a phone that cannot be written to yet', () => {
  it('in a call is asked again at every poll until the patience for it ends', async () => {
    const run = changing(() => phone(mpp({ busy: true })));
    const started = run.clock.now();
    await run.go();
    const took = run.clock.now() - started;
    expect(took).toBeGreaterThanOrEqual(idleWait);
    expect(took).toBeLessThan(idleWait + pollInterval);
    expect(run.network.asked('look').length).toBeGreaterThanOrEqual(idleWait / pollInterval);
  });

  it('is written to as soon as the call is over', async () => {
    const run = bench();
    const actor = new Actor(run.clock, run.network, address);
    const usual = actor.look.bind(actor);
    const hangUp = run.clock.now() + idleWait / 2;
    actor.look = () => (run.clock.now() < hangUp ? phone(mpp({ busy: true })) : usual());
    expect((await run.go()).phones[0]?.outcome).toBe('done');
    expect(actor.posts).toBe(1);
  });

  it('that only stumbled is written to at the next try', async () => {
    let tries = 0;
    const run = bench();
    const actor = new Actor(run.clock, run.network, address);
    const usual = actor.look.bind(actor);
    actor.look = () => ((tries += 1) === 2 ? fails('connection-lost') : usual());
    expect((await run.go()).phones[0]?.outcome).toBe('done');
  });

  it('holds no slot: with one slot, the others are migrated meanwhile', async () => {
    const run = bench({ options: { concurrency: 1 } });
    const busy = new Actor(run.clock, run.network, address, { busy: true });
    const other = new Actor(run.clock, run.network, '10.0.0.2', { mac: '00CCFC000002' });
    const report = await run.go();
    expect(report.phones.map(({ outcome }) => outcome)).toEqual(['deferred', 'done']);
    expect([busy.posts, other.posts]).toEqual([0, 1]);
    expect(run.network.peak.visits).toBe(1);
  });

  it('is waited for from its first answer, however long the queue before it was', async () => {
    const run = bench({ options: { concurrency: 1 } });
    for (let n = 1; n <= 40; n += 1) {
      const actor = new Actor(run.clock, run.network, `10.0.0.${n}`, {
        mac: `00CCFC0000${String(n).padStart(2, '0')}`,
      });
      const usual = actor.write.bind(actor);
      // Forty writes of half a minute each: the last comes ten minutes after its patience, had that begun at the start.
      actor.write = async (set, onIntent) => {
        await run.clock.wait(30_000);
        return usual(set, onIntent);
      };
      if (n < 40) continue;
      const usualLook = actor.look.bind(actor);
      let looks = 0;
      actor.look = () => ((looks += 1) === 2 ? phone(mpp({ mac: actor.facts.mac, busy: true })) : usualLook());
    }
    expect((await run.go()).totals.byOutcome).toEqual({ done: 40 });
  });
});

describe('between two steps', () => {
  const old = { softwareVersion: 'sip88xx.11-3-7MPP0001-52' };
  const upgraded = mpp({ softwareVersion: stepUpLoad });

  /** A phone that has stepped up; `then` is what it shows when its second step is due. */
  async function afterStepUp(then: (actor: Actor) => Look): Promise<{ run: Bench; actor: Actor; outcome: object }> {
    const run = bench();
    const actor = new Actor(run.clock, run.network, address, old);
    const usual = actor.look.bind(actor);
    actor.look = () => (run.events.some(({ state }) => state === 'continuing') ? then(actor) : usual());
    const report = await run.go();
    const { outcome, touched, failure: why } = report.phones[0]!;
    return { run, actor, outcome: { outcome, touched, code: why?.code } };
  }

  it('a well-behaved phone goes on: both steps are posted once each, and it is done', async () => {
    const run = bench();
    const actor = new Actor(run.clock, run.network, address, old);
    const report = await run.go();
    expect(report.phones[0]).toMatchObject({ outcome: 'done', failure: null });
    expect(report.phones[0]?.plan.map(({ step }) => step)).toEqual(['upgrade', 'convert']);
    expect(report.phones[0]?.changes.map(({ to }) => to)).toHaveLength(3);
    expect(actor.posts).toBe(2);
  });

  it('what only the inventory knows of the hardware holds for both steps', async () => {
    const hints = { [address]: { vid: 'V05' } };
    const run = bench({ targets: targets([address], { hints }) });
    const rule = models.models.get('8841')!;
    const picky = { ...rule, m2e: { ...rule.m2e, vidFrom: 3 } };
    run.context.models = { ...models, models: new Map([...models.models, ['8841', picky]]) };
    const actor = new Actor(run.clock, run.network, address, old);
    expect((await run.go()).phones[0]?.outcome).toBe('done');
    expect(actor.posts).toBe(2);
  });

  it.each<[string, () => Look, object]>([
    [
      'its form is gone',
      () => phone({ ...upgraded, settings: null }),
      { outcome: 'failed', code: 'stopped-between-steps' },
    ],
    ['it fell back', () => phone(mpp(old)), { outcome: 'failed', code: 'stopped-between-steps' }],
    [
      'it is in a call for good',
      () => phone({ ...upgraded, busy: true }),
      { outcome: 'failed', code: 'stopped-between-steps' },
    ],
    ['it went on by itself', () => phone(enterprise()), { outcome: 'done', code: undefined }],
    ['it is never seen again', () => fails('connect-timeout'), { outcome: 'unverified', code: 'silent' }],
    [
      'another phone has its address',
      () => phone(mpp({ mac: 'AABBCC000000' })),
      { outcome: 'unverified', code: 'silent' },
    ],
  ])('%s: it counts as touched, and only its first step was posted', async (_, then, expected) => {
    const { actor, outcome } = await afterStepUp(then);
    expect(outcome).toEqual({ touched: true, ...expected });
    expect(actor.posts).toBe(1);
  });
});
