import type { Mac } from '../network/mac.js';

/** A phone as a Unified CM cluster tells of it, schema `fleet-migrate/ucm-list@1`. */
export interface UcmListedPhone {
  /** `SEP` and the MAC. */
  name: string;
  mac: Mac;
  /** Its own address, dotted; `null` where it has none that leads to it: see `why`. */
  address: string | null;
  /** `8841`; `null` for a model that is not known here. */
  model: string | null;
  description: string;
  devicePool: string | null;
  registered: 'yes' | 'no' | 'unknown';
  /** As shown, with its reason. */
  registration: string | null;
  /** The load that runs, by the real-time service; `null`: not told. */
  load: string | null;
  /** The load it is told to run, its own or its model's default; `null`: not told. */
  assignedLoad: string | null;
  webServer: 'on' | 'off' | 'unknown';
  /** When it was last seen as `registered` says; ISO 8601, by Unified CM's clock. */
  lastSeen: string | null;
  /** The node that it is registered with. */
  node: string | null;
  /** Why it has no address of its own; `null` where it has. */
  why: string | null;
}
