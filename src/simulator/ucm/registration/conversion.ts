import type { Device } from '../../devices/device.js';
import { restart } from '../../devices/restart.js';
import { paceOf } from '../../devices/upgrade/pace.js';
import { upgrade } from '../../devices/upgrade/upgrade.js';
import type { World } from '../../devices/world.js';
import { hasWebAccess, type UcmDatabase, type UcmRecord, valueIn } from '../database.js';
import type { UcmSpec } from '../spec.js';
import type { Registration } from './registration.js';

/** Simulated seconds from the request until the phone has its new configuration. */
const TELLS_AFTER = 3;
/** How often a phone in a call looks whether it is over, in simulated seconds. */
const BUSY_LOOK = 5;

/** Where loads are fetched from. */
interface Places {
  own: string;
  ownTftp: string;
  loadServerPort: number;
}

/** What a phone does with a configuration that differs from what it is. */
export class Conversion {
  /** The load that a phone tried last, by name: a start by itself does not try it again. */
  readonly #tried = new Map<string, string>();
  readonly #busy = new Set<string>();
  /** Those that were told again meanwhile, and whether to restart. */
  readonly #again = new Map<string, boolean>();

  constructor(
    private readonly spec: UcmSpec,
    private readonly database: UcmDatabase,
    private readonly world: World,
    private readonly places: Places,
    private readonly registrationOf: (record: UcmRecord) => Registration | undefined,
  ) {}

  /** The phone is told to do so; one that is taking a load reads its configuration again after that. */
  tell(record: UcmRecord, device: Device, what: 'apply' | 'restart' | 'reset'): void {
    this.#tried.delete(record.name);
    void this.world.time.sleep(TELLS_AFTER).then(() => this.#take(record, device, what !== 'apply'));
  }

  /** The phone has started and registered. */
  hasStarted(record: UcmRecord, device: Device): void {
    void this.#take(record, device, false);
  }

  async #take(record: UcmRecord, device: Device, mustRestart: boolean): Promise<void> {
    if (this.#busy.has(record.name)) {
      this.#again.set(record.name, mustRestart || this.#again.get(record.name) === true);
      return;
    }
    this.#busy.add(record.name);
    for (let next: boolean | undefined = mustRestart; next !== undefined; next = this.#again.get(record.name)) {
      this.#again.delete(record.name);
      await this.#takeOnce(record, device, next);
    }
    this.#busy.delete(record.name);
  }

  async #takeOnce(record: UcmRecord, device: Device, mustRestart: boolean): Promise<void> {
    const { state } = device;
    const isReady = (): boolean => device.kind === 'enterprise' && state.phase === 'idle';
    // What it has to do is settled when the call is over: the load may have been put back until then.
    while (isReady() && device.isBusy() && (mustRestart || this.#differs(record, device)))
      await this.world.time.sleep(BUSY_LOOK);
    if (!isReady()) return;
    const wanted = this.#wantedLoad(record, device);
    if (wanted !== null) {
      this.#tried.set(record.name, wanted);
      if (await this.#fetch(record, device, wanted)) return;
    }
    await this.#takeWebAccess(record, device, mustRestart);
  }

  #differs(record: UcmRecord, device: Device): boolean {
    return this.#wantedLoad(record, device) !== null || device.state.webOn !== hasWebAccess(record);
  }

  /** The load it has to fetch; `null`: none. */
  #wantedLoad(record: UcmRecord, device: Device): string | null {
    const wanted = this.database.loadOf(record);
    const isNew = wanted !== '' && wanted !== device.state.load && this.#tried.get(record.name) !== wanted;
    return isNew ? wanted : null;
  }

  /** Returns whether the phone has restarted. */
  async #fetch(record: UcmRecord, device: Device, wanted: string): Promise<boolean> {
    const { state } = device;
    const before = state.reboots;
    const url = await this.#urlOf(record, device, wanted);
    const registration = this.registrationOf(record);
    if (registration !== undefined)
      Object.assign(registration, { download: 'none', failure: '', downloadServer: new URL(url).hostname });
    state.failure = '';
    await upgrade(device, this.world, url, paceOf(device, this.world, url, 'load'));
    const after = this.registrationOf(record);
    // One that has left cannot say how it went.
    const download = state.failure !== '' ? 'failed' : device.kind === 'enterprise' ? 'successful' : 'none';
    if (after !== undefined) Object.assign(after, { download, failure: state.failure });
    return state.reboots > before;
  }

  /** HTTP first, and TFTP where nobody answers to it (docs/knowledge/file-server.md). */
  async #urlOf(record: UcmRecord, device: Device, load: string): Promise<string> {
    const { loadServerElement, loadServerHonored } = this.spec.flags;
    const server = loadServerHonored ? valueIn(record.vendorConfig, loadServerElement) : '';
    const host = server === '' || /:\d+$/.test(server) ? server : `${server}:${this.places.loadServerPort}`;
    const http = `http://${host || this.places.own}/${encodeURIComponent(load)}.loads`;
    const tftp = `tftp://${host || this.places.ownTftp}/${encodeURIComponent(load)}.loads`;
    if (!URL.canParse(http)) return `http://127.0.0.1:1/${encodeURIComponent(load)}.loads`;
    const { status } = await this.world.fetchFile(device, http);
    return status === 0 ? tftp : http;
  }

  async #takeWebAccess(record: UcmRecord, device: Device, mustRestart: boolean): Promise<void> {
    const { state } = device;
    const differs = state.webOn !== hasWebAccess(record);
    if (!mustRestart && !(differs && this.spec.flags.webAccessNeedsRestart)) {
      state.webOn = hasWebAccess(record);
      return;
    }
    await restart(device, this.world, this.world.scenario.timing.shortReboot, 'Reset-Reset');
    state.webOn = hasWebAccess(record);
  }
}
