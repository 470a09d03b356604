import { afterEach, describe, expect, it } from '@jest/globals';
import { misfortunes } from '../../../src/simulator/scenario/of-run/misfortune.js';
import {
  type Behavior,
  buildScenario,
  type SimulatedPhone,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../../src/simulator/index.js';
import { ask } from '../support/client.js';
import { formOf, M2E_LOAD, phoneWith, toEnterprise } from '../support/lab.js';
import { ManualClock } from '../support/manual-clock.js';

let simulator: Simulator;
afterEach(() => simulator.close());

const clock = new ManualClock();
const asked: unknown[] = [];
/** A thousand simulated seconds for everything. */
const takes: NonNullable<SimulatorOptions['takes']> = ({ mac }, step) => {
  asked.push({ mac, ...step });
  return 1_000_000;
};

async function start(behavior: Partial<Behavior> = {}): Promise<SimulatedPhone> {
  asked.length = 0;
  const phones = [phoneWith(behavior)];
  const scenario = buildScenario({ name: 'pace', subnet: '127.77.8.0/24', seed: 7, phones });
  simulator = await startSimulator(scenario, { clock, takes });
  const [phone] = simulator.phones;
  if (phone === undefined) throw new RangeError('there is no phone');
  return phone;
}

const pass = (seconds: number): Promise<void> => clock.pass(simulator, seconds);

async function post(phone: SimulatedPhone, values: Record<string, string>): Promise<void> {
  const answered = await ask(simulator.httpPort, phone.address, phone.formPath(), {
    method: 'POST',
    body: formOf(phone, values),
  });
  expect(answered.status).toBe(200);
}

const license = () => ({
  'Transition Authorization Rule': `${simulator.files.url}/$MAU.lic`,
  'Transition Authorization Type': 'Classic',
});

describe('a phone that is told how long a step takes', () => {
  it('moves to Enterprise in just that time, part by part', async () => {
    const phone = await start();
    await post(phone, toEnterprise(simulator));
    const phases: [number, string][] = [];
    for (const at of [19, 21, 499, 501, 749, 751, 999, 1001]) {
      await pass(at - (phases.at(-1)?.[0] ?? 0));
      phases.push([at, phone.snapshot().phase]);
    }
    expect(phases).toEqual([
      [19, 'idle'],
      [21, 'downloading'],
      [499, 'downloading'],
      [501, 'writing'],
      [749, 'writing'],
      [751, 'rebooting'],
      [999, 'rebooting'],
      [1001, 'idle'],
    ]);
    expect(phone.kind).toBe('enterprise');
    expect(asked).toEqual([{ mac: '00CCFC123456', step: 'convert', model: '8841', load: M2E_LOAD }]);
  });

  it('says at its end that it failed', async () => {
    const phone = await start(misfortunes.failed);
    await post(phone, toEnterprise(simulator));
    await pass(999);
    expect(phone.snapshot()).toMatchObject({ phase: 'writing', upgradeStatus: 'Upgrade in progress' });
    await pass(2);
    expect(phone.snapshot()).toMatchObject({ phase: 'idle', kind: 'multiplatform', upgradeStatus: 'Upgrade failed' });
  });

  it('is gone from its restart on where it falls silent', async () => {
    const phone = await start(misfortunes.silent);
    await post(phone, toEnterprise(simulator));
    await pass(749);
    expect(phone.snapshot().online).toBe(true);
    await pass(100_000);
    expect(phone.snapshot()).toMatchObject({ phase: 'gone', online: false });
  });

  it('judges a license that comes alone at the end of it', async () => {
    const phone = await start();
    await post(phone, license());
    await pass(999);
    expect(phone.snapshot().authorizationRows).toEqual([]);
    await pass(2);
    expect(phone.snapshot()).toMatchObject({
      transitionAuthorizationType: 'Classic',
      authorizationRows: [expect.stringContaining('Authorization Succeeded.')],
    });
    expect(asked).toEqual([{ mac: '00CCFC123456', step: 'authorize', model: '8841', load: null }]);
  });

  it('refuses such a license where it is to fail, and is gone instead where it falls silent', async () => {
    const failing = await start(misfortunes.failed);
    await post(failing, license());
    await pass(1001);
    expect(failing.snapshot()).toMatchObject({
      phase: 'idle',
      transitionAuthorizationType: '',
      authorizationRows: [expect.stringContaining('Authorization Failed.')],
    });
    await simulator.close();
    const silent = await start(misfortunes.silent);
    await post(silent, license());
    await pass(1001);
    expect(silent.snapshot()).toMatchObject({ phase: 'gone', authorizationRows: [] });
  });
});
