import { systemClock } from '../../../src/conduct/system-clock.js';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import { createPhones, type PhonesOptions } from '../../../src/phones/create-phones.js';
import type { Depth, Look, Phones } from '../../../src/phones/phones.js';
import {
  buildScenario,
  type DeviceGroup,
  type ScenarioDraft,
  type SimulatedPhone,
  type Simulator,
  startSimulator,
} from '../../../src/simulator/index.js';
import { ManualClock } from '../../simulator/support/manual-clock.js';
import { enterprise, multiplatform } from '../../support/pages/phone-profiles.js';

/** Simulated phones, and ours to talk to them with. The phones' time stands still; ours does not, but settles at once. */
export interface Network {
  simulator: Simulator;
  /** The phones' clock. */
  clock: ManualClock;
  phones: Phones;
  /** The simulated phone of that number, in the order given. */
  phone(index?: number): SimulatedPhone;
  look(index?: number, depth?: Depth): Promise<Look>;
  /** Everything asked of a phone, as `GET /path`. */
  asked(index?: number): string[];
  /** What was done to any phone that should not be. */
  violations(): string[];
  close(): Promise<void>;
}

export async function network(
  groups: readonly DeviceGroup[],
  options: Partial<PhonesOptions> = {},
  draft: Partial<ScenarioDraft> = {},
): Promise<Network> {
  const scenario = buildScenario({ name: 'phones', subnet: '127.81.4.0/24', seed: 81, phones: groups, ...draft });
  const clock = new ManualClock();
  const simulator = await startSimulator(scenario, { clock });
  const phones = createPhones({
    profiles: { multiplatform, enterprise },
    clock: systemClock,
    scheme: 'auto',
    httpPort: simulator.httpPort,
    httpsPort: simulator.httpsPort,
    tls: { ca: [], insecure: true },
    timeoutMs: 5_000,
    settleMs: 1,
    userAgent: 'fleet-migrate/test',
    ...options,
  });
  const phone = (index = 0): SimulatedPhone => {
    const found = simulator.phones[index];
    if (!found) throw new RangeError(`there is no phone ${index}`);
    return found;
  };
  return {
    simulator,
    clock,
    phones,
    phone,
    look: (index, depth: Depth = 'settings') => phones.visit(phone(index).address, (visit) => visit.look(depth)),
    asked: (index) => phone(index).requests.map(({ method, path }) => `${method} ${path}`),
    violations: () => simulator.phones.flatMap(({ name, violations }) => violations.map((text) => `${name}: ${text}`)),
    close: () => simulator.close(),
  };
}

/** The facts of a look that showed a phone. */
export function factsOf(look: Look): PhoneFacts {
  if (look.kind !== 'phone') throw new Error(`not a phone: ${JSON.stringify(look)}`);
  return look.facts;
}

/** A look in short: the family, or the failure's code, or what it is instead. */
export function inShort(look: Look): string {
  switch (look.kind) {
    case 'phone':
      return look.facts.family + (look.facts.settingsProblem ? ` (${look.facts.settingsProblem.code})` : '');
    case 'unreadable':
      return look.failure.code;
    case 'not-a-phone':
      return look.kind;
  }
}

export const MPP = 'sip88xx.12-0-3MPP0001-87';
export const ENTERPRISE = 'sip88xx.14-2-1-0101-26';
