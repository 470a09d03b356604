import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** The process that works with a store. */
export interface Owner {
  pid: number;
  host: string;
  /** Tells this process from a later one with the same pid; `null` where the system does not say. */
  processStart: string | null;
}

/** The processes of this machine. */
export interface Processes {
  isAlive(pid: number): boolean;
  /** See {@link Owner.processStart}; `null` also when there is no such process. */
  startOf(pid: number): string | null;
}

/** The processes as the system shows them: by signal 0, and by `/proc` on Linux. */
export const systemProcesses: Processes = {
  isAlive: (pid) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      // Not ours to signal, but there.
      return (error as { code?: string }).code === 'EPERM';
    }
  },
  startOf: (pid) => {
    try {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      const start = startTime(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      return start === null ? null : `${boot}/${start}`;
    } catch {
      return null;
    }
  },
};

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
  return { pid: process.pid, host: hostname(), processStart: processes.startOf(process.pid) };
}
