import type { Clock } from '../domain/ports/clock.js';
import type { Log } from '../domain/ports/log.js';
import type { UcmKnowledge } from '../domain/unified-cm/knowledge.js';
import { type TlsSettings, trustingFetch } from '../transport/connection/trust.js';
import { Axl } from './axl/axl.js';
import { listNodes, type UcmNode } from './axl/nodes.js';
import { listPhones } from './axl/phones.js';
import { readRights } from './axl/rights.js';
import { applyPhone, changeSettings, proveWrite, readSettings } from './axl/settings.js';
import { discoverVersion, type UcmVersion } from './axl/version.js';
import { SlidingRate } from './ris/rate.js';
import { readRegistrations } from './ris/registrations.js';
import { controlCenterPath, restartTftp, tftpState } from './services/control-center.js';
import { type SoapContext, SoapService } from './soap/service.js';
import { type Ucm, UcmError, type UcmService } from './ucm.js';

export interface UcmOptions {
  /** The publisher: a name or an IPv4 address. */
  host: string;
  /** Of AXL, RisPort and the Control Center, on every node. */
  port: number;
  username: string;
  /** In no message and no log. */
  password: string;
  tls: TlsSettings;
  /** For one request as a whole (ms). */
  timeoutMs: number;
  /** For one request that Unified CM holds back, all its waits together (ms). Absent: five minutes. */
  patienceMs?: number;
  clock: Clock;
  log: Log;
  knowledge: UcmKnowledge;
  /** Absent: Node's own, with the trust of `tls`. */
  fetch?: typeof fetch;
}

const patienceMs = 5 * 60_000;
const minuteMs = 60_000;

/** A client of one cluster. Nothing is contacted before the first call of a method. @throws UcmError for a host that cannot be one */
export function createUcm(options: UcmOptions): Ucm {
  const { clock, log, knowledge, username, timeoutMs } = options;
  const base = addressOf(options.host, options.port);
  const context: SoapContext = {
    clock,
    log,
    knowledge,
    timeoutMs,
    patienceMs: options.patienceMs ?? patienceMs,
    fetch: options.fetch ?? trustingFetch(options.tls),
    login: { username, password: options.password, isAccepted: false, first: Promise.resolve(), refused: null },
  };
  const version = once(() => discoverVersion(base, context));
  const axlService = new SoapService(new URL('/axl/', base), { keepsSession: true }, context);
  const axl = new Axl(axlService, async () => (await version()).schema);
  const { requestsPerMinute } = knowledge.realTime;
  const rate = new SlidingRate({ requests: requestsPerMinute, spanMs: minuteMs }, clock);
  const risUrl = new URL('/realtimeservice2/services/RISService70', base);
  const longest = { devices: 0 };
  const ris = new SoapService(risUrl, { keepsSession: false, turn: () => rate.turn() }, context);
  const controlCenter = ({ name, isPublisher }: UcmNode): Parameters<typeof tftpState>[0] => {
    // A node controls its own services only. The publisher is there where it was found to be.
    const url = new URL(controlCenterPath, isPublisher ? base : addressOf(name, options.port));
    return { service: new SoapService(url, { keepsSession: false }, context), knowledge, clock };
  };
  const serviceOf = async (node: UcmNode): Promise<UcmService | null> => {
    const { name } = knowledge.tftpService;
    try {
      const state = await tftpState(controlCenter(node));
      return state && { node: node.name, name, ...state };
    } catch (error) {
      if (!(error instanceof UcmError) || node.isPublisher || error.code === 'ucm-login-refused') throw error;
      log.warn('A node of Unified CM did not say whether it serves files', { node: node.name, reason: error.message });
      return { node: node.name, name, status: null, startedAt: null };
    }
  };
  return {
    version: async () => (await version()).shown,
    rights: () => readRights(axl, username, knowledge),
    proveWrite: () => proveWrite(axl, knowledge),
    phones: () => listPhones(axl, knowledge, log),
    registrations: (names) => readRegistrations(names, { service: ris, knowledge, log, longest }),
    settings: (name) => readSettings(axl, name, knowledge),
    change: (name, change) => changeSettings(axl, name, change, knowledge),
    apply: (name) => applyPhone(axl, name, knowledge),
    tftpServices: async () => {
      const found = await Promise.all((await listNodes(axl, knowledge)).map(serviceOf));
      return found.filter((service) => service !== null);
    },
    restartTftp: async (name) => {
      const nodes = await listNodes(axl, knowledge);
      const node = nodes.find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (node) return restartTftp(controlCenter(node), node.name);
      const names = nodes.map((one) => one.name).join(', ');
      throw new UcmError('ucm-refused', `The cluster has no node of that name; its nodes are ${names}.`, true);
    },
  };
}

/** @throws UcmError for what is neither a name nor an address; nothing of it is shown, since it may hold a password */
function addressOf(host: string, port: number): URL {
  const isHost =
    /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})$/.test(host) && Number.isInteger(port) && port > 0 && port < 65_536;
  if (isHost && URL.canParse(`https://${host}:${port}/`)) return new URL(`https://${host}:${port}/`);
  throw new UcmError(
    'ucm-unreachable',
    'The address of a server of Unified CM is neither a host name nor an IPv4 address.',
    true,
  );
}

/** Shares one call among all, also later; one that failed is made anew. */
function once(call: () => Promise<UcmVersion>): () => Promise<UcmVersion> {
  let made: Promise<UcmVersion> | null = null;
  return () => {
    made ??= call().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}
