import type { UcmLogEntry } from './log.js';

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
  /** Whether a device is registered now, with any node. */
  isRegistered(name: string): boolean;
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
