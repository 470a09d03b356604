import type { Device } from '../../devices/device.js';
import { provision } from '../../devices/upgrade/provision.js';
import type { World } from '../../devices/world.js';
import { hashText } from '../../random.js';
import { hasWebAccess, type UcmDatabase, type UcmRecord } from '../database.js';
import type { UcmLink } from '../link.js';
import type { UcmSpec } from '../spec.js';
import { Conversion } from './conversion.js';
import type { Registration } from './registration.js';

/** How long before the start of the simulation phones registered, at most (ms). */
const LONGEST_BEFORE_MS = 30 * 86_400_000;

/** Which phones are registered, since when, and what they do when they are told to read their configuration. */
export class Registrar implements UcmLink {
  readonly #registrations = new Map<string, Registration>();
  readonly #conversion: Conversion;
  /** Counts starts, so that one that was overtaken by another has no effect. */
  readonly #starts = new Map<string, number>();

  constructor(
    private readonly spec: UcmSpec,
    private readonly database: UcmDatabase,
    private readonly world: World,
    /** Where the cluster serves its own files: without scheme, `127.0.0.1:6970`. */
    private readonly places: { own: string; ownTftp: string; loadServerPort: number },
  ) {
    this.#conversion = new Conversion(spec, database, world, places, (record) => this.of(record));
  }

  /** Registers every phone of the scenario that is an Enterprise phone at the start, and gives it its web access. */
  begin(devices: readonly Device[]): void {
    for (const device of devices) {
      const record = this.#recordOf(device);
      if (device.kind !== 'enterprise' || record === undefined) continue;
      device.state.webOn = hasWebAccess(record);
      const ago = hashText(`since ${device.mac}`) % LONGEST_BEFORE_MS;
      const registration = this.#register(record, device, this.world.time.now() - ago);
      if (device.spec.ucm?.registers === false) Object.assign(registration, { status: 'UnRegistered', reason: 13 });
    }
  }

  /** `undefined`: it has never registered, or has left and is not remembered. */
  of(record: UcmRecord): Registration | undefined {
    const found = this.#registrations.get(record.name);
    const device = this.deviceOf(record);
    // Off the network without a word: its keep-alives stopped.
    if (found?.status === 'Registered' && (device === undefined || device.state.phase === 'gone'))
      Object.assign(found, { status: 'UnRegistered', reason: 13, since: this.world.time.now() });
    return found;
  }

  /** The phone of that name on the network, registered or not. */
  deviceOf(record: UcmRecord): Device | undefined {
    const mac = /^SEP([0-9A-F]{12})$/.exec(record.name)?.[1];
    return mac === undefined ? undefined : this.world.deviceByMac(mac);
  }

  webAccessOf(device: Device): boolean | null {
    const record = this.#recordOf(device);
    return record === undefined ? null : hasWebAccess(record);
  }

  wentDown(device: Device): void {
    this.#startOf(device);
    const record = this.#recordOf(device);
    const found = record && this.#registrations.get(record.name);
    if (found?.status === 'Registered')
      Object.assign(found, { status: 'UnRegistered', reason: 8, since: this.world.time.now() });
  }

  cameUp(device: Device): void {
    const start = this.#startOf(device);
    const record = this.#recordOf(device);
    if (record === undefined) return;
    if (device.kind !== 'enterprise') {
      if (this.spec.flags.risLeftPhones === 'absent') this.#registrations.delete(record.name);
      // DHCP option 150 still leads it to the cluster's files, where a profile may wait for it.
      if (device.kind === 'transition') void provision(device, this.world, `http://${this.places.own}`);
      return;
    }
    if (device.spec.ucm?.registers === false) return;
    this.world.time.after(device.spec.ucm?.registersAfter ?? this.spec.flags.registersAfter, () => {
      const isUp = device.kind === 'enterprise' && device.state.phase !== 'rebooting' && device.state.phase !== 'gone';
      if (start !== this.#starts.get(device.mac) || !isUp) return;
      this.#register(record, device, this.world.time.now());
      this.#conversion.hasStarted(record, device);
    });
  }

  /** *Apply Config*, *Restart* or *Reset*: a phone that is registered does so, another hears nothing of it. */
  tell(record: UcmRecord, what: 'apply' | 'restart' | 'reset'): void {
    const device = this.deviceOf(record);
    if (device !== undefined && this.of(record)?.status === 'Registered') this.#conversion.tell(record, device, what);
  }

  #startOf(device: Device): number {
    const start = (this.#starts.get(device.mac) ?? 0) + 1;
    this.#starts.set(device.mac, start);
    return start;
  }

  #recordOf(device: Device): UcmRecord | undefined {
    return device.spec.kind === 'phone' ? this.database.named(`SEP${device.mac}`) : undefined;
  }

  #register(record: UcmRecord, device: Device, since: number): Registration {
    const before = this.#registrations.get(record.name);
    const load = device.spec.ucm?.shownLoad || device.state.load;
    const registration: Registration = {
      downloadServer: '',
      download: 'none',
      failure: '',
      ...before,
      ...{ status: 'Registered', reason: 0, since, node: hashText(record.name) % this.spec.nodes.length },
      activeLoad: load,
      inactiveLoad:
        before === undefined || before.activeLoad === load ? (before?.inactiveLoad ?? '') : before.activeLoad,
    };
    this.#registrations.set(record.name, registration);
    return registration;
  }
}
