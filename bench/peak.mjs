// The most memory that a process has taken so far.
import { existsSync, readFileSync } from 'node:fs';

/** In MB, as the system counts it for all of the process; only Linux tells of another. */
export function peakOfProcess(pid) {
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1_024;
}

/** This process's own. */
export function peakNow() {
  // Where Linux tells, not `resourceUsage()`: that holds what the parent had when it started this one.
  return existsSync('/proc/self/status') ? peakOfProcess('self') : process.resourceUsage().maxRSS / 1_024;
}
