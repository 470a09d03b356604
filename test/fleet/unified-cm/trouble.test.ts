import { describe, expect, it } from '@jest/globals';
import { mayBeResumed } from '../../../src/domain/failures/failure-codes.js';
import { gradeOf } from '../../../src/domain/pacing/grades.js';
import { snapshotToKeep } from '../../../src/fleet/record/snapshot.js';
import { UcmError } from '../../../src/ucm/ucm.js';
import type { Cluster, UcmManner } from '../support/cluster.js';
import { only, type UcmScene, ucmScene } from '../support/ucm-scene.js';

const load = 'sip88xx.12-0-3MPP0001-87';
const minute = 60_000;

function scene(manners: Partial<UcmManner>[], trouble: Cluster['trouble'] = () => null): UcmScene {
  const made = ucmScene(manners);
  made.cluster.trouble = trouble;
  return made;
}

/** Trouble from then until then, in minutes since the start. */
const between = (from: number, until: number, what: ReturnType<Cluster['trouble']>): Cluster['trouble'] => {
  return (since) => (since >= from * minute && since < until * minute ? what : null);
};

describe('Unified CM that is behind the truth', () => {
  it('is not believed where the phone itself shows that it has moved', async () => {
    const { b, phones } = scene([{ stale: true }]);
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'done', softwareVersion: load });
    expect(phones[0]?.asked).toEqual([`change {"ownLoad":"${load}"}`, 'apply']);
  });

  it('is not believed either where it never showed that it was upgrading', async () => {
    const { b } = scene([{ stale: true, shows: 'none' }]);
    expect(only(await b.go())).toMatchObject({ outcome: 'done', softwareVersion: load });
  });
});

describe('Unified CM that is away', () => {
  it('for ten minutes before a phone is started: it is waited for, and the phone moves', async () => {
    const { b } = scene([{}, {}], between(0, 9, 'away'));
    expect((await b.go()).totals.byOutcome).toEqual({ done: 2 });
  });

  it('for ten minutes while phones are under way: nothing is concluded from that', async () => {
    const { b, phones } = scene([{}, { after: 'stays' }], between(1, 11, 'away'));
    const report = await b.go();
    expect(report.phones.map(({ outcome }) => outcome)).toEqual(['done', 'failed']);
    expect(phones[1]?.settings.ownLoad).toBeNull();
  });

  it('for longer than a phone that waits is given: that is deferred, and nothing was written', async () => {
    const { b, phones } = scene([{}], between(0, 600, 'away'));
    expect(only(await b.go())).toMatchObject({
      ...{ outcome: 'deferred', touched: false, failure: { code: 'ucm-unreachable' } },
    });
    expect(phones[0]?.asked).toEqual([]);
  });

  it('until the deadline of a phone that is nowhere else to be seen: unverified, and a resume watches on', async () => {
    const { b } = scene([{ after: 'stays' }], between(1, 600, 'away'));
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'unverified', failure: { code: 'ucm-unreachable' } });
    expect(mayBeResumed(report)).toBe(true);
  });

  it('between two steps: the phone waits, and goes on', async () => {
    const { b } = scene([{ load: 'sip88xx.12-8-1-0101-482' }], between(5.6, 15, 'away'));
    expect(only(await b.go())).toMatchObject({ outcome: 'done', softwareVersion: load });
  });
});

describe('a load that is to be taken back while Unified CM does not answer', () => {
  it('is tried again', async () => {
    const { b, phones } = scene([{ after: 'stays', web: true }], between(44.5, 45.3, 'away'));
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'failed', failure: { code: 'still-on-old-firmware' } });
    expect(phones[0]?.settings.ownLoad).toBeNull();
  });

  it('is applied also where it was taken back and the answer to that was lost', async () => {
    const { b, phones } = scene([{ after: 'stays', web: true }]);
    const { client } = b.context.ucm!;
    let changes = 0;
    b.context.ucm!.client = {
      ...client,
      change: async (name, change) => {
        await client.change(name, change);
        if ((changes += 1) === 2) throw new UcmError('ucm-answer-lost', 'No answer came.', false);
      },
    };
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'failed', failure: { code: 'still-on-old-firmware' } });
    expect(phones[0]?.asked).toEqual([`change {"ownLoad":"${load}"}`, 'apply', 'change {"ownLoad":null}', 'apply']);
    expect(report.evidence.at(-1)?.text).toContain('has its settings from before again');
  });

  it('is left to a resume where that does not help, and the failure says so', async () => {
    const { b, phones } = scene([{ after: 'stays', web: true }], between(44.5, 60, 'away'));
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'failed', failure: { code: 'ucm-load-left' } });
    expect(report.failure?.message).toMatch(/still runs sip88xx\.14-2-1.* could not be put back on Unified CM: /);
    expect(phones[0]?.settings.ownLoad).toBe(load);
    expect(mayBeResumed(report)).toBe(true);
  });
});

describe('a node of Unified CM that does not say what it has', () => {
  it('leaves a phone that nobody sees unknown, not silent: a resume watches on', async () => {
    const { b } = scene([{ after: 'stays' }], between(1, 600, 'silent-node'));
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'unverified', failure: { code: 'ucm-registration-unknown' } });
    expect(mayBeResumed(report)).toBe(true);
    expect(report.evidence.map(({ kind }) => kind)).toEqual(['written']);
  });

  it('does not keep a phone from being found on the network, at another address too', async () => {
    const { b } = scene([{}, { after: 'moves' }], between(1, 600, 'silent-node'));
    expect((await b.go()).totals.byOutcome).toEqual({ done: 2 });
  });
});

describe('a phone that has its new load in Unified CM already', () => {
  it('is told to take it, and the load is not set again', async () => {
    const { b, phones } = scene([{ ownLoad: load }]);
    expect(only(await b.go()).outcome).toBe('done');
    expect(phones[0]?.asked).toEqual(['change {}', 'apply']);
  });

  it('keeps it where it does not take it: there is nothing from before to put back', async () => {
    const { b, phones } = scene([{ ownLoad: load, after: 'stays' }]);
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'failed', failure: { code: 'still-on-old-firmware' } });
    expect(phones[0]?.settings.ownLoad).toBe(load);
    expect(phones[0]?.asked).toEqual(['change {}', 'apply']);
    expect(report.evidence.map(({ kind }) => kind)).not.toContain('put-back');
  });
});

describe('what follows from how a phone ended', () => {
  it.each([
    'not-registered',
    'ucm-load-left',
    'still-upgrading',
    'ucm-registration-unknown',
    'ucm-unreachable',
    'ucm-busy',
    'ucm-unreadable',
  ])('a resume watches on a phone that ended as %s', (code) => {
    const failure = { code, message: '', hint: '' };
    expect(mayBeResumed({ touched: true, failure })).toBe(true);
    expect(mayBeResumed({ touched: false, failure })).toBe(false);
    const kept = snapshotToKeep({
      ended: true,
      touched: true,
      failure,
      lastActive: 'restarting',
      evidence: [],
    } as never);
    expect(kept).toMatchObject({ state: 'restarting', failure: null });
  });

  it('a phone that did not register counts as vanished', () => {
    expect(gradeOf({ outcome: 'unverified', code: 'not-registered', touched: true })).toBe('silent');
  });
});
