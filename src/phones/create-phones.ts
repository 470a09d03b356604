import type { Clock } from '../domain/ports/clock.js';
import { silentLog } from '../domain/ports/log.js';
import type { PhoneProfiles } from '../domain/phone/page-profile.js';
import { noTraffic, type Traffic } from '../domain/phone/traffic.js';
import type { SettingsOffers } from '../domain/ports/settings-offer.js';
import { usualWriteMethods, type WriteMethod } from '../domain/plan/write-methods.js';
import type { TlsSettings } from '../transport/connection/trust.js';
import type { Endpoint } from '../transport/connection/endpoint.js';
import { loadParser } from '../transport/connection/open-client.js';
import { limitsFor } from '../transport/session/limits.js';
import { LiveClock } from '../transport/session/live-clock.js';
import { LocalSockets } from '../transport/connection/local-sockets.js';
import { PageMemory } from '../transport/body/page-memory.js';
import { probe, type ProbeResult } from '../transport/session/probe.js';
import { unknownPeer } from '../transport/connection/peer.js';
import type { OnExchange } from '../transport/session/exchange.js';
import { HttpSession, type PhoneSession, type SessionOptions } from '../transport/session/session.js';
import { heldToCertificate, namedMacOf, withAccessNotes } from './access/certificate.js';
import { foreignAnswers } from './access/foreign.js';
import { FormSession } from './access/form-session.js';
import { settingFirstPasswords } from './access/initial-password.js';
import { createIdentify, type Identify } from './identify.js';
import type { AdminView } from './multiplatform/admin-view.js';
import type { Phones, Visit } from './phones.js';
import { type Access, SignIns, type SignInsOptions } from './access/sign-ins.js';
import { statusWords } from '../pages/admin/status-meanings.js';
import { KnownEndpoints } from './known-endpoints.js';
import { AddressLock } from './access/address-lock.js';
import { PhoneVisit } from './visit.js';
import { kindOfPhone, RunMethodMemory, type MethodMemory } from './method-memory.js';

export { LiveClock, LocalSockets };

/** How the phones of this network are reached. */
export interface PhonesOptions extends SignInsOptions {
  profiles: PhoneProfiles;
  clock: Clock;
  /** For phones' deadlines: connect, response, session. Absent: `clock`. */
  deadlines?: Clock;
  /** The sockets of this machine, shared with everything else that connects. Absent: not shared. */
  sockets?: LocalSockets;
  scheme: 'auto' | 'http' | 'https';
  httpPort: number;
  httpsPort: number;
  tls: TlsSettings;
  /** Connect timeout; every other bound follows from it. Milliseconds. */
  timeoutMs: number;
  /** Between a post and reading back. Milliseconds. */
  settleMs: number;
  userAgent: string;
  /** Sets the first passwords of phones that show nothing without them, from their credentials. Absent: no. */
  setInitialPassword?: boolean;
  /** Allowed write methods. Absent: only the page's own form. */
  writeMethods?: readonly WriteMethod[];
  /** Which write methods phones need, and whether a `Referer`, as learned. Absent: learned anew. */
  memory?: MethodMemory | undefined;
  /** Serves settings to phones that are told to fetch them. */
  offers?: SettingsOffers | null;
  /** Sees everything that is said, for a look at one phone. Absent: nobody does. */
  watcher?: Watcher | null;
}

/** Who sees what is said to a phone and what its pages hold. */
export interface Watcher {
  onExchange: OnExchange;
  /** Comes between a visit and its session: called for each session that is opened. */
  session(session: PhoneSession): PhoneSession;
  /** The admin page of the latest look, with its form; `null` where none was read. */
  view(view: AdminView | null): void;
}

/** The endpoints to try, in order: plain http first, because a phone that wants TLS redirects there. */
export function endpointsFor({
  scheme,
  httpPort,
  httpsPort,
}: Pick<PhonesOptions, 'scheme' | 'httpPort' | 'httpsPort'>): Endpoint[] {
  const http: Endpoint = { scheme: 'http', port: httpPort };
  const https: Endpoint = { scheme: 'https', port: httpsPort };
  return scheme === 'auto' ? [http, https] : [scheme === 'http' ? http : https];
}

/** How much longer a phone may take that was silent once: answers after 8 s have been seen. */
const patience = 3;

/** The phones of a network over real sockets. */
export function createPhones(options: PhonesOptions): Phones {
  const { profiles, clock, timeoutMs, settleMs, tls, userAgent } = options;
  const endpoints = endpointsFor(options);
  const known = new KnownEndpoints(endpoints);
  const { memory = new RunMethodMemory(), writeMethods: methods = usualWriteMethods, offers = null } = options;
  const { watcher = null } = options;
  const { deadlines = clock } = options;
  const { sockets = new LocalSockets(deadlines) } = options;
  const limits = limitsFor(timeoutMs);
  const pageMemory = new PageMemory();
  loadParser();
  const turns = new AddressLock();
  const signIns = new SignIns(options, clock);
  const isForeign = foreignAnswers(profiles);
  const namedMac = namedMacOf(profiles.multiplatform);
  const identify = identifying();

  const ask = (address: string, patiently = false): Promise<ProbeResult> =>
    probe(address, known.for(address), timeoutMs * (patiently ? patience : 1), deadlines, sockets);

  return {
    words: statusWords(profiles.multiplatform),
    learned: ({ productId, softwareVersion }, method) => {
      if (productId !== null) memory.worked(kindOfPhone(productId, softwareVersion), method);
    },
    async probe(address, patiently) {
      const end = await turns.take(address);
      try {
        const answer = await ask(address, patiently);
        turns.attachTo(answer, end);
        return answer;
      } catch (error) {
        end();
        throw error;
      }
    },
    async visit(address, use, traffic = noTraffic(), answer) {
      const end = (answer && turns.reclaim(answer)) ?? (await turns.take(address));
      try {
        return await talk(address, answer ?? (await ask(address)), traffic, use);
      } finally {
        signIns.leave(address);
        end();
      }
    },
  };

  /** Identification with certificate check, first passwords and notes on access. */
  function identifying(): Identify {
    const plain = heldToCertificate(createIdentify(profiles, memory));
    if (!options.setInitialPassword) return withAccessNotes(plain);
    const { log = silentLog } = options;
    const access = (address: string): Access => signIns.at(address);
    return withAccessNotes(settingFirstPasswords(plain, { profile: profiles.multiplatform, isForeign, access, log }));
  }

  /** One visit, whose first session may use the open connection. */
  async function talk<T>(
    address: string,
    answer: ProbeResult,
    traffic: Traffic,
    use: (visit: Visit) => Promise<T>,
  ): Promise<T> {
    let spare: ProbeResult | undefined = answer;
    const access = signIns.at(address);
    const peer = unknownPeer();
    const open = (endpoint: Endpoint): PhoneSession => {
      // No spread and nothing optional, so that a wrong name or a missing one does not compile.
      const session: Required<SessionOptions> = {
        endpoint,
        open: spare,
        peer,
        tellEnds: offers !== null,
        signIn: () => access.signIn(),
        cookies: access.cookies,
        clock: deadlines,
        limits,
        tls,
        sockets,
        pageMemory,
        userAgent,
        namedMac,
        isForeign,
        onExchange: watcher?.onExchange ?? null,
        traffic,
      };
      spare = undefined;
      const http = new HttpSession(address, session);
      const opened = new FormSession(http, { profile: profiles.multiplatform, access, isForeign });
      return watcher ? watcher.session(opened) : opened;
    };
    const visit = new PhoneVisit(answer.endpoint, {
      identify,
      profile: profiles.multiplatform,
      clock,
      settleMs,
      methods,
      memory,
      offers,
      open,
      usualEndpoint: known.has(address) ? (endpoints[0] ?? null) : null,
      otherEndpoints: endpoints,
      ...(watcher ? { onView: (view) => watcher.view(view) } : {}),
    });
    try {
      return await use(visit);
    } finally {
      known.visited(address, visit.readAt);
      visit.close();
    }
  }
}
