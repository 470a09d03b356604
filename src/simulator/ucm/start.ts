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
import { ControlCenter } from './services/control-center.js';
import { RisService } from './services/ris.js';
import { RisDevices } from './services/ris-devices.js';
import { SignIn } from './services/sign-in.js';
import type { UcmSpec } from './spec.js';
import type { SimulatedUcm } from './simulated-ucm.js';
import { UcmWeb } from './web.js';

/** How a cluster is started. */
export interface UcmOptions {
  /** 0 or absent: a free port. */
  port: number;
  filesPort: number;
  host: string;
  /** Where phones find a *Load Server* whose value names no port. */
  loadServerPort: number;
  logLimit: number;
  /** Called when a request was answered. */
  onRequest: ((entry: UcmLogEntry) => void) | undefined;
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
  const log = new UcmLog(options.logLimit, now, options.onRequest);
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
    isRegistered: (name) => {
      const record = database.named(name);
      return record !== undefined && registrar.of(record)?.status === 'Registered';
    },
  };
  const close = async (): Promise<void> => {
    await Promise.all([web.close(), served.close()]);
  };
  return { ucm, link: registrar, begin: (devices) => registrar.begin(devices), close };
}
