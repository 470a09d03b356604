import type { Credentials } from './sign-in.js';
import type { UcmAnswer } from '../soap/answer.js';

/** A request to one of the web services. */
export interface UcmRequest extends Credentials {
  method: string;
  /** Without the query. */
  path: string;
  soapAction: string | null;
  body: string;
  /** Index of the node that is asked, by the address. */
  node: number;
}

/** What a service did, for the log. */
export interface Handled {
  answer: UcmAnswer;
  /** Its operation; empty: none was read. */
  operation: string;
  /** Name of the device that it is about; empty: none, or several. */
  device: string;
  /** The own load that it sets on it; absent: none. */
  load?: string;
  /** A rule that the client broke. */
  violation?: string;
  /** Whether the answer may end in the middle. */
  mayBeCut?: boolean;
}

/** A request that got no further than this answer. */
export function refusal(answer: UcmAnswer, operation = '', device = ''): Handled {
  return { answer, operation, device };
}
