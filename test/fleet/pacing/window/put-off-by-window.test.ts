import { describe, expect, it } from '@jest/globals';
import { parseWindow } from '../../../../src/fleet/pacing/window/window.js';
import { unpaced } from '../../../../src/fleet/pacing/pacing.js';
import { storeMemory } from '../../../../src/fleet/memory/store-memory.js';
import type { RunMemory } from '../../../../src/fleet/memory/memory.js';
import type { Recorder } from '../../../../src/store/write/recorder.js';
import type { Deferral } from '../../../../src/store/store-rows.js';
import { useStore } from '../../../store/support/open-test-store.js';
import { newRun } from '../../../store/support/samples.js';
import { FakeClock } from '../../support/fake-clock.js';
import { bench, type Bench, mac, models, mpp, phone } from '../../support/fleet.js';

const minute = 60_000;
const at = (text: string): number => Date.parse(text);
const ofPhone = mac(1);

describe('a phone that is put off because of the window', () => {
  const on = useStore();

  interface Night {
    run: Bench;
    memory: RunMemory;
    recorder: Recorder;
  }

  /** A run at this instant, in which every step usually takes so long (ms). */
  async function night(now: string, usual: number, window: string, zone = 'UTC'): Promise<Night> {
    const clock = new FakeClock();
    await clock.pass(at(now) - clock.now());
    const { store } = on;
    const run = newRun(`run-${now}`);
    await store.beginRun(run);
    const recorder = store.recorder(run.summary.id, { onError: () => {} });
    const deferrals = new Map((await store.deferrals()).map(({ mac: of, ...deferral }) => [of, deferral]));
    const memory = storeMemory({
      ...{ recorder, profile: 'mpp-to-enterprise', models, clock, deferrals },
      random: () => 0.9,
      phoneLocks: null,
    });
    const made = bench({
      clock,
      memory,
      options: { pacing: { ...unpaced, window: parseWindow(window, zone) } },
    });
    made.context.usually = () => usual;
    made.network.places.set('10.0.0.1', { look: () => phone(mpp({ mac: ofPhone })) });
    return { run: made, memory, recorder };
  }

  /** The deferral that is left in the store. */
  async function putOff({ recorder }: Night): Promise<(Deferral & { mac: string }) | undefined> {
    await recorder.close();
    return (await on.store.deferrals())[0];
  }

  it.each([
    ['before it opens', '2026-01-15T12:00:00Z', 30, '22:00-05:00', 'UTC', '2026-01-15T22:00:00.000Z'],
    ['too late to finish', '2026-01-16T04:45:00Z', 30, '22:00-05:00', 'UTC', '2026-01-16T22:00:00.000Z'],
    ['over a weekend', '2026-01-17T12:00:00Z', 30, 'Mon-Fri 22:00-05:00', 'UTC', '2026-01-19T22:00:00.000Z'],
    // Clocks go from 02:00 to 03:00 on 29 March: that night is an hour short, and seven hours fit into the next one only.
    ['in a short night', '2026-03-28T12:00:00Z', 420, '22:00-05:00', 'Europe/Berlin', '2026-03-29T20:00:00.000Z'],
    [
      'on either side of the shift',
      '2026-03-28T05:00:00Z',
      30,
      '22:00-05:00',
      'Europe/Berlin',
      '2026-03-28T21:00:00.000Z',
    ],
    ['after the shift', '2026-03-29T05:00:00Z', 30, '22:00-05:00', 'Europe/Berlin', '2026-03-29T20:00:00.000Z'],
    ['when clocks go back', '2026-10-25T06:00:00Z', 30, '22:00-05:00', 'Europe/Berlin', '2026-10-25T21:00:00.000Z'],
  ])('%s is tried again when it next fits', async (_, now, minutes, window, zone, expected) => {
    const tonight = await night(now, minutes * minute, window, zone);
    const report = await tonight.run.go();
    expect(report.phones[0]).toMatchObject({
      outcome: 'deferred',
      touched: false,
      failure: { code: 'outside-window', message: expect.stringContaining(`next at ${expected}`) },
      nextAttemptAt: expected,
    });
    expect(tonight.run.network.asked('post')).toEqual([]);
    expect(await putOff(tonight)).toMatchObject({ mac: ofPhone, nextAttemptAt: expected, code: 'outside-window' });
  });

  it('has no attempt counted against it, so that its next wait for another reason is not a long one', async () => {
    const tonight = await night('2026-01-15T12:00:00Z', 30 * minute, '22:00-05:00');
    await tonight.run.go();
    expect((await putOff(tonight))?.attempts).toBe(0);
  });

  it('is judged by the window of the next run, not by that of the last', async () => {
    const first = await night('2026-01-15T12:00:00Z', 30 * minute, '22:00-05:00');
    await first.run.go();
    await putOff(first);
    const again = await night('2026-01-15T13:00:00Z', 30 * minute, '13:00-14:00');
    expect(again.memory.deferredUntil(ofPhone)).toBeNull();
    const sooner = await night('2026-01-15T14:00:00Z', 30 * minute, '15:00-16:00');
    expect((await sooner.run.go()).phones[0]).toMatchObject({
      failure: { code: 'outside-window' },
      nextAttemptAt: '2026-01-15T15:00:00.000Z',
    });
  });

  it('waits as for any other reason when no opening of the coming weeks is long enough', async () => {
    const tonight = await night('2026-01-15T12:00:00Z', 500 * minute, '22:00-05:00');
    const report = await tonight.run.go();
    expect(report.phones[0]?.failure?.message).toContain('it never fits');
    expect(await putOff(tonight)).toMatchObject({ attempts: 0, nextAttemptAt: expect.stringMatching(/T12:12:00/) });
  });

  it.each(['locked-elsewhere', 'lock-unavailable'] as const)(
    'as one that is %s is not put off for the next run',
    async (code) => {
      const tonight = await night('2026-01-15T12:00:00Z', 30 * minute, '10:00-15:00');
      expect(tonight.memory.defer(ofPhone, code, null)).toBeNull();
      expect(await putOff(tonight)).toBeUndefined();
      const next = await night('2026-01-15T12:01:00Z', 30 * minute, '10:00-15:00');
      expect(next.memory.deferredUntil(ofPhone)).toBeNull();
    },
  );

  it('is not started any more when the window closed while it was in a call', async () => {
    const tonight = await night('2026-01-16T04:25:00Z', 30 * minute, '22:00-05:00');
    let looks = 0;
    tonight.run.network.places.set('10.0.0.1', {
      look: () => phone(mpp({ mac: ofPhone, busy: (looks += 1) < 30 })),
    });
    const { phones } = await tonight.run.go();
    expect(phones[0]).toMatchObject({ outcome: 'deferred', failure: { code: 'outside-window' } });
    expect(tonight.run.network.asked('post')).toEqual([]);
  });
});
