import { describe, expect, it } from '@jest/globals';
import type { RunReport } from '../../../src/domain/report/report.js';
import { loadMigrationProfile } from '../../../src/config/profiles/migration-profile.js';
import { Actor, type Manner } from '../support/actor.js';
import { fails } from '../support/network.js';
import { bench, type Bench, emptySettings, models, mpp, mppToEnterprise, phone } from '../support/fleet.js';

const address = '10.0.0.1';
const { pollInterval, upgradeDeadline } = mppToEnterprise.timing;

/** @param soonest what the quickest phones of the fleet took (ms); `null`: not known */
async function after(
  manner: Partial<Manner>,
  soonest: number | null = null,
): Promise<{ run: Bench; actor: Actor; report: RunReport; tookMs: number }> {
  const run = bench();
  run.context.soonest = () => soonest;
  const actor = new Actor(run.clock, run.network, address, {}, manner);
  const started = run.clock.now();
  const report = await run.go();
  return { run, actor, report, tookMs: run.clock.now() - started };
}

describe('how a conversion ends', () => {
  const rows: [string, Partial<Manner>, string, string | undefined][] = [
    ['it comes back as Enterprise on its load', {}, 'done', undefined],
    ['the post was not read back, but the phone took it', { write: 'unread' }, 'done', undefined],
    ['the connection broke in the post, but the phone took it', { write: 'lost' }, 'done', undefined],
    ['it ignores the post', { took: false }, 'failed', 'write-ignored'],
    ['it takes the post twenty seconds later', { takesAfterMs: 20_000 }, 'done', undefined],
    ['it refuses the post', { write: 'refused', took: false }, 'failed', 'write-refused'],
    ['it holds half of it, then all', { write: 'differs' }, 'done', undefined],
    ['not read back, and never taken', { write: 'unread', took: false }, 'failed', 'write-ignored'],
    ['broken in the post, and never taken', { write: 'lost', took: false }, 'failed', 'write-ignored'],
    ['it never comes back', { after: 'silent' }, 'unverified', 'silent-after-upgrading'],
    ['it lies idle as before for a while, and then vanishes', { after: 'gives-up' }, 'unverified', 'silent'],
    ['it vanishes without a sign', { after: 'silent', upgradeMs: 0 }, 'unverified', 'silent'],
    ['another phone comes back instead', { after: 'replaced' }, 'unverified', 'identity-lost'],
    ['it comes back with another load', { after: 'other-load' }, 'failed', 'wrong-load'],
    ['it says that the upgrade failed', { after: 'says-failed' }, 'failed', 'upgrade-failed'],
    ['it takes the settings and does nothing', { after: 'stays' }, 'failed', 'still-on-old-firmware'],
    ['it restarts into its old firmware', { after: 'reverts' }, 'failed', 'still-on-old-firmware'],
    [
      'it is seen on its load once, then back on its old one',
      { after: 'falls-back' },
      'failed',
      'still-on-old-firmware',
    ],
    ['nothing was sent at first', { write: 'not-sent-at-first' }, 'done', undefined],
    ['a bug of ours in the middle of the write', { write: 'throws', took: false }, 'unverified', 'internal-error'],
  ];

  it.each(rows)('%s: %s%s', async (_, manner, outcome, code) => {
    const { report, actor } = await after(manner);
    expect(report.phones[0]).toMatchObject({ outcome, touched: true });
    expect(report.phones[0]?.failure?.code).toBe(code);
    expect(actor.posts).toBe(1);
  });

  it.each(rows)(
    'the same where the history of the fleet lets it be asked less: %s',
    async (_, manner, outcome, code) => {
      for (const soonest of [60_000, 300_000, 24 * 60 * 60_000]) {
        const { report } = await after(manner, soonest);
        expect([soonest, report.phones[0]?.outcome, report.phones[0]?.failure?.code]).toEqual([soonest, outcome, code]);
      }
    },
  );

  it.each(rows)('the same whatever its status file shows: %s', async (_, manner, outcome, code) => {
    for (const statusFile of ['stands-still', 'freezes', 'missing'] as const) {
      const { report } = await after({ ...manner, statusFile });
      expect([statusFile, report.phones[0]?.outcome, report.phones[0]?.failure?.code]).toEqual([
        statusFile,
        outcome,
        code,
      ]);
    }
  });

  it('with fewer looks at a phone that is upgrading and cannot be done yet', async () => {
    const looks = async (soonest: number | null): Promise<number> => {
      const { run, tookMs } = await after({ upgradeMs: 600_000 }, soonest);
      expect(tookMs).toBeLessThan(600_000 + 4 * pollInterval);
      return run.network.asked('look').length + run.network.asked('status file').length;
    };
    const [always, less] = [await looks(null), await looks(600_000)];
    expect(always).toBeGreaterThan(35);
    expect(less).toBeLessThan(always * 0.7);
  });

  it.each([
    ['has its old settings still: not known, for it may still take them', 59_000, 'unverified', 'not-taken-yet'],
    ['has had its time for that: known', 61_000, 'failed', 'write-ignored'],
  ])('by a deadline of its own at which it %s', async (_, deadline, outcome, code) => {
    const { patience } = mppToEnterprise.timing;
    expect(patience).toBe(60_000);
    const profile = { ...mppToEnterprise, timing: { ...mppToEnterprise.timing, upgradeDeadline: deadline } };
    const run = bench({ options: { profile } });
    const actor = new Actor(run.clock, run.network, address, {}, { took: false });
    const { phones } = await run.go();
    expect([phones[0]?.outcome, phones[0]?.failure?.code]).toEqual([outcome, code]);
    expect(phones[0]?.changes).toHaveLength(2);
    expect(actor.posts).toBe(1);
  });

  it('is never before its deadline where nothing proves it, and never long after', async () => {
    for (const manner of [{ after: 'silent' }, { after: 'stays' }, { after: 'replaced' }] as const) {
      const { tookMs } = await after(manner);
      expect(tookMs).toBeGreaterThanOrEqual(upgradeDeadline);
      expect(tookMs).toBeLessThan(upgradeDeadline + pollInterval + 10_000);
    }
  });

  it('carries the story in its evidence', async () => {
    const { report } = await after({});
    expect(report.phones[0]?.evidence.map(({ kind }) => kind)).toEqual(['written', 'upgrade-status', 'phone-on-load']);
    expect(report.phones[0]?.changes.map(({ field }) => field)).toEqual(['upgradeRule', 'authorizationRule']);
  });

  const sent = 'http://10.9.9.9:6970/sip88xx.14-2-1-0101-26.loads';

  it('names who answers there since a post that was not read back, and what that one shows', async () => {
    const license = 'http://10.9.9.9:6970/$MAU_M2E.lic';
    const cases = [
      [
        { upgradeRule: sent, authorizationRule: license },
        /^and shows what was sent: it may have got it\. It shows upgrade rule "http/,
      ],
      [{ upgradeRule: sent }, /^and shows some of what was sent: it may have got it\./],
      [{}, /^and does not show what was sent, but upgrade rule "", transition authorization rule "", /],
      [null, /^and does not show its settings: whether it got what was sent is not known\.$/],
    ] as const;
    for (const [shown, says] of cases) {
      const run = bench();
      const actor = new Actor(run.clock, run.network, address, {}, { write: 'lost' });
      const settings = shown && { ...emptySettings, ...shown };
      const usual = actor.look.bind(actor);
      actor.look = () => (actor.posts === 0 ? usual() : phone(mpp({ mac: 'AABBCC000000', settings })));
      const [entry] = (await run.go()).phones;
      expect([entry?.outcome, entry?.failure?.code]).toEqual(['unverified', 'identity-lost']);
      expect(entry?.failure?.message).toContain(
        `AABBCC000000 answers at ${address}. It may have received what was sent`,
      );
      const notes = entry?.evidence.filter(({ kind }) => kind === 'other-phone').map(({ text }) => text) ?? [];
      expect(notes).toHaveLength(1);
      const begins = `Since the post AABBCC000000 answers at ${address} `;
      expect(notes[0]?.slice(0, begins.length)).toBe(begins);
      expect(notes[0]?.slice(begins.length)).toMatch(says);
    }
  });

  it('tells what that phone shows later on as that', async () => {
    const run = bench();
    const actor = new Actor(run.clock, run.network, address, {}, { write: 'lost' });
    const usual = actor.look.bind(actor);
    let looks = 0;
    actor.look = () => {
      if (actor.posts === 0) return usual();
      const upgradeRule = (looks += 1) > 1 ? sent : '';
      return phone(mpp({ mac: 'AABBCC000000', settings: { ...emptySettings, upgradeRule } }));
    };
    const [entry] = (await run.go()).phones;
    const notes = entry?.evidence.filter(({ kind }) => kind === 'other-phone').map(({ text }) => text) ?? [];
    expect(notes.map((text) => text.slice(0, 23))).toEqual(['Since the post AABBCC00', 'Later on AABBCC000000 a']);
    expect(notes[1]).toContain('shows some of what was sent');
  });

  it('says nothing of who is there later, once the phone itself has shown what was sent', async () => {
    const { report } = await after({ after: 'replaced' });
    expect(report.phones[0]?.failure).toMatchObject({
      code: 'identity-lost',
      message: expect.stringMatching(/10\.0\.0\.1\.$/),
    });
    expect(report.phones[0]?.evidence.map(({ kind }) => kind)).not.toContain('other-phone');
  });

  it('tells what was certainly not sent as not sent', async () => {
    const { report } = await after({ write: 'not-sent-at-first', took: false });
    const { changes, evidence } = report.phones[0]!;
    expect(evidence.map(({ text }) => text)[0]).toBe('not sent: its settings have changed');
    // What was sent by the next way, once.
    expect(changes).toHaveLength(2);
  });

  it('lists what was sent, whatever became of it', async () => {
    for (const manner of [{ write: 'unread' }, { write: 'lost' }, {}] as const) {
      for (const took of [true, false]) {
        const { report } = await after({ ...manner, took });
        expect(report.phones[0]?.changes).toHaveLength(2);
      }
    }
  });

  it('is watched from a half-way state: what is neither as before nor as sent is no end, until the deadline', async () => {
    const run = bench();
    const actor = new Actor(run.clock, run.network, address, {}, { write: 'differs', took: false });
    const usual = actor.write.bind(actor);
    actor.write = async (set, onIntent) => {
      const result = await usual(set, onIntent);
      const { settings } = actor.facts;
      actor.facts = { ...actor.facts, settings: settings && { ...settings, upgradeRule: 'http://elsewhere/x.loads' } };
      return result;
    };
    const started = run.clock.monotonic();
    const { phones } = await run.go();
    expect(phones[0]).toMatchObject({ outcome: 'failed', failure: { code: 'write-differs' } });
    expect(run.clock.monotonic() - started).toBeGreaterThanOrEqual(upgradeDeadline);
    expect(actor.posts).toBe(1);
  });

  it('is told by the firmware it runs where that is new, not by settings that somebody has written back since', async () => {
    const run = bench({ profile: loadMigrationProfile('upgrade-mpp', { models }) });
    const old = 'sip88xx.12-0-1MPP0001-1';
    const actor = new Actor(run.clock, run.network, address, { softwareVersion: old }, { write: 'lost' });
    const { settings } = actor.facts;
    const usual = actor.look.bind(actor);
    actor.look = () => {
      const look = usual();
      // Silent until it is through; then its provisioning has put its old rule back.
      if (actor.posts === 0) return look;
      if (look.kind !== 'phone' || look.facts.softwareVersion === old) return fails('connect-refused');
      return { ...look, facts: { ...look.facts, settings } };
    };
    const { phones } = await run.go();
    expect(phones[0]?.failure).toBeNull();
    expect(phones[0]).toMatchObject({ outcome: 'done' });
  });

  it('is proven only by two looks in a row, because a phone may restart twice', async () => {
    const { run } = await after({});
    const states = run.events.flatMap(({ event, state, outcome }) => (event === 'state' ? [state] : [outcome]));
    expect(states.filter(Boolean).slice(-2)).toEqual(['verifying', 'done']);
  });
});

describe('the polls of one phone', () => {
  it('are one interval apart or up to a tenth more, never less', async () => {
    for (const random of [0, 0.25, 0.999]) {
      const run = bench({ random: () => random });
      new Actor(run.clock, run.network, address, {}, { after: 'stays' });
      await run.go();
      const times = run.network
        .asked('look')
        .slice(2, -1)
        .map(({ at }) => at);
      const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(pollInterval);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(pollInterval * 1.1 + 20);
    }
  });

  it('come before starts of other phones', async () => {
    const run = bench({ options: { concurrency: 1 } });
    for (let n = 1; n <= 30; n += 1) {
      const actor = new Actor(run.clock, run.network, `10.0.0.${n}`, {
        mac: `00CCFC0000${String(n).padStart(2, '0')}`,
      });
      const usual = actor.write.bind(actor);
      actor.write = async (set, onIntent) => {
        await run.clock.wait(10_000);
        return usual(set, onIntent);
      };
    }
    await run.go();
    const posted = run.network.asked('post').map(({ at }) => at);
    const polls = run.network.asked('look', run.network.asked('post')[0]?.address).map(({ at }) => at);
    // The first phone that was written to is looked at again long before the last one is started.
    expect(polls[2]).toBeLessThan(posted[3] ?? 0);
  });
});
