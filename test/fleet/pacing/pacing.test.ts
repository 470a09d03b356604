import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import type { RunReport } from '../../../src/domain/report/report.js';
import { parseThreshold } from '../../../src/domain/pacing/thresholds.js';
import { parseWaves } from '../../../src/domain/pacing/waves.js';
import { type Pacing, unpaced } from '../../../src/fleet/pacing/pacing.js';
import { Actor, type Manner } from '../support/actor.js';
import { addresses, bench, type Bench, mac } from '../support/fleet.js';

/** How a phone behaves in these tables. */
type Kind = 'proven' | 'silent' | 'vanishing' | 'failing' | 'ignoring' | 'busy';

const manners: Readonly<Record<Kind, Partial<Manner>>> = {
  proven: {},
  silent: { after: 'silent', upgradeMs: 0 },
  // It says that it upgrades, then vanishes.
  vanishing: { after: 'silent' },
  failing: { after: 'says-failed' },
  ignoring: { took: false },
  busy: {},
};

/** The waves of the shipped example, its threshold, and no more. */
const exampleWaves = '1,10,10%,50%,100%';

interface Pace {
  waves?: string;
  abortAfter?: string[];
  maxUpgrading?: number;
  accept?: boolean;
}

function pacing({ waves, abortAfter = [], maxUpgrading, accept = false }: Pace): Pacing {
  return {
    ...unpaced,
    waves: waves === undefined ? null : parseWaves(waves),
    thresholds: abortAfter.map((text) => parseThreshold(text)),
    accept: accept ? ['silent-after-upgrading'] : [],
    ...(maxUpgrading === undefined ? {} : { maxUpgrading }),
  };
}

/** A fleet of a hundred, all of a kind but for those said otherwise, at a pace. */
function fleet(kind: Kind, pace: Pace, others: Readonly<Record<number, Kind>> = {}): Bench & { actors: Actor[] } {
  const run = bench({ options: { pacing: pacing(pace) } });
  const actors = addresses(100).map((address, index) => {
    const is = others[index] ?? kind;
    const facts: Partial<PhoneFacts> = { mac: mac(index + 1), busy: is === 'busy' };
    return new Actor(run.clock, run.network, address, facts, manners[is]);
  });
  return { ...run, actors };
}

const writtenTo = (report: RunReport): number => report.phones.filter(({ touched }) => touched).length;

describe('how many of a hundred phones are written to, by what they do and at what pace', () => {
  const waves = { waves: exampleWaves };
  const five = { abortAfter: ['5%'] };
  it.each<[Kind, string, Pace, number, string | null]>([
    ['proven', 'waves', waves, 100, null],
    ['proven', 'waves and a threshold', { ...waves, ...five }, 100, null],
    ['proven', 'a threshold alone', five, 100, null],
    ['proven', 'a threshold and slots', { ...five, maxUpgrading: 20 }, 100, null],

    ['silent', 'waves', waves, 1, 'wave-not-proven'],
    ['silent', 'waves and a threshold', { ...waves, ...five }, 1, 'threshold-tripped'],
    ['silent', 'waves, whatever is accepted', { ...waves, accept: true }, 1, 'wave-not-proven'],
    ['silent', 'a threshold alone', five, 6, 'threshold-tripped'],
    ['silent', 'a count alone', { abortAfter: ['10'] }, 10, 'threshold-tripped'],
    ['silent', 'a threshold and slots', { ...five, maxUpgrading: 20 }, 20, 'threshold-tripped'],
    ['silent', 'neither, which is what was asked for', {}, 100, null],

    ['vanishing', 'waves', waves, 1, 'wave-not-proven'],
    ['vanishing', 'a threshold alone', five, 6, 'threshold-tripped'],
    ['vanishing', 'waves, accepted', { ...waves, ...five, accept: true }, 100, null],
    ['vanishing', 'a threshold alone, accepted', { ...five, accept: true }, 100, null],

    ['failing', 'waves', waves, 1, 'wave-not-proven'],
    ['failing', 'a threshold alone', five, 6, 'threshold-tripped'],
    ['failing', 'a threshold for its code alone', { abortAfter: ['upgrade-failed:3'] }, 3, 'threshold-tripped'],
    ['failing', 'a threshold and slots', { ...five, maxUpgrading: 2 }, 6, 'threshold-tripped'],

    ['ignoring', 'waves', waves, 1, 'wave-not-proven'],
    ['ignoring', 'a threshold alone', five, 6, 'threshold-tripped'],

    ['busy', 'waves', { ...waves, ...five }, 0, null],
    ['busy', 'a threshold alone', five, 0, null],
    ['busy', 'a threshold for its code', { abortAfter: ['busy:3'], maxUpgrading: 1 }, 0, 'threshold-tripped'],
  ])('%s phones, %s: %j: %i, %s', async (kind, _how, pace, expected, stoppedBy) => {
    const run = fleet(kind, pace);
    const report = await run.go();
    expect(writtenTo(report)).toBe(expected);
    expect(run.network.asked('post').length).toBe(expected);
    const codes = new Set(report.phones.filter(({ touched }) => !touched).map(({ failure: why }) => why?.code ?? ''));
    if (stoppedBy === null) expect(report.run.abortedBy).toBeNull();
    else {
      expect(report.run.abortedBy).not.toBeNull();
      expect([...codes]).toContain(stoppedBy);
    }
  });
});

describe('a canary that nothing was written to', () => {
  it('is replaced by another before the next wave opens', async () => {
    const run = fleet(
      'silent',
      { waves: '1,100%' },
      Object.fromEntries(addresses(99).map((_, index) => [index, 'busy'])),
    );
    // One of the hundred is not in a call, whenever its turn comes: it is the canary then, and it goes silent.
    const report = await run.go();
    expect(report.totals.byOutcome).toEqual({ deferred: 99, unverified: 1 });
  });

  it('of a wave that had others does not count for it', async () => {
    const others = Object.fromEntries([...Array(60).keys()].map((index): [number, Kind] => [index, 'busy']));
    const report = await fleet('proven', { waves: '1,10,100%' }, others).go();
    expect(report.totals.byOutcome).toEqual({ deferred: 60, done: 40 });
    expect(report.run.abortedBy).toBeNull();
  });

  it('is replaced as soon as it has ended: the others of its wave may take long', async () => {
    // All the first wave is silent for as long as it may be, or in a call for less.
    const mixed = Object.fromEntries(
      addresses(99).map((_, index): [number, Kind] => [index, index % 2 === 0 ? 'busy' : 'silent']),
    );
    const run = fleet('silent', { waves: '50%,100%' }, mixed);
    const course: ('busy ends' | 'silent ends' | 'written')[] = [];
    const written = new Set<string | null>();
    const usual = run.context.notify;
    run.context.notify = (event) => {
      usual(event);
      if (event.event === 'outcome') course.push(written.has(event.address) ? 'silent ends' : 'busy ends');
      if (event.event !== 'intent') return;
      written.add(event.address);
      course.push('written');
    };
    const report = await run.go();
    expect(writtenTo(report)).toBe(50);
    const firstDeferred = course.indexOf('busy ends');
    const silentEnd = course.indexOf('silent ends');
    expect(course.slice(firstDeferred, silentEnd)).toContain('written');
    // But for those whose stand-in was in a call itself.
    expect(course.slice(0, silentEnd).filter((what) => what === 'written').length).toBeGreaterThan(40);
  });

  it('was blocked or changed counts as little as one in a call', async () => {
    const run = fleet('silent', { waves: '1,100%' });
    let changed = 0;
    // Whoever is looked at a second time first runs older firmware by then: it is left alone.
    for (const actor of run.actors) {
      const usual = actor.look.bind(actor);
      let looks = 0;
      actor.look = () => {
        looks += 1;
        if (looks === 2 && (changed += 1) === 1)
          actor.facts = { ...actor.facts, softwareVersion: 'sip88xx.11-3-7MPP0001-52' };
        return usual();
      };
    }
    const report = await run.go();
    expect(writtenTo(report)).toBe(1);
    expect(report.phones.filter(({ failure: why }) => why?.code === 'phone-changed')).toHaveLength(1);
    expect(report.run.abortedBy).toContain('No phone of wave 1 is proven');
  });
});

describe('the sentence of a run that stops itself', () => {
  it('says how many were written to and how they stand', async () => {
    const others: Record<number, Kind> = { 0: 'failing', 1: 'failing', 2: 'silent', 3: 'vanishing' };
    const report = await fleet('ignoring', { abortAfter: ['5%'] }, others).go();
    expect(report.run.abortedBy).toMatch(
      /^6 of 6 phones of wave 1 were written to and are not proven.*Written to 6: 0 proven, 4 failed, 2 silent, 1 of them after/,
    );
  });

  it('names the way on where phones said that they were upgrading', async () => {
    const report = await fleet('vanishing', { waves: '1,100%' }).go();
    expect(report.run.abortedBy).toBe(
      'No phone of wave 1 is proven, so wave 2 was not opened. Written to 1: 0 proven, 0 failed, 1 silent, 1 of them after they said they were upgrading. To let phones that said they were upgrading and then vanished open waves: --accept silent-after-upgrading.',
    );
  });
});

describe('phones under way', () => {
  it('are never more than what the threshold can still stop, and never fewer than it allows', async () => {
    const run = fleet('proven', { abortAfter: ['5%'] });
    let most = 0;
    const under = new Set<string>();
    const usual = run.context.notify;
    run.context.notify = (event) => {
      usual(event);
      if (event.event === 'intent') under.add(event.address ?? '');
      if (event.event === 'outcome') under.delete(event.address ?? '');
      most = Math.max(most, under.size);
    };
    await run.go();
    expect(most).toBe(6);
  });
});

describe('while the run only reads', () => {
  it('none is written to after the threshold has tripped, also of those whose turn it was and that were in a call', async () => {
    const failing = { 0: 'failing', 1: 'failing', 2: 'failing' } as const;
    const run = fleet('busy', { abortAfter: ['3'], maxUpgrading: 100 }, failing);
    const began = run.clock.monotonic();
    for (const actor of run.actors.slice(3)) {
      const usual = actor.look.bind(actor);
      // Idle again after the three have failed, and long before it is given up.
      actor.look = () => {
        actor.facts = { ...actor.facts, busy: run.clock.monotonic() - began < 480_000 };
        return usual();
      };
    }
    const report = await run.go();
    expect(writtenTo(report)).toBe(3);
    expect(report.run.abortedBy).toContain('Written to 3');
    expect(report.totals.byOutcome).toEqual({ failed: 3, aborted: 97 });
  });

  it('a threshold that names a code stops it: no more targets are read, and nothing is written', async () => {
    const run = bench({
      options: { pacing: pacing({ abortAfter: ['auth-required:3'] }), probeConcurrency: 1, concurrency: 1 },
    });
    for (const [index, address] of addresses(50).entries()) {
      if (index % 2 === 0) new Actor(run.clock, run.network, address, { mac: mac(index + 1) });
      else run.network.places.set(address, { look: () => ({ kind: 'unreadable', failure: failure('auth-required') }) });
    }
    const report = await run.go();
    expect(report.run.abortedBy).toBe('3 of 6 phones of those read ended with auth-required; the limit is 3.');
    expect(writtenTo(report)).toBe(0);
    expect(run.network.log.filter(({ kind }) => kind === 'look').length).toBeLessThanOrEqual(8);
    expect(report.totals).toMatchObject({ targets: 50, byOutcome: { blocked: 3, aborted: 47 } });
  });
});
