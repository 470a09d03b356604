import { describe, expect, it } from '@jest/globals';
import { phoneDate, SimulatedTime } from '../../src/simulator/clock.js';
import { startSimulator } from '../../src/simulator/index.js';
import { ask } from './support/client.js';
import { formOf, phoneWith, toEnterprise } from './support/lab.js';
import { buildScenario } from '../../src/simulator/index.js';

describe('simulated time', () => {
  it('passes so many times as fast as the clock below, from the same start', () => {
    let now = 1000;
    const calls: number[] = [];
    const clock = { now: () => now, after: (ms: number) => (calls.push(ms), () => undefined) };
    const time = new SimulatedTime(clock, 60);
    expect(time.now()).toBe(1000);
    now = 2000;
    expect(time.now()).toBe(61_000);
    expect(time.elapsed()).toBe(60);
    time.after(90, () => undefined);
    expect(calls).toEqual([1500]);
  });

  it('drops what waits when it stops', () => {
    let cancelled = 0;
    const time = new SimulatedTime({ now: () => 0, after: () => () => void (cancelled += 1) }, 1);
    time.after(1, () => undefined);
    time.after(2, () => undefined);
    time.stop();
    expect(cancelled).toBe(2);
    time.after(3, () => undefined);
    time.stop();
    expect(cancelled).toBe(2);
  });

  it('is written as phones write it', () => {
    expect(phoneDate(Date.UTC(2024, 0, 2, 3, 4, 5))).toBe('01/02/2024 03:04:05');
  });

  it('lets a whole conversion pass in well under a second on the real clock', async () => {
    const scenario = buildScenario({ name: 'fast', subnet: '127.88.1.0/24', seed: 1, phones: [phoneWith()] });
    const simulator = await startSimulator(scenario, { timeScale: 3600 });
    const [phone] = simulator.phones;
    if (phone === undefined) throw new RangeError('no phone');
    const body = formOf(phone, toEnterprise(simulator));
    await ask(simulator.httpPort, phone.address, phone.formPath(), { method: 'POST', body });
    while (phone.kind !== 'enterprise') await new Promise((resolve) => setImmediate(resolve));
    expect(phone.snapshot()).toMatchObject({ kind: 'enterprise', upgrades: 1 });
    await simulator.close();
  });
});
