/** What was asked of a phone so far, and how much of its answers has arrived. Added to as it happens. */
export interface Traffic {
  /** HTTP requests sent, whatever became of them; sign-ins and redirects are requests of their own. */
  requests: number;
  /** Bytes of the bodies that arrived, compressed as they came. */
  bytes: number;
}

/** Nothing yet. */
export function noTraffic(): Traffic {
  return { requests: 0, bytes: 0 };
}
