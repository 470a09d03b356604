import type { OwnerColumns } from '../schema/tables.js';

/** The holder of a lock, and since when (ISO 8601). */
export interface LockHolder {
  runId: string;
  pid: number;
  host: string;
  since: string;
  /** The last heartbeat (ISO 8601), if only that can tell whether it lives, as its process cannot be seen from here. Else `null`. */
  heardOf: string | null;
}

/** What a lock records about its owner that tells whether it lives. */
export type Signs = Omit<OwnerColumns, 'run_id' | 'since'>;

/** Options of waiting for a lock whose owner may be dead. */
export interface LockWatch {
  /** Called before the owner is watched for a heartbeat, for up to three minutes. */
  onWatch?: (holder: LockHolder) => void;
  /** Called every few seconds of the watch: the waiting run must not look dead itself. */
  meanwhile?: () => Promise<unknown>;
  /** Ends the watch; the lock then counts as held. */
  signal?: AbortSignal;
}

/** The process of a holder, within a sentence. */
export function processOf({ pid, host, heardOf }: LockHolder): string {
  const process = `pid ${pid} on ${host}`;
  return heardOf === null ? process : `${process}, which cannot be seen from here; last heartbeat ${heardOf}`;
}

/** Whether two looks at a lock show the same owner with the same last heartbeat. */
export function sameSigns(a: Signs, b: Signs): boolean {
  const keys = ['pid', 'host', 'process_start', 'pid_space', 'time_space', 'heartbeat_at', 'beat_ms'] as const;
  return keys.every((key) => a[key] === b[key]);
}
