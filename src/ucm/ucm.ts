import type { ucmFailures } from '../domain/failures/ucm-failures.js';
import type { Mac } from '../domain/network/mac.js';

/** A phone as Unified CM's database has it. */
export interface UcmPhone {
  /** `SEP` and the MAC. */
  name: string;
  mac: Mac;
  /** `8841`; `null` for a model that is none of the 7800 and 8800. */
  model: string | null;
  devicePool: string | null;
  description: string;
  /** The load in force for it, its own or its model's default; `null` where neither is told. */
  load: string | null;
  /** The default of its model; `null`: not told. */
  defaultLoad: string | null;
}

/** What Unified CM's real-time service says of a phone. */
export interface UcmRegistration {
  name: string;
  /** `unknown`: a node did not answer, or the service does not know. A phone that no node lists, while all answered, is `no`. */
  registered: 'yes' | 'no' | 'unknown';
  /** As shown: `Registered`, `UnRegistered`, `Rejected`, `PartiallyRegistered`, `Unknown`; `null`: no node lists it. */
  status: string | null;
  /** In words (`DeviceInitiatedReset`); `null` where there is none. */
  statusReason: string | null;
  activeLoad: string | null;
  /** `none`: empty or `Any`. What the service shows during a conversion is unknown. */
  download: 'none' | 'upgrading' | 'successful' | 'failed' | 'unknown';
  /** As shown; `null` for none. */
  downloadFailure: string | null;
  /** Whether its web server is on; `null`: not told. */
  httpd: boolean | null;
  /** Dotted IPv4; `null` where none is told. */
  address: string | null;
  /** When it was last seen so (ms since the epoch), by Unified CM's clock; `null`: not told. */
  at: number | null;
  /** The node it is registered with. */
  node: string | null;
}

/** What of a phone's settings on Unified CM can be changed here. */
export interface UcmSettings {
  /** The phone's own load; `null`: it takes its model's default. */
  ownLoad: string | null;
  /** The XML inside `vendorConfig`, byte for byte as sent; `null`: there is none. */
  vendorConfig: string | null;
}

/** A change of those; what is absent stays. */
export interface UcmChange {
  /** `null`: back to the model's default. */
  ownLoad?: string | null;
  /** All of the XML inside `vendorConfig`. */
  vendorConfig?: string;
}

/** What the user that was given may do. */
export interface UcmRights {
  /** Roles by name, as far as they can be read; `null`: not readable. */
  roles: readonly string[] | null;
  /** May read the database (AXL). */
  read: 'yes' | 'no' | 'unknown';
  /** May write to it. */
  write: 'yes' | 'no' | 'unknown';
  /** May ask the real-time service (RisPort). */
  realTime: 'yes' | 'no' | 'unknown';
  /** May restart services (Control Center). */
  services: 'yes' | 'no' | 'unknown';
}

/** A service of a node. */
export interface UcmService {
  node: string;
  name: string;
  /** As shown: `Started`, `Stopped`, …; `null`: the node did not say. */
  status: string | null;
  /** When it was started (ms since the epoch); `null`: not told. */
  startedAt: number | null;
}

/** A Unified CM cluster, spoken to through its publisher. Every method rejects with {@link UcmError} and with nothing else. */
export interface Ucm {
  /** As shown, e.g. `14.0.1.12900(161)`; asked for without credentials. */
  version(): Promise<string>;
  /** Writes nothing. */
  rights(): Promise<UcmRights>;
  /**
   * Whether the user may write, found out by an update of a phone that cannot exist, which changes nothing. To be called before the first
   * write, never in a dry run.
   */
  proveWrite(): Promise<'yes' | 'no'>;
  /** All 7800 and 8800, page by page, in the order of their names. */
  phones(): AsyncIterable<UcmPhone>;
  /**
   * Those of the names given, in chunks; waits while the service's limit of requests a minute is reached. Every name is in the result, as it was given; one that cannot be asked for (no letters, digits, dots, dashes) is `unknown`.
   */
  registrations(names: readonly string[]): Promise<ReadonlyMap<string, UcmRegistration>>;
  /** `null`: there is no such phone. */
  settings(name: string): Promise<UcmSettings | null>;
  /** Changes a phone's settings in the database; the phone learns of them by `apply`. */
  change(name: string, change: UcmChange): Promise<void>;
  /** *Apply Config*: the phone reads its settings anew and restarts if it must. */
  apply(name: string): Promise<void>;
  /** The TFTP service of every node that has one. */
  tftpServices(): Promise<UcmService[]>;
  /** Restarts the TFTP service of a node; resolves when it has been started again. */
  restartTftp(node: string): Promise<void>;
}

/** Why Unified CM could not be asked, or refused. */
export class UcmError extends Error {
  constructor(
    readonly code: keyof typeof ucmFailures,
    message: string,
    /** Whether it is known that a change was not made: refused, or never sent. */
    readonly nothingChanged: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'UcmError';
  }
}
