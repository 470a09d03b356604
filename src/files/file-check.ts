import type { FileSize } from '../domain/firmware/images.js';

/** Why a file that a phone is to fetch cannot be relied on; domain/failures explains each code. */
export type FileFailureCode =
  /** This machine could not even send the request: nothing is known about the file. */
  | 'local-resources'
  | 'local-refused'
  | 'files-unreachable'
  | 'firmware-missing'
  | 'firmware-image-missing'
  | 'firmware-unreadable'
  | 'firmware-name-mismatch'
  | 'firmware-other-family'
  | 'license-missing'
  | 'license-unreadable'
  | 'license-other-phone'
  | 'files-bad-url';

/** The verdict on one file. `url` is as given, without a password; messages and warnings are sentences for the user. */
export type FileCheck = FileAccepted | FileRefused;

interface FileAccepted {
  ok: true;
  url: string;
  /** Size of the file itself: the `.loads` or license file, not the images. */
  bytes: number;
  /** For firmware: the images it lists, all of which were found. */
  images?: FileSize[];
  warnings: string[];
}

interface FileRefused {
  ok: false;
  url: string;
  code: FileFailureCode;
  message: string;
  warnings: string[];
  /** For firmware whose list could be read: what was found of its images; those without a size may be missing. */
  images?: FileSize[];
  /** The server did not answer at all: nothing is known of any of its files. */
  noResponse?: true;
  /** With `files-unreachable`: for how long (ms) this has been so, of the server or, where that answers, of the file. */
  troubleForMs?: number;
}
