import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { codeOf } from '../../domain/text/error-reason.js';

/** The process that works with a store. */
export interface Owner {
  pid: number;
  host: string;
  /** Tells this process from a later one with the same pid; `null` if the system does not tell. */
  processStart: string | null;
  /** Where `pid` means this process: one boot of a kernel and one PID namespace (a container has its own). `null`: not known. */
  pidSpace: string | null;
  /** Where {@link Processes.sinceBoot} can be compared with ours: one boot of a kernel and one time namespace. `null`: not known. */
  timeSpace: string | null;
}

/** The processes of this machine. */
export interface Processes {
  isAlive(pid: number): boolean;
  /** See {@link Owner.processStart}; `null` also when there is no such process. */
  startOf(pid: number): string | null;
  /** Milliseconds by the kernel's clock, which cannot be set: the same in all processes of one {@link Owner.timeSpace}. */
  sinceBoot(): number;
}

/** The processes as the system shows them: by signal 0, and by `/proc` on Linux. */
export const systemProcesses: Processes = {
  isAlive: (pid) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      // It exists, but we may not signal it.
      return codeOf(error) === 'EPERM';
    }
  },
  startOf: (pid) =>
    known(() => {
      // A /proc of another PID namespace shows another process under this pid.
      if (readlinkSync('/proc/self') !== String(process.pid)) return null;
      const start = startTime(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      return start === null ? null : `${bootId()}/${start}`;
    }),
  sinceBoot: () => Number(process.hrtime.bigint() / 1_000_000n),
};

/** Tells one boot of this kernel from another. Throws if the system does not tell. */
function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

/** `null` if the system does not tell. */
function known<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch {
    return null;
  }
}

/** Only Linux has PID namespaces: elsewhere a machine is one. */
function pidSpace(): string | null {
  if (process.platform !== 'linux') return `${hostname()}/${process.platform}`;
  return known(() => `${bootId()}/${readlinkSync('/proc/self/ns/pid')}`);
}

function timeSpace(): string | null {
  // Kernels before 5.6 have no time namespaces.
  const namespace = known(() => readlinkSync('/proc/self/ns/time')) ?? 'time';
  return known(() => `${bootId()}/${namespace}`);
}

/**
 * Field 22 of `/proc/PID/stat`, the start in clock ticks since boot; `null` when the text has no such field. The command's name in
 * field 2 may hold blanks and brackets, so it is counted from the last bracket.
 */
export function startTime(stat: string): string | null {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 1)
    .trim()
    .split(/\s+/);
  return /^\d+$/.test(fields[19] ?? '') ? (fields[19] ?? null) : null;
}

/** This process. */
export function thisProcess(processes: Processes = systemProcesses): Owner {
  return {
    pid: process.pid,
    host: hostname(),
    processStart: processes.startOf(process.pid),
    pidSpace: pidSpace(),
    timeSpace: timeSpace(),
  };
}
