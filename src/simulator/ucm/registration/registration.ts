/** A number of docs/knowledge/unified-cm.md#reasons-of-a-status. */
type StatusReason = 0 | 8 | 9 | 13 | 17;

/** What the cluster remembers of a phone that has registered. A phone that never has is not remembered at all. */
export interface Registration {
  status: 'Registered' | 'UnRegistered';
  reason: StatusReason;
  /** Simulated milliseconds since 1970. */
  since: number;
  /** Index of its node. */
  node: number;
  activeLoad: string;
  inactiveLoad: string;
  /** Host that the last load was fetched from; empty: none since the start. */
  downloadServer: string;
  /** How the last download that Unified CM caused ended. */
  download: 'none' | 'successful' | 'failed';
  failure: string;
}
