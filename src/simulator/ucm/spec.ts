import type { FilesSpec } from '../files/files-spec.js';
import type { UcmFlags } from './flags.js';

/** What the user that a scenario gives may do. `none`: its password is right, and it may do nothing. */
export type UcmRole = 'full' | 'read-only' | 'none';

/** A server of the cluster. Its name is an address in 127.0.0.0/8, so that it can be spoken to by it. */
export interface UcmNodeSpec {
  name: string;
  /** Whether it has the TFTP service. */
  tftp: boolean;
}

/** Something in the database that no simulated phone belongs to: a phone that is not on the network, a softphone, a template. */
export interface UcmDeviceSpec {
  /** `SEP00CCFC123456`, or any other name. */
  name: string;
  /** `8841`, or the name of another product as Unified CM shows it. */
  model: string;
  /** The product's number where `model` is none of the known ones. */
  number: number;
  pool: string;
  description: string;
  /** Its own load; empty: the default of its model. */
  load: string;
}

/** A simulated Unified CM cluster. */
export interface UcmSpec {
  /** As `/cucm-uds/version` shows it. */
  version: string;
  username: string;
  password: string;
  role: UcmRole;
  /** The first one is the publisher. */
  nodes: readonly UcmNodeSpec[];
  /** Device pools, besides those that phones name. */
  pools: readonly string[];
  /** Default loads by model; a model that is left out has the Enterprise load of guide G5. */
  defaults: Readonly<Record<string, string>>;
  devices: readonly UcmDeviceSpec[];
  /** What the cluster's own TFTP service has. */
  files: Readonly<FilesSpec>;
  /** Names of files that were put there after the TFTP service was started last. */
  notYetServed: readonly string[];
  flags: Readonly<UcmFlags>;
}

/** What a phone is to Unified CM. */
export interface PhoneInUcm {
  /** Whether the database has a device of its name. */
  known: boolean;
  pool: string;
  /** Empty: the phone's name in the scenario. */
  description: string;
  /** Its own load; empty: the default of its model; `running`: what it runs, where that is an Enterprise load other than the default. */
  load: string;
  /** Web access in its vendor configuration; `absent`: the tag is missing, which means off (docs/knowledge/enterprise-pages.md). */
  webAccess: 'on' | 'off' | 'absent';
  /** The whole of its vendor configuration, in place of the usual one. */
  vendorConfig: string | null;
  /** Whether it registers while it runs Enterprise firmware. */
  registers: boolean;
  /** Simulated seconds from its start as Enterprise phone until it is registered; `null`: as the cluster says. */
  registersAfter: number | null;
  /** Beyond Expressway: the real-time service shows the proxy's address, and nobody reaches the phone. */
  expressway: boolean;
  /** The address that the real-time service shows in place of its own; `next`: that of the scenario's next device. */
  shownAddress: string;
  /** The load that the real-time service shows in place of its own; empty: its own. */
  shownLoad: string;
}

/** A phone that UCM knows, registered while it runs Enterprise firmware, with web access off. */
export const USUAL_PHONE_IN_UCM: Readonly<PhoneInUcm> = {
  known: true,
  pool: 'Default',
  description: '',
  load: 'running',
  webAccess: 'off',
  vendorConfig: null,
  registers: true,
  registersAfter: null,
  expressway: false,
  shownAddress: '',
  shownLoad: '',
};
