import type { FileSize } from './images.js';

/** What was found of one load of a profile on a file server. */
export interface LoadCheck {
  /** e.g. `sip88xx.14-2-1-0101-26`. */
  load: string;
  loadFamily: string;
  /** The models that take it. */
  models: string[];
  /** Where phones will fetch it. */
  url: string;
  /** The load and all its images are there, under the right name. */
  ok: boolean;
  /** Why not, as a sentence; null if it is. */
  why: string | null;
  /** What cannot be told of it although all is there, a sentence each. */
  warnings: string[];
  /** What the `.loads` file lists; null bytes: missing, or of a size that the server does not tell. */
  images: FileSize[];
  /** With the `.loads` file; null where not all of it is known. */
  bytes: number | null;
  /** Nothing was learned: the server gave no answer at all. */
  isSilent: boolean;
  /** Nothing was learned of this load: the server is in trouble or gave no answer, or this machine could not ask. */
  isUnknown: boolean;
  /** Only phones hold the keys. */
  signatureVerified: false;
}

/** The check of a profile's loads, schema `fleet-migrate/firmware-check@1`. */
export interface FirmwareCheck {
  /** The file server as it was given; null where the profile names its own. */
  files: string | null;
  loads: LoadCheck[];
}
