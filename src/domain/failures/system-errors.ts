import type { FailureCodeName } from './failure-codes.js';

/** What an error code of the operating system or its resolver means. */
export interface SystemError {
  code: FailureCodeName;
  /** What happened and what helps, where that is more than the failure code says. */
  words?: string;
}

const noSocketMemory = 'this machine has no memory left for sockets; lower --probe-concurrency and --concurrency';
const notAllowed = 'this machine is not allowed to connect there; look at its own firewall';

/** By Node's code: what this machine has run out of, what it does not allow (firewall, full connection table), and name lookups. */
export const systemErrors: Readonly<Record<string, SystemError>> = {
  EMFILE: {
    code: 'local-resources',
    words:
      'this machine has no socket left; raise the limit of open files (ulimit -n), or lower --probe-concurrency and --concurrency',
  },
  ENFILE: {
    code: 'local-resources',
    words: 'this machine has no socket left; end what else holds many, or raise fs.file-max',
  },
  ENOBUFS: { code: 'local-resources', words: noSocketMemory },
  ENOMEM: { code: 'local-resources', words: noSocketMemory },
  EAGAIN: {
    code: 'local-resources',
    words: 'this machine has no port left to connect from; lower --probe-concurrency and --concurrency',
  },
  EADDRNOTAVAIL: {
    code: 'local-resources',
    words:
      'this machine has no port or address left to connect from; look at its network, or lower --probe-concurrency',
  },
  ENETDOWN: { code: 'local-resources', words: 'the network of this machine is down' },
  EACCES: { code: 'local-refused', words: notAllowed },
  EPERM: { code: 'local-refused', words: notAllowed },
  ENOTFOUND: { code: 'unresolved-host' },
  ENODATA: { code: 'unresolved-host' },
  EAI_NONAME: { code: 'unresolved-host' },
  EAI_NODATA: { code: 'unresolved-host' },
  EAI_AGAIN: { code: 'name-lookup-failed' },
  EAI_FAIL: { code: 'name-lookup-failed' },
  EAI_SYSTEM: { code: 'name-lookup-failed' },
  EAI_MEMORY: { code: 'name-lookup-failed' },
};

/** Whether a lookup's code says that the name has no address. Every other code says only that the lookup failed. */
export function hasNoAddress(code: string): boolean {
  return systemErrors[code]?.code === 'unresolved-host';
}

/** Whether this process or this machine has no file descriptor left. */
export function isOutOfFiles(code: string | null): boolean {
  return code === 'EMFILE' || code === 'ENFILE';
}
