import type { SimulatedTime } from '../clock.js';
import type { Device } from '../devices/device.js';
import type { World } from '../devices/world.js';
import { authority, clusterCertificate } from '../web/certificate.js';
import { AxlService } from './axl/service.js';
import { UcmDatabase } from './database.js';
import { serveFiles } from './files/serve-files.js';
import { UcmFiles } from './files/ucm-files.js';
import type { UcmLink } from './link.js';
import { UcmLog, type UcmLogEntry } from './log.js';
import { Registrar } from './registration/registrar.js';
import type { Registration } from './registration/registration.js';
import { ControlCenter } from './services/control-center.js';
import { RisService } from './services/ris.js';
import { RisDevices } from './services/ris-devices.js';
import { SignIn } from './services/sign-in.js';
import type { UcmSpec } from './spec.js';
import { UcmWeb } from './web.js';

/** A running Unified CM cluster, as tests and commands see it. */
export interface SimulatedUcm {
  /** The publisher's address. */
  readonly host: string;
  /** AXL, RisPort, Control Center and `/cucm-uds/version`, over https, of every node. */
  readonly port: number;
  /** The cluster's own files over http and https. */
  readonly filesPort: number;
  /** The same over TFTP. */
  readonly tftpPort: number;
  readonly username: string;
  readonly password: string;
  /** PEM of the CA that signed the certificate of a scenario whose flag `certificate` is `good`. */
  readonly ca: string;
  /** The newest requests, files and TFTP included. */
  readonly requests: readonly UcmLogEntry[];
  /** Rules of the interfaces that a client broke, one phrase each. */
  readonly violations: readonly string[];
  /** How often the TFTP service of any node was restarted. */
  restartsOfTftp(): number;
  /** Puts a file on all nodes, as a person does; it is served when the flags and a restart allow it. */
  put(name: string, body: Buffer | string): void;
  remove(name: string): void;
  /** What the database has of a device now. `ownLoad` null: its model's default. `undefined`: there is no such device. */
  settingsOf(name: string): UcmSettingsSnapshot | undefined;
  /** What the cluster remembers of its registration; `undefined`: nothing. */
  registrationOf(name: string): Readonly<Registration> | undefined;
}

/** A device's settings at one moment. */
interface UcmSettingsSnapshot {
  ownLoad: string | null;
  /** The load in force. */
  load: string;
  /** Byte for byte. */
  vendorConfig: string;
  pool: string;
  description: string;
}

/** How a cluster is started. */
export interface UcmOptions {
  /** 0 or absent: a free port. */
  port: number;
  filesPort: number;
  host: string;
  /** Where phones find a *Load Server* whose value names no port. */
  loadServerPort: number;
  logLimit: number;
}

/** A cluster and what ends it. */
export interface RunningUcm {
  ucm: SimulatedUcm;
  link: UcmLink;
  /** Registers the phones that are there at the start. */
  begin(devices: readonly Device[]): void;
  close(): Promise<void>;
}

/** Starts the cluster of a scenario. Rejects when a port is taken; nothing is then left open. */
export async function startUcm(
  spec: UcmSpec,
  world: World,
  licensedMacs: ReadonlySet<string>,
  time: SimulatedTime,
  options: UcmOptions,
): Promise<RunningUcm> {
  const now = (): number => time.now();
  const log = new UcmLog(options.logLimit, now);
  const database = new UcmDatabase(spec, world.scenario.phones);
  const files = new UcmFiles(spec, database, licensedMacs, time);
  const addresses = spec.nodes.map(({ name }) => name);
  const certificate = await clusterCertificate(spec.flags.certificate, addresses);
  const nodeAt = (address: string): number => Math.max(0, addresses.indexOf(address.replace(/^::ffff:/, '')));
  const served = await serveFiles(spec, files, certificate, {
    ...{ port: options.filesPort, host: options.host, nodeAt, log },
  });
  const tftpNode = addresses[spec.nodes.findIndex(({ tftp }) => tftp)] ?? '127.0.0.1';
  const places = {
    own: `${tftpNode}:${served.port}`,
    ownTftp: `127.0.0.1:${served.tftpPort}`,
    loadServerPort: options.loadServerPort,
  };
  const registrar = new Registrar(spec, database, world, places);
  const axl = new AxlService(spec, { database, registrar });
  const ris = new RisService(spec, new RisDevices(spec, database, registrar, world), time);
  const control = new ControlCenter(spec, files, time);
  const web = new UcmWeb(
    spec,
    new Map([
      ['/axl', { name: 'axl', handle: (request) => axl.handle(request) }],
      ['/realtimeservice2/services/RISService70', { name: 'ris', handle: (request) => ris.handle(request) }],
      [
        '/controlcenterservice2/services/ControlCenterServices',
        { name: 'control-center', handle: (request) => control.handle(request) },
      ],
    ]),
    new SignIn(spec, now),
    log,
    certificate,
    nodeAt,
  );
  let port: number;
  try {
    port = await web.listen(options.port, options.host);
  } catch (error) {
    await served.close();
    throw error;
  }
  const ucm: SimulatedUcm = {
    ...{ host: addresses[0] ?? '127.0.0.1', port, filesPort: served.port, tftpPort: served.tftpPort },
    ...{ username: spec.username, password: spec.password, ca: (await authority('modern')).cert },
    ...{ requests: log.entries, violations: log.violations },
    restartsOfTftp: () => files.restarts,
    put: (name, body) => files.put(name, body),
    remove: (name) => files.remove(name),
    settingsOf: (name) => {
      const record = database.named(name);
      if (record === undefined) return undefined;
      const { ownLoad, vendorConfig, pool, description } = record;
      return { ownLoad, load: database.loadOf(record), vendorConfig, pool, description };
    },
    registrationOf: (name) => {
      const record = database.named(name);
      return record && registrar.of(record);
    },
  };
  const close = async (): Promise<void> => {
    await Promise.all([web.close(), served.close()]);
  };
  return { ucm, link: registrar, begin: (devices) => registrar.begin(devices), close };
}
