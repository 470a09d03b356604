import { systemClock } from '../../../src/conduct/system-clock.js';
import { type MeetOptions, meetPhone } from '../../../src/contact/meet/meet-phone.js';
import type { Encounter } from '../../../src/contact/meet/encounter.js';
import { describeEncounter } from '../../../src/contact/probe/describe.js';
import type { ProbeReport } from '../../../src/contact/probe/probe-report.js';
import {
  buildScenario,
  type DeviceGroup,
  type Scenario,
  type SimulatedPhone,
  type Simulator,
  startSimulator,
} from '../../../src/simulator/index.js';
import { enterprise, multiplatform } from '../../support/pages/phone-profiles.js';

export const profiles = { multiplatform, enterprise };

/** Simulated phones, and one look at each. */
export interface Encounters {
  simulator: Simulator;
  phone(name: string): SimulatedPhone;
  meet(name: string, options?: Partial<MeetOptions> & { further?: boolean }): Promise<Encounter>;
  probe(name: string, options?: Partial<MeetOptions>): Promise<ProbeReport>;
  close(): Promise<void>;
}

/** Starts these phones with short pages. Strict: `close` rejects where a phone was treated as none should be. */
export function startPhones(phones: readonly DeviceGroup[]): Promise<Encounters> {
  return startScenario(buildScenario({ name: 'contact', subnet: '127.91.4.0/24', seed: 91, phones }));
}

export async function startScenario(scenario: Scenario): Promise<Encounters> {
  const simulator = await startSimulator(scenario, { shortPages: true, strict: true });
  const phone = (name: string): SimulatedPhone => {
    const found = simulator.phones.find((one) => one.name === name);
    if (!found) throw new RangeError(`no phone is called ${name}`);
    return found;
  };
  const meet: Encounters['meet'] = (name, { further = false, ...options } = {}) =>
    meetPhone(phone(name).address, { ...reach(simulator), ...options }, { further });
  return {
    simulator,
    phone,
    meet,
    probe: async (name, options) => describeEncounter(await meet(name, options), profiles, '0.0.0'),
    close: () => simulator.close(),
  };
}

function reach({ httpPort, httpsPort }: Simulator): MeetOptions {
  return {
    profiles,
    clock: systemClock,
    scheme: 'auto',
    httpPort,
    httpsPort,
    tls: { ca: [], insecure: true },
    timeoutMs: 5_000,
    userAgent: 'fleet-migrate/test',
  };
}

/** Signs in as `admin`. */
export function withPassword(password: string): Partial<MeetOptions> {
  return { credentialsFor: () => [{ username: 'admin', password: () => password }] };
}
