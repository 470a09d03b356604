import type { Sourced } from '../phone/models.js';

/** What a user needs on Unified CM to be allowed something. */
export interface RoleRule extends Sourced {
  /** One of these gives it. A user without any is refused, as far as all of the user's roles are known ones. */
  anyOf: readonly string[];
  /** Documented as needed beside it; some clusters do without, so that lacking them is no proof of a refusal. */
  beside: readonly string[];
}

/** What of Unified CM is data: `profiles/unified-cm.yaml`, with the model numbers of `profiles/models.yaml`. */
export interface UcmKnowledge {
  /** Models by their number in the database (`typemodel`) and in RisPort. */
  modelsByNumber: ReadonlyMap<number, string>;
  /** Words for RisPort's `StatusReason`. */
  statusReasons: Sourced & { byNumber: ReadonlyMap<number, string>; none: ReadonlySet<number> };
  roles: {
    read: RoleRule;
    write: RoleRule;
    realTime: RoleRule;
    services: RoleRule;
    /** Further roles that come with Unified CM and give none of these. */
    others: Sourced & { names: readonly string[] };
  };
  /** How AXL and RisPort say what is no answer but a request to wait or to ask for less. Upper or lower case alike. */
  faults: Sourced & {
    memory: RegExp;
    /** The group `rows` is the number of rows that fit. */
    tooLarge: RegExp;
    rate: RegExp;
    notFound: RegExp;
    notAuthorized: RegExp;
  };
  /** Codes of AXL for an item that is not there. */
  notFoundCodes: Sourced & { codes: readonly number[] };
  webAccess: Sourced & { tag: string; on: string; off: string };
  /** Names that the element of *Load Server* has been seen with, the first for a phone that has none. */
  loadServer: Sourced & { tags: readonly string[] };
  tftpService: Sourced & {
    /** Upper and lower case matter: a service by another name is shown as stopped. */
    name: string;
    started: string;
    /** How a node says that it has no such service. */
    notActivated: RegExp;
  };
  /** Entries of the list of nodes that are none. */
  notNodes: Sourced & { names: readonly string[] };
  realTime: Sourced & {
    /** Requests in a minute. */
    requestsPerMinute: number;
    /** Names in one request. */
    namesPerRequest: number;
    /** What is given as `MaxReturnedDevices`. */
    devicesPerAnswer: number;
  };
}
