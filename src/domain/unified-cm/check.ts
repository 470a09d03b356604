/** One thing that was asked of a Unified CM cluster, and what is so. */
export interface UcmFinding {
  about: 'version' | 'rights' | 'phones' | 'tftp-service' | 'load' | 'restart' | 'license';
  /** Of what: a right, a node, a load with its server. */
  subject: string;
  /** `unknown`: it could not be asked, or was not told. */
  state: 'yes' | 'no' | 'unknown';
  /** Counts for the verdict. What can only sometimes be told, or is of use for one command only, does not. */
  isAsked: boolean;
  /** What was found, a sentence. */
  text: string;
  /** What to do, a sentence; `null`: nothing. */
  advice: string | null;
}

/** Files to bring to one node by hand, as there is no interface for it. */
export interface UcmUpload {
  node: string;
  /** Where its *TFTP File Management* is. */
  page: string;
  files: readonly string[];
}

/** The check of a cluster, schema `fleet-migrate/ucm-check@1`. */
export interface UcmCheck {
  host: string;
  profile: string;
  findings: readonly UcmFinding[];
  uploads: readonly UcmUpload[];
  /** What was left out of it on purpose, a sentence each. */
  notes: readonly string[];
}

/** Whether all that was asked for is so. */
export function isAllSo({ findings }: Pick<UcmCheck, 'findings'>): boolean {
  return findings.every(({ state, isAsked }) => state === 'yes' || !isAsked);
}
