import type { OwnerColumns } from '../schema/tables.js';

/** Who holds a lock, and since when (ISO 8601). */
export interface LockHolder {
  runId: string;
  pid: number;
  host: string;
  since: string;
  /** The last sign of life (ISO 8601), where only that can tell whether it lives: its process cannot be seen from here. Else `null`. */
  heardOf: string | null;
}

/** An owner as a lock names it, without what is its own. */
export type Signs = Omit<OwnerColumns, 'run_id' | 'since'>;

/** How a lock is waited for whose owner may be dead. */
export interface LockWatch {
  /** Told when the owner is going to be watched for a sign of life, for up to three minutes. */
  onWatch?: (holder: LockHolder) => void;
  /** Called every few seconds of the watch: who waits must not look dead itself. */
  meanwhile?: () => Promise<unknown>;
  /** Ends the watch; the lock then counts as held. */
  signal?: AbortSignal;
}

/** The process of a holder, within a sentence. */
export function processOf({ pid, host, heardOf }: LockHolder): string {
  const process = `pid ${pid} on ${host}`;
  return heardOf === null ? process : `${process}, which cannot be seen from here; last sign of life ${heardOf}`;
}

/** Whether two looks at a lock show the same owner with the same last sign of life. */
export function sameSigns(a: Signs, b: Signs): boolean {
  const keys = ['pid', 'host', 'process_start', 'pid_space', 'time_space', 'heartbeat_at', 'beat_ms'] as const;
  return keys.every((key) => a[key] === b[key]);
}
