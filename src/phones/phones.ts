import type { StatusWords } from '../domain/observation.js';
import type { PhoneFacts } from '../domain/phone.js';
import type { Change, PlanStep } from '../domain/plan.js';
import type { Failure } from '../domain/report.js';
import type { ProbeAnswer } from '../transport/probe.js';

export type { ProbeAnswer };
export { isTransportError, type TransportError } from '../transport/transport-error.js';

/** Something about a look that belongs into the report's evidence. */
export interface LookNote {
  kind: string;
  text: string;
}

/** What one look at an address showed. */
export type Look =
  | { kind: 'phone'; facts: PhoneFacts; notes?: readonly LookNote[] }
  /** Something answered that is no phone of ours; `detail` says what it seems to be. */
  | { kind: 'not-a-phone'; detail: string }
  /** It is, or may be, a phone, but shows us nothing: a password page, an error page, an empty one. */
  | { kind: 'unreadable'; failure: Failure; notes?: readonly LookNote[] };

/** What came of setting fields. Reading back decides, whatever the phone answered. */
export interface WriteResult {
  /**
   * `confirmed`: read back as wanted · `unread`: posted, but the phone could not be read since · `ignored`: read back as before ·
   * `refused`: an error status and read back as before · `differs`: read back as neither · `sent`: asked for in a way that leaves no
   * setting behind, so that only watching can tell.
   */
  result: 'confirmed' | 'unread' | 'ignored' | 'refused' | 'differs' | 'sent';
  changes: Change[];
  /** How it was written, for the report's evidence: `partial form`, `full form with a Referer`, `Direct Action resync`, … */
  via: string;
  detail: string;
  /** The ways that were tried before it and had no effect, each with what was answered; absent where it was the first. */
  before?: string[];
}

/**
 * Told what will be set before each request leaves; the request waits for it (DESIGN §2 rule 8). With no changes where that way need not
 * have left a setting behind by which a reader could soon see whether it was taken.
 */
export type OnIntent = (changes: readonly Change[]) => Promise<void>;

/** Whose first passwords a look may set: anybody's, or only the phone's with that MAC. */
export type Opens = 'whoever' | { mac: string } | null;

/** One conversation with one phone. */
export interface Visit {
  /**
   * Reads the phone. @throws TransportError
   * @param crossCheck also asks the other ways of reading a phone what they show: for looks that plan or precede a write
   * @param opens whose first passwords may be set where that is allowed: `whoever` is there, for looks that find phones, or the phone of
   * that MAC, where it says so; absent: nobody's
   */
  look(withSettings: boolean, crossCheck?: boolean, opens?: Opens): Promise<Look>;
  /** Sets the step's fields on the phone just looked at, and reads them back. Only after a `look(true)` in this same visit. */
  write(set: PlanStep['set'], onIntent: OnIntent): Promise<WriteResult>;
}

/** The phones of a network, as the fleet sees them. */
export interface Phones {
  /** Asks gently whether somebody is at an address. @throws TransportError */
  probe(address: string): Promise<ProbeAnswer>;
  /** Opens a conversation, closed when `use` ends. @throws TransportError */
  visit<T>(address: string, use: (visit: Visit) => Promise<T>, answer?: ProbeAnswer): Promise<T>;
  words: StatusWords;
}
