import { describe, expect, it } from '@jest/globals';
import { parseThreshold } from '../../../src/domain/pacing/thresholds.js';
import { parseWaves } from '../../../src/domain/pacing/waves.js';
import { PauseControl } from '../../../src/fleet/pause-control.js';
import { unpaced, type Pacing } from '../../../src/fleet/pacing/pacing.js';
import { StoreError } from '../../../src/store/store-error.js';
import { noopMemory } from '../../../src/fleet/memory/memory.js';
import type { UcmManner } from '../support/cluster.js';
import { type Setup, sumOf } from '../support/fleet.js';
import { type UcmScene, ucmScene } from '../support/ucm-scene.js';

const minute = 60_000;

const scene = (manners: Partial<UcmManner>[], pacing: Partial<Pacing> = {}, setup: Setup = {}): UcmScene =>
  ucmScene(manners, { options: { pacing: { ...unpaced, ...pacing } }, ...setup });

const many = (count: number, manner: Partial<UcmManner> = {}): Partial<UcmManner>[] =>
  Array.from({ length: count }, () => manner);

describe('the pace of a move through Unified CM', () => {
  it('a slot is held from the load to the license', async () => {
    const { b, phones } = scene(many(6), { maxUpgrading: 2 });
    let most = 0;
    const look = (): void => {
      const open = b.events.filter(({ event }) => event === 'intent').map(({ mac }) => mac);
      const ended = new Set(b.events.filter(({ event }) => event === 'outcome').map(({ mac }) => mac));
      most = Math.max(most, [...new Set(open)].filter((mac) => !ended.has(mac)).length);
    };
    b.context.notify = (event) => {
      b.events.push(event);
      look();
    };
    expect((await b.go()).totals.byOutcome).toEqual({ done: 6 });
    expect(most).toBe(2);
    expect(phones.every(({ asked }) => asked.length === 2)).toBe(true);
  });

  it.each([
    ['a load that is not taken', { after: 'stays' }],
    ['a license that is refused', { licensed: false }],
  ] as const)('a wave in which nothing is proven lets no other begin: %s', async (_, manner) => {
    const { b, phones } = scene(many(5, manner), { waves: parseWaves('1,100%') });
    const { totals } = await b.go();
    expect(totals.byOutcome).toEqual({ failed: 1, aborted: 4 });
    expect(phones.filter(({ asked }) => asked.length > 0)).toHaveLength(1);
  });

  it('a threshold counts failures of both halves', async () => {
    const manners = [{ after: 'download-fails' }, { licensed: false }, ...many(6)] as Partial<UcmManner>[];
    const { b } = scene(manners, { maxUpgrading: 1, thresholds: [parseThreshold('2')] });
    const { totals, run } = await b.go();
    expect(totals.byOutcome).toEqual({ failed: 2, aborted: 6 });
    expect(run.abortedBy).not.toBeNull();
  });
});

describe('a run that is paused', () => {
  it.each([0, 0.001, 1, 2.6, 4, 5.1, 5.6, 5.9, 7])(
    'after %d minutes names no load and sends no license meanwhile, and leaves no load twice',
    async (at) => {
      const { b, phones } = scene(many(4), { maxUpgrading: 2 });
      const pause = (b.context.pause = new PauseControl(b.clock));
      const span = { from: 0, to: 0 };
      void b.clock.wait(at * minute).then(() => {
        span.from = b.clock.now();
        pause.pause('somebody');
      });
      void b.clock.wait((at + 300) * minute).then(() => {
        span.to = b.clock.now();
        pause.continue('somebody');
      });
      expect((await b.go()).totals.byOutcome).toEqual({ done: 4 });
      const intents = b.events.filter(({ event }) => event === 'intent').map((event) => Date.parse(event.at));
      expect(intents).toHaveLength(8);
      expect(intents.filter((one) => one > span.from && one < span.to)).toEqual([]);
      expect(span.to).toBeLessThan(b.clock.now());
      expect(phones.every(({ asked }) => asked.length === 2)).toBe(true);
    },
  );
});

describe('a run that is stopped', () => {
  it.each([0, 0.001, 1, 2.6, 4, 5.1, 5.6, 5.9, 7])(
    'after %d minutes leaves no load twice, and each phone one outcome',
    async (at) => {
      const { b, phones } = scene(many(4), { maxUpgrading: 2 });
      b.clock.after(at * minute, () => b.stop.request('SIGINT'));
      const report = await b.go();
      expect(sumOf(report)).toBe(4);
      for (const [index, { outcome, touched, failure }] of report.phones.entries()) {
        const asked = phones[index]?.asked ?? [];
        if (!touched) expect([outcome, asked]).toEqual(['aborted', []]);
        else {
          expect(asked).toHaveLength(2);
          expect(['done', 'stopped-watching', 'stopped-between-steps']).toContain(failure?.code ?? outcome);
        }
      }
    },
  );
});

describe('a run that is stopped while a phone fails', () => {
  it('takes its load back all the same', async () => {
    const { b, phones } = scene([{ after: 'download-fails' }]);
    const { client } = b.context.ucm!;
    // As soon as the phone is told: it fails in the time that a stopped run still watches.
    b.context.ucm!.client = {
      ...client,
      apply: async (name) => {
        await client.apply(name);
        b.stop.request('SIGINT');
      },
    };
    const [report] = (await b.go()).phones;
    expect(report).toMatchObject({ outcome: 'failed', failure: { code: 'upgrade-failed' } });
    expect(phones[0]?.settings.ownLoad).toBeNull();
  });
});

describe('a store that fails between the intent and the change', () => {
  it('lets no change out, and ends the phone as one whose store failed', async () => {
    const memory = { ...noopMemory, intend: () => Promise.reject(new StoreError('store-full', 'the disk is full')) };
    const { b, phones } = scene(many(2), {}, { memory });
    const report = await b.go();
    expect(phones.flatMap(({ asked }) => asked)).toEqual([]);
    expect(report.phones.map(({ failure }) => failure?.code)).toEqual(['store-failed', 'store-failed']);
    expect(report.phones.every(({ touched }) => !touched)).toBe(true);
  });

  it('does not end a phone that was told before: it is watched as long as it takes', async () => {
    let intents = 0;
    const memory = {
      ...noopMemory,
      intend: () =>
        (intents += 1) > 1 ? Promise.reject(new StoreError('store-full', 'the disk is full')) : Promise.resolve(),
    };
    const { b, phones } = scene([{ change: 'lost-not-made' }], {}, { memory });
    const [report] = (await b.go()).phones;
    expect(report).toMatchObject({ outcome: 'unverified', failure: { code: 'stopped-watching' } });
    expect(phones[0]?.asked).toHaveLength(1);
  });
});
