/** Why a file that a phone is to fetch cannot be relied on; each is explained in domain/failure-codes.ts. */
export type FileFailureCode =
  /** This machine could not even ask: nothing is known of the file. */
  | 'local-resources'
  | 'local-refused'
  | 'files-unreachable'
  | 'firmware-missing'
  | 'firmware-image-missing'
  | 'firmware-unreadable'
  | 'firmware-name-mismatch'
  | 'license-missing'
  | 'license-unreadable'
  | 'license-other-phone'
  | 'tftp-not-supported'
  | 'files-bad-url';

/** The answer for one file. `url` is as given, without a password; messages and warnings are sentences for the user. */
export type FileCheck = FileAccepted | FileRefused;

interface FileAccepted {
  ok: true;
  url: string;
  /** Size of the file itself: the `.loads` or license file, not the images. */
  bytes: number;
  /** For firmware: how many images it lists, all of them found. */
  images?: number;
  warnings: string[];
}

interface FileRefused {
  ok: false;
  url: string;
  code: FileFailureCode;
  message: string;
  warnings: string[];
}
