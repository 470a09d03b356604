/** One phone, with just enough to identify it. */
export interface PhoneRef {
  mac: string;
  address: string;
  model: string | null;
}

/** The run that a comparison starts from or leads to. */
export interface RunRef {
  id: string;
  /** ISO 8601. */
  startedAt: string;
}

/** What a phone showed for one field in both runs; `null` if it showed nothing. */
export interface PhoneChange {
  mac: string;
  /** Where it is now. */
  address: string;
  from: string | null;
  to: string | null;
}

/** What changed in the fleet from one run to a later one. Phones are told apart by MAC. */
export interface RunDiff {
  from: RunRef;
  to: RunRef;
  /** Seen in the later run only. */
  added: PhoneRef[];
  /** Seen in the earlier run only, with their address of then. */
  notSeen: PhoneRef[];
  /** Other address. */
  moved: { mac: string; from: string; to: string }[];
  /** Other software version. */
  firmware: PhoneChange[];
  /** Other transition authorization type (`""` is shown empty). */
  authorization: PhoneChange[];
  /** Eligible now, and not before. */
  newlyEligible: PhoneRef[];
}
