import type { Behavior, DeviceGroup, ScenarioDraft, SimulatedPhone, Simulator } from '../../../src/simulator/index.js';
import { buildScenario, startSimulator } from '../../../src/simulator/index.js';
import type { Asked, Seen } from './client.js';
import { ask } from './client.js';
import { ManualClock } from './manual-clock.js';

/** A simulator with one phone in it, a clock that stands still, and a client. */
export interface Lab {
  simulator: Simulator;
  clock: ManualClock;
  phone: SimulatedPhone;
  /** Asks the phone at the address it has now. */
  get(path: string, asked?: Asked): Promise<Seen>;
  /** Posts values by label to the form, as a client that knows the names would. */
  post(values: Record<string, string>): Promise<Seen>;
  pass(seconds: number): Promise<void>;
  close(): Promise<void>;
}

export const M2E_LOAD = 'sip88xx.14-2-1-0101-26';
export const E2M_LOAD = 'sip88xx.12-0-3MPP0001-87';

/** Starts a lab. Jitter is off, so that durations are exact. */
export async function lab(device: DeviceGroup, more: Partial<ScenarioDraft> = {}): Promise<Lab> {
  const scenario = buildScenario({
    name: 'lab',
    subnet: '127.77.7.0/24',
    seed: 7,
    phones: [device],
    ...more,
    timing: { jitter: 0, ...more.timing },
  });
  const clock = new ManualClock();
  const simulator = await startSimulator(scenario, { clock });
  const [phone] = simulator.phones;
  if (phone === undefined) throw new RangeError('a lab needs a phone');
  const get = (path: string, asked: Asked = {}): Promise<Seen> =>
    ask(asked.secure === true ? simulator.httpsPort : simulator.httpPort, phone.address, path, asked);
  return {
    simulator,
    clock,
    phone,
    get,
    post: (values) => get(phone.formPath(), { method: 'POST', body: formOf(phone, values) }),
    pass: (seconds) => clock.pass(simulator, seconds),
    close: () => simulator.close(),
  };
}

/** A well-behaved 8841 that differs by these flags. */
export function phoneWith(behavior: Partial<Behavior> = {}, group: DeviceGroup = {}): DeviceGroup {
  return { model: '8841', load: E2M_LOAD, mac: '00CCFC123456', vid: 'V05', behavior, ...group };
}

/** The body of a post of these labels; throws for a label the page does not have. */
export function formOf(phone: SimulatedPhone, values: Record<string, string>): string {
  const pairs = Object.entries(values).map(([label, value]): [string, string] => {
    const name = phone.fieldName(label);
    if (name === null) throw new RangeError(`no field ${label}`);
    return [name, value];
  });
  return new URLSearchParams(pairs).toString();
}

/** The three values that send a phone to Enterprise. */
export function toEnterprise(simulator: Simulator, load = M2E_LOAD): Record<string, string> {
  return {
    'Upgrade Rule': `${simulator.files.url}/${load}.loads`,
    'Transition Authorization Rule': `${simulator.files.url}/$MAU_M2E.lic`,
    'Transition Authorization Type': 'Classic',
  };
}
