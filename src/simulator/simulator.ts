import { addressToNumber, hostAddresses } from './addresses.js';
import { realClock, SimulatedTime } from './clock.js';
import { Device } from './devices/device.js';
import { recallPast } from './devices/upgrade/authorize.js';
import { provision } from './devices/upgrade/provision.js';
import type { World } from './devices/world.js';
import { fetchFile } from './files/fetch-file.js';
import { type FileServer, startFileServer } from './files/file-server.js';
import { parseLoad } from './firmware.js';
import { TemplateCache } from './markup/template.js';
import { mulberry32 } from './random.js';
import type { Scenario } from './scenario/scenario.js';
import type { Simulator, SimulatorOptions } from './types.js';
import type { UcmLink } from './ucm/link.js';
import { type RunningUcm, startUcm } from './ucm/start.js';
import { Verdict } from './devices/rules.js';
import { authority } from './web/certificate.js';
import { handle } from './web/handle.js';
import { RequestLog } from './web/request-log.js';
import { WebServer } from './web/server.js';

/**
 * Starts the simulated network of a scenario: one http and one https listener for all devices, told apart by the
 * local address, and a file server. Rejects when a port is taken; nothing is then left open.
 */
export async function startSimulator(scenario: Scenario, options: SimulatorOptions = {}): Promise<Simulator> {
  const ca = await manufacturingCas(scenario);
  const time = new SimulatedTime(options.clock ?? realClock, options.timeScale ?? 1);
  const licensedMacs = new Set(scenario.phones.map((spec) => spec.mac));
  const files = await startFileServer({
    port: options.filesPort ?? 0,
    files: scenario.files,
    licensedMacs,
    now: () => time.now(),
    wait: (ms) => time.sleep(ms / 1000),
  });
  const log = new RequestLog(options.logLimit ?? 100_000, options.onRequest);
  const network = new Network(scenario, time, files, licensedMacs, options);
  const web = new WebServer(
    (address) => network.at(address),
    (device, port, request, response) => handle(device, port, request, response, network, log),
  );
  let running: RunningUcm | null = null;
  const verdict = new Verdict(network.devices, () => running?.ucm.violations ?? []);
  const stop = async (): Promise<void> => {
    time.stop();
    await Promise.all([web.close(), files.close(), running?.close()]);
  };
  const close = async (): Promise<void> => {
    await stop();
    if (options.strict === true) verdict.assertOnce();
  };
  try {
    const host = options.listenHost ?? '0.0.0.0';
    network.httpPort = await web.listen('http', options.httpPort ?? 0, host);
    network.httpsPort = await web.listen('https', options.httpsPort ?? 0, host);
    running = await startUcmOf(scenario, network, licensedMacs, time, options, host);
    network.ucm = running?.link ?? null;
    running?.begin(network.devices);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    httpPort: network.httpPort,
    httpsPort: network.httpsPort,
    files,
    phones: network.devices,
    phoneByMac: (mac) => network.byMac(mac),
    provision: async (mac, server) => {
      const device = network.byMac(mac);
      if (device) await provision(device, network, server);
    },
    log: log.entries,
    ...(running === null ? {} : { ucm: running.ucm }),
    ca,
    assertNoViolations: () => verdict.assert(),
    quiet: () => network.quiet(),
    close,
  };
}

/** The Unified CM of a scenario, if it has one. */
async function startUcmOf(
  scenario: Scenario,
  network: Network,
  licensedMacs: ReadonlySet<string>,
  time: SimulatedTime,
  options: SimulatorOptions,
  host: string,
): Promise<RunningUcm | null> {
  if (scenario.ucm === undefined) return null;
  return startUcm(scenario.ucm, network, licensedMacs, time, {
    ...{ port: options.ucmPort ?? 0, filesPort: options.ucmFilesPort ?? 0, host },
    ...{
      loadServerPort: options.loadServerPort ?? Number(new URL(network.filesUrl).port),
      logLimit: options.logLimit ?? 100_000,
      onRequest: options.onUcmRequest,
    },
  });
}

/** The CAs of the kinds of TLS that a scenario has, one after the other. */
async function manufacturingCas({ phones }: Scenario): Promise<string> {
  const kinds = new Set(['modern' as const, ...phones.map(({ behavior }) => behavior.tls)]);
  const made = await Promise.all([...kinds].map(authority));
  return made.map(({ cert }) => cert).join('\n');
}

/** The devices, the address each has, and their surroundings. */
class Network implements World {
  readonly devices: Device[];
  readonly templates: TemplateCache;
  readonly scenario: Scenario;
  readonly time: SimulatedTime;
  readonly filesUrl: string;
  readonly strict: boolean;
  readonly knownPasswords: readonly string[];
  readonly takes: SimulatorOptions['takes'];
  readonly issued = new Map<string, string>();
  httpPort = 0;
  httpsPort = 0;
  ucm: UcmLink | null = null;
  readonly #byAddress: Map<string, Device>;
  readonly #byMac: Map<string, Device>;
  /** Shared with the file server: a phone that joins has a license too. */
  readonly #licensedMacs: Set<string>;
  readonly #fetches = new Set<Promise<unknown>>();

  constructor(
    scenario: Scenario,
    time: SimulatedTime,
    files: FileServer,
    licensedMacs: Set<string>,
    { strict = false, knownPasswords = [], shortPages = false, takes }: SimulatorOptions,
  ) {
    this.strict = strict;
    this.takes = takes;
    this.templates = new TemplateCache(shortPages);
    const passwords = scenario.phones.map(({ behavior }) => behavior.password);
    this.knownPasswords = [...new Set([...knownPasswords, ...passwords])];
    this.#licensedMacs = licensedMacs;
    this.scenario = scenario;
    this.time = time;
    this.filesUrl = files.url;
    this.devices = scenario.phones.map((spec) => new Device(spec, this));
    for (const device of this.devices) recallPast(device, this);
    this.#byAddress = new Map(this.devices.map((device) => [device.address, device]));
    this.#byMac = new Map(this.devices.map((device) => [device.mac, device]));
  }

  at(address: string): Device | undefined {
    return this.#byAddress.get(address);
  }

  byMac(mac: string): Device | undefined {
    return this.#byMac.get(mac);
  }

  deviceByMac(mac: string): Device | undefined {
    return this.#byMac.get(mac);
  }

  async fetchFile(device: Device, url: string): ReturnType<typeof fetchFile> {
    const version = parseLoad(device.state.load)?.version.join('.') ?? '0';
    // Whether an Enterprise phone says its MAC is not known: this one does not.
    const agent =
      device.kind === 'enterprise'
        ? `Cisco-CP-${device.model}/${version}`
        : `Cisco-CP-${device.model}-3PCC/${version} (${device.mac.toLowerCase()})`;
    const fetching = fetchFile(url, agent);
    this.#fetches.add(fetching);
    try {
      return await fetching;
    } finally {
      this.#fetches.delete(fetching);
    }
  }

  /** Waits until no phone is fetching a file and the effects of the last response have begun. */
  async quiet(): Promise<void> {
    do {
      await Promise.all(this.#fetches);
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#fetches.size > 0);
  }

  nextAddress(device: Device): string {
    const index = this.devices.indexOf(device);
    return this.devices[(index + 1) % this.devices.length]?.address ?? device.address;
  }

  moveAway(device: Device): void {
    const block = `${device.address.split('.').slice(0, 3).join('.')}.0/24`;
    const free = [...hostAddresses(block)].filter((address) => !this.#byAddress.has(address));
    // The next one up, or the first if there is none: like a DHCP server that assigns addresses in turn.
    const next = free.find((address) => addressToNumber(address) > addressToNumber(device.address)) ?? free[0];
    if (next === undefined) return;
    this.#byAddress.delete(device.address);
    device.address = next;
    this.#byAddress.set(next, device);
  }

  replace(device: Device): void {
    if (this.#byAddress.get(device.address) !== device) return;
    const other = device.twin ?? this.#twinOf(device);
    device.state.phase = 'gone';
    device.cutConnections();
    if (other.state.phase === 'gone') other.state.phase = 'idle';
    other.state.adminRead = false;
    this.#byAddress.set(device.address, other);
  }

  takeOver(device: Device, port: 'http' | 'https', remotePort: number | undefined): Device {
    const other = device.twin ?? this.#twinOf(device);
    for (const [socket, connection] of device.sockets) {
      if (connection.port !== port || connection.remotePort !== remotePort) continue;
      device.sockets.delete(socket);
      other.sockets.set(socket, connection);
      socket.once('close', () => other.sockets.delete(socket));
    }
    this.replace(device);
    return other;
  }

  #twinOf(device: Device): Device {
    const { spec } = device;
    const mac = otherMac(spec.mac, this.#byMac);
    const identitySwapped = spec.behavior.identitySwapped === 'each-time' ? 'each-time' : 'no';
    const behavior = { ...spec.behavior, identitySwapped } as const;
    const other = new Device({ ...spec, mac, serial: `${spec.serial.slice(0, 7)}SWAP`, behavior }, this);
    device.twin = other;
    other.twin = device;
    this.devices.push(other);
    this.#byMac.set(mac, other);
    this.#licensedMacs.add(mac);
    return other;
  }
}

/** A MAC of the same maker that no device has. */
function otherMac(mac: string, taken: ReadonlyMap<string, unknown>): string {
  const random = mulberry32(Number.parseInt(mac.slice(4), 16));
  for (;;) {
    const candidate =
      mac.slice(0, 6) +
      Math.floor(random() * 0x1000000)
        .toString(16)
        .toUpperCase()
        .padStart(6, '0');
    if (!taken.has(candidate)) return candidate;
  }
}
