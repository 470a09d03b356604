import type { TimedStep } from '../domain/rehearsal/step-times.js';
import type { SimulatorClock } from './clock.js';
import type { FileRequest } from './files/file-server.js';
import type { CurrentKind } from './scenario/scenario.js';
import type { UcmLogEntry } from './ucm/log.js';
import type { SimulatedUcm } from './ucm/simulated-ucm.js';

/** How a simulator is started. */
export interface SimulatorOptions {
  /** 0 or absent: a free port. */
  httpPort?: number;
  httpsPort?: number;
  filesPort?: number;
  /** Of a scenario with a Unified CM: its web services, and its files (HTTP and, of the same number, TFTP). 0 or absent: a free one. */
  ucmPort?: number;
  ucmFilesPort?: number;
  /** Where phones find a *Load Server* that names no port (really 6970). Default: the port of the file server. */
  loadServerPort?: number;
  /** 60: a simulated minute passes in a second. Default 1. */
  timeScale?: number;
  /**
   * How long a step takes on a phone (simulated ms), from being told to running the new load, or to the row of its license. `null`, or absent: as
   * the scenario's timing says.
   */
  takes?: (phone: Pick<SimulatedPhone, 'mac'>, step: TimedStep) => number | null;
  /** Called when a request was answered or its connection was lost. */
  onRequest?: (entry: RequestLogEntry) => void;
  /** The same for a request that Unified CM has answered. */
  onUcmRequest?: (entry: UcmLogEntry) => void;
  /** Default `0.0.0.0`, so that every address of 127.0.0.0/8 is served. */
  listenHost?: string;
  clock?: SimulatorClock;
  /** Admin pages with few tabs and no filler, a quarter as long as real ones: for tests of other things. Default false. */
  shortPages?: boolean;
  /** Strict mode: notes every rule a client breaks, including those only a careful client keeps; `close` then rejects if any was broken. */
  strict?: boolean;
  /**
   * Strict mode: words a client may try besides the scenario's passwords, so that two wrong ones can be told
   * apart in a Digest. All others count as one.
   */
  knownPasswords?: readonly string[];
  /** Newest entries kept in `log`; each phone's `requests` keeps a hundredth of that. Default 100,000. */
  logLimit?: number;
}

/** A running network of simulated devices. */
export interface Simulator {
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly files: {
    /** `http://127.0.0.1:6970`, without a slash at the end. */
    readonly url: string;
    readonly requests: FileRequest[];
    put(name: string, body: Buffer | string): void;
    remove(name: string): void;
  };
  /** Absent where the scenario has none. */
  readonly ucm?: SimulatedUcm;
  /** Every device, non-phones too; a phone that took over another's address joins at the end. */
  readonly phones: readonly SimulatedPhone[];
  phoneByMac(mac: string): SimulatedPhone | undefined;
  /**
   * Starts a phone that DHCP leads to a server (`http://127.0.0.1:6970`): it asks there for its settings. Resolves when it has taken them and,
   * if they name a load, has become what that makes it; what it fetches then goes on.
   */
  provision(mac: string, server: string): Promise<void>;
  readonly log: RequestLogEntry[];
  /** The simulated manufacturing CA as PEM: it signed every certificate but the self-signed ones. */
  readonly ca: string;
  /** @throws Error - every rule that a client broke, one line each: `Reception (127.20.1.5): posted …`. */
  assertNoViolations(): void;
  /** Resolves when no phone is fetching a file. With a test clock, await it after each step. */
  quiet(): Promise<void>;
  /** Destroys every socket and drops every timer. In strict mode it then rejects as `assertNoViolations` throws, unless that has thrown before. */
  close(): Promise<void>;
}

/** One request that a device received. */
export interface RequestLogEntry {
  /** Simulated milliseconds since 1970. */
  at: number;
  port: 'http' | 'https';
  /** The device's address at that time. */
  address: string;
  mac: string | null;
  /** What the device was at that time. */
  kind: CurrentKind;
  method: string;
  /** With the query; a password in it is hidden. */
  path: string;
  /** Of a POST: every field by the name it was sent under, and the known ones by label too. Passwords are hidden. */
  fields?: Record<string, string>;
  /** Null until a response is sent; stays null when the connection ends without one. */
  status: number | null;
}

/** Where a phone is in its life. */
export type Phase = 'idle' | 'waiting-for-idle' | 'downloading' | 'writing' | 'rebooting' | 'gone';

/** What a phone is like at one moment. */
export interface PhoneSnapshot {
  address: string;
  mac: string;
  model: string;
  kind: CurrentKind;
  load: string;
  phase: Phase;
  /** Whether a connection would be accepted now. */
  online: boolean;
  upgradeRule: string;
  authorizationRule: string;
  /** The form's select, always as text. */
  authorizationType: string;
  /** The authorization row of Product Information; null where the firmware has none. */
  transitionAuthorizationType: string | null;
  upgradeStatus: string;
  /** Newest first, as `Firmware Upgrade Status n` shows them. */
  firmwareRows: string[];
  authorizationRows: string[];
  /** Successful upgrades. */
  upgrades: number;
  reboots: number;
  /** A blank or masked password was posted, so the admin password is gone. */
  passwordWiped: boolean;
  /** An admin password was set on the Set Password page. */
  passwordSet: boolean;
  /** Requests that came with a wrong user name or password. */
  failedSignIns: number;
  /** Whether too many wrong passwords closed the admin pages. */
  lockedOut: boolean;
  /** Successful logins on the form. */
  logins: number;
  /** Direct Actions that took effect. */
  directActions: number;
  /** POSTs received, and those that were applied. */
  posts: number;
  postsApplied: number;
}

/** One device as tests and commands see it. */
export interface SimulatedPhone {
  readonly address: string;
  readonly mac: string;
  readonly model: string;
  readonly kind: CurrentKind;
  readonly name: string;
  /** Rules the client broke, one phrase each. */
  readonly violations: readonly string[];
  readonly requests: readonly RequestLogEntry[];
  snapshot(): PhoneSnapshot;
  /** The name that a field of Firmware Upgrade posts under now; null when the page has no such field. */
  fieldName(label: string): string | null;
  /** The path the admin form posts to. */
  formPath(): string;
}
