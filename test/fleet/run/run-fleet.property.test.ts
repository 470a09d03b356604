import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isTouched } from '../../../src/domain/progress/state.js';
import type { RunReport } from '../../../src/domain/report/report.js';
import { Actor, type Manner } from '../support/actor.js';
import { addresses, bench, type Bench, mac, mpp, phone, sumOf, targets } from '../support/fleet.js';
import { fails } from '../support/network.js';
import { runs } from '../../support/depth.js';

const manner: fc.Arbitrary<Partial<Manner>> = fc.record({
  write: fc.constantFrom('confirmed', 'confirmed', 'unread', 'pending', 'refused', 'differs', 'lost', 'throws'),
  took: fc.boolean(),
  takesAfterMs: fc.constantFrom(0, 20_000, 100_000),
  ways: fc.constantFrom(1, 4),
  heeds: fc.constantFrom(0, 1),
  after: fc.constantFrom(
    'converts',
    'converts',
    'stays',
    'silent',
    'other-load',
    'says-failed',
    'moves',
    'replaced',
    'reverts',
  ),
  upgradeMs: fc.constantFrom(10_000, 300_000, 2_000_000),
});

const place = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('dark' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('trouble' as const),
      code: fc.constantFrom('connect-reset', 'connection-lost', 'malformed-response', 'body-timeout', 'auth-required'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('phone' as const),
      manner,
      version: fc.constantFrom(
        'sip88xx.12-0-3MPP0001-87',
        'sip88xx.11-3-7MPP0001-52',
        'sip88xx.14-2-1-0101-26',
        'nonsense',
      ),
      busy: fc.boolean(),
      twin: fc.boolean(),
      stumblesAt: fc.integer({ min: 0, max: 6 }),
    }),
  },
);

const scripts = fc.record({
  places: fc.array(place, { maxLength: 12 }),
  dryRun: fc.boolean(),
  concurrency: fc.integer({ min: 1, max: 4 }),
  stops: fc.array(fc.integer({ min: 0, max: 4_000_000 }), { maxLength: 2 }),
  random: fc.double({ min: 0, max: 0.999, noNaN: true }),
});

type Script = typeof scripts extends fc.Arbitrary<infer T> ? T : never;

function play({ places, dryRun, concurrency, stops, random }: Script): Bench {
  const list = addresses(places.length);
  const run = bench({
    options: { dryRun, concurrency, probeConcurrency: 3 },
    targets: targets(list),
    random: () => random,
  });
  places.forEach((each, index) => {
    const address = list[index]!;
    if (each.kind === 'trouble') run.network.places.set(address, { look: () => fails(each.code) });
    if (each.kind !== 'phone') return;
    const facts = { mac: mac(each.twin ? 1 : index + 1), softwareVersion: each.version, busy: each.busy };
    const actor = new Actor(run.clock, run.network, address, facts, each.manner);
    actor.newAddress = `10.0.0.${100 + index}`;
    const usual = actor.look.bind(actor);
    let looks = 0;
    actor.look = () => {
      looks += 1;
      if (looks === each.stumblesAt) return fails('connection-lost');
      return looks === each.stumblesAt + 4 ? phone(mpp({ mac: 'AABBCC000000' })) : usual();
    };
  });
  for (const ms of stops) void run.clock.wait(ms).then(() => run.stop.request('SIGINT'));
  return run;
}

/** A search for moved phones has slots of its own, four at least. */
const sweepers = 4;

/** Holds what the report says of each phone against what really happened on the network, in the order it happened. */
function check(run: Bench, report: RunReport): void {
  expect(sumOf(report)).toBe(report.totals.targets);
  expect(run.network.peak.visits).toBeLessThanOrEqual(run.context.options.concurrency + sweepers);
  for (const each of report.phones) {
    const told = run.events.filter(({ address }) => address === each.address);
    // One that moved is told of under two addresses.
    if (each.evidence.some(({ kind }) => kind === 'moved')) continue;
    const outcomes = told.filter(({ event }) => event === 'outcome');
    const posts = run.network.asked('post', each.address);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([each.outcome]);
    expect(outcomes[0]?.['touched']).toBe(each.touched);
    expect(each.touched).toBe(isTouched(each.outcome));
    const intents = told.filter(({ event }) => event === 'intent');
    expect(intents.length).toBeLessThanOrEqual(Math.max(1, posts.length));
    expect(posts.length).toBeLessThanOrEqual(each.plan.length * 4);
    if (!each.touched) expect(posts).toEqual([]);
    else expect(intents.length).toBeGreaterThan(0);
    if (each.outcome === 'done') expect(each.failure).toBeNull();
    for (const post of posts) expect(Date.parse(intents[0]!.at)).toBeLessThanOrEqual(post.at);
  }
}

describe('whatever phones do', () => {
  it('the outcomes sum, touched means posted to, and no post comes without its intent', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        const run = play(script);
        const report = await run.go();
        check(run, report);
        if (script.dryRun) expect(run.network.asked('post')).toEqual([]);
      }),
      { seed: 20_260_115, numRuns: runs(40, 300) },
    );
  });

  it('the dry run plans what the real run then does', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        const steady = { ...script, stops: [] };
        const dry = await play({ ...steady, dryRun: true }).go();
        const real = await play({ ...steady, dryRun: false }).go();
        const planned = dry.phones.filter(({ outcome }) => outcome === 'planned');
        for (const each of real.phones.filter(({ touched }) => touched)) {
          const before = planned.find(({ mac: same, plan }) => same === each.mac && plan.length > 0);
          expect(before?.plan.map(({ step, load }) => [step, load])).toEqual(
            each.plan.map(({ step, load }) => [step, load]),
          );
        }
      }),
      { seed: 42, numRuns: runs(15, 100) },
    );
  });
});
