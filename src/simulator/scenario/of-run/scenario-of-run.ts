import { parseIpv4 } from '../../../domain/network/ipv4.js';
import { parseMac } from '../../../domain/network/mac.js';
import type { PhoneReport, RunReport } from '../../../domain/report/report.js';
import { buildScenario, type DeviceGroup } from '../build.js';
import type { Scenario } from '../scenario.js';
import type { PhoneInUcm } from '../../ucm/spec.js';
import { loopbackAddresses } from './addresses.js';
import { deviceOf, type Unfit } from './device.js';
import { type Luck, type Misfortune, misfortuneOf, misfortunes } from './misfortune.js';

/** A phone of a run, and where it is simulated; without a device there, where it would be. */
export interface MappedPhone {
  phone: PhoneReport;
  /** In 127.0.0.0/8. */
  address: string;
}

/** A run's phones as a scenario. */
export interface ScenarioOfRun {
  scenario: Scenario;
  /** Those that are simulated, and those that did not answer, in the order of the report. */
  mapped: readonly MappedPhone[];
  /** How many did not answer then, and do not answer now. */
  dark: number;
  leftOut: ReadonlyMap<Unfit, number>;
  misfortunes: ReadonlyMap<Misfortune, number>;
}

/** What a run says of an address where nothing answered, or that it did not get to. */
const unseen: ReadonlySet<string> = new Set(['no-answer', 'aborted', 'deferred']);

/**
 * Simulates the phones of a run as it has left them, each with the fate that a rehearsal gives it. Where the run has Enterprise phones, or has
 * asked Unified CM, there is one that knows them.
 */
export function scenarioOfRun({ run, phones }: Pick<RunReport, 'run' | 'phones'>, luck: Luck): ScenarioOfRun {
  const addressOf = loopbackAddresses(phones.map(({ address }) => address));
  const inUcm = ucmOf(phones);
  const devices: DeviceGroup[] = [];
  const mapped: MappedPhone[] = [];
  const leftOut = new Map<Unfit, number>();
  const met = new Map<Misfortune, number>();
  const had = { macs: new Set<string>(), addresses: new Set<string>() };
  let dark = 0;
  for (const phone of phones) {
    const address = addressOf.get(phone.address) ?? phone.address;
    if (isDark(phone) && !had.addresses.has(address)) {
      had.addresses.add(address);
      dark += 1;
      mapped.push({ phone, address });
      continue;
    }
    const device = fitOf(phone, address, had);
    if (typeof device === 'string') {
      add(leftOut, device);
      continue;
    }
    mapped.push({ phone, address });
    had.addresses.add(address);
    const { mac } = device;
    if (mac === undefined) {
      devices.push(device);
      continue;
    }
    had.macs.add(mac);
    const misfortune = misfortuneOf(mac, luck);
    if (misfortune !== null) add(met, misfortune);
    devices.push({
      ...device,
      behavior: { ...device.behavior, ...(misfortune === null ? {} : misfortunes[misfortune]) },
      ...(inUcm ? { ucm: inUcm(phone, misfortune === 'page-off') } : {}),
    });
  }
  const draft = { name: `run ${run.id}`, subnet: '127.0.0.0/8', seed: luck.seed, phones: devices };
  const scenario = buildScenario({ ...draft, ...(inUcm ? { ucm: {} } : {}) });
  return { scenario, mapped, dark, leftOut, misfortunes: met };
}

function isDark({ family, outcome, address }: PhoneReport): boolean {
  // One that a list or Unified CM gave by its MAC alone, and that was not found, has no address at all.
  const hasAddress = parseIpv4(address) !== null || parseMac(address) === null;
  return family === null && unseen.has(outcome) && hasAddress;
}

interface Had {
  macs: ReadonlySet<string>;
  addresses: ReadonlySet<string>;
}

/** A device that no other one stands in the way of. */
function fitOf(phone: PhoneReport, address: string, { macs, addresses }: Had): DeviceGroup | Unfit {
  const device = deviceOf(phone, address);
  if (typeof device === 'string') return device;
  if (device.mac !== undefined && macs.has(device.mac)) return 'whose MAC address another one has';
  return addresses.has(address) ? 'whose address another one has' : device;
}

/** What phones are to Unified CM; `null`: there is none. Where the run has not asked it, it is taken to know them all. */
function ucmOf(
  phones: readonly PhoneReport[],
): ((phone: PhoneReport, isPageOff: boolean) => Partial<PhoneInUcm>) | null {
  const wasAsked = phones.some(({ ucm }) => ucm !== null && ucm !== undefined);
  if (!wasAsked && !phones.some(({ family }) => family === 'enterprise')) return null;
  return ({ ucm, family, productId, serial }, isPageOff) => {
    // Only its own page tells these.
    const isPageRead = productId !== null || serial !== null;
    const webAccess = (family === 'enterprise' && !isPageRead) || isPageOff ? 'off' : 'on';
    if (!ucm) return { known: !wasAsked, webAccess };
    return {
      webAccess,
      registers: ucm.registered !== 'no',
      description: ucm.description,
      ...(ucm.devicePool === null ? {} : { pool: ucm.devicePool }),
      ...(ucm.load === null ? {} : { load: ucm.load }),
    };
  };
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
