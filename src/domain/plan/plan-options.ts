/** What the user decides about plans. */
export interface PlanOptions {
  /** The file server, without a slash at the end; `null` when none was named. */
  files: string | null;
  /** The user's own authorization rule, instead of the profile's. */
  authorizationRule: string | null;
  /** Convert directly between the absolute and the recommended minimum if stepping up is not possible. */
  allowBelowRecommended: boolean;
  /** Whether a phone may be upgraded on the way. */
  stepUp: boolean;
  /** How Enterprise phones get their loads; absent or `null`: no Unified CM was named. */
  ucmLoads?: UcmLoads | null;
}

/** From where Enterprise phones take the load that Unified CM names. */
export interface UcmLoads {
  /** *Load Server* to set on each phone; `null`: the phone asks Unified CM itself. */
  server: string | null;
  /** Where that is fetched from, as phones try it, without a slash at the end: `http://cucm.example.com:6970`, then over TFTP. */
  urls: readonly string[];
}
