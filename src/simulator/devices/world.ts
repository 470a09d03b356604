import type { FetchedFile } from '../files/fetch-file.js';
import type { SimulatorOptions } from '../types.js';
import type { UcmLink } from '../ucm/link.js';
import type { Device, Surroundings } from './device.js';

/** The parts of its surroundings that a device's code may use. */
export interface World extends Surroundings {
  /** The file server's URL. */
  readonly filesUrl: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Passwords that may be told apart in a Digest. */
  readonly knownPasswords: readonly string[];
  /** Nonces and cookies handed out, and by which MAC. */
  readonly issued: Map<string, string>;
  /** The Unified CM of this network, if it has one. */
  readonly ucm: UcmLink | null;
  /** As in `SimulatorOptions`. */
  readonly takes: SimulatorOptions['takes'];
  deviceByMac(mac: string): Device | undefined;
  /** The address of the next device of the scenario. */
  nextAddress(device: Device): string;
  /** Fetches a URL as this device. */
  fetchFile(device: Device, url: string): Promise<FetchedFile>;
  /** Moves a device to a free address of its /24; without one it keeps its address. */
  moveAway(device: Device): void;
  /** Puts another phone at this device's address and takes the device off the network. */
  replace(device: Device): void;
  /** The same, with one connection handed over to the other phone. Returns that phone. */
  takeOver(device: Device, port: 'http' | 'https', remotePort: number | undefined): Device;
}
