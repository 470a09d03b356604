import type { StatusWords } from '../domain/progress/observation.js';
import type { PhoneFacts, UpgradeSettings } from '../domain/phone/facts.js';
import type { Change, PlanStep } from '../domain/plan/plan.js';
import type { Failure } from '../domain/failures/failure.js';
import type { UsedMethod, TriedMethod } from '../domain/plan/write-methods.js';
import type { ProbeResult } from '../transport/session/probe.js';

export type { ProbeResult };
export { isTransportError } from '../transport/errors/transport-error.js';

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
   * `confirmed`: read back as wanted · `refused`: every way was refused in the phone's own words, and it was read back as before. Of the
   * others only watching can tell: `pending`: read back as before, but it may still take effect · `differs`: read back as neither, which
   * may be half-way · `unread`: the phone could not be read since · `sent`: asked for in a way that leaves no setting behind.
   */
  result: 'confirmed' | 'refused' | 'pending' | 'differs' | 'unread' | 'sent';
  /** What was sent, whatever came of it; empty where nothing is set. */
  changes: Change[];
  /** How it was written, for the report's evidence: `partial form`, `full form with a Referer`, `Direct Action resync`, … */
  via: string;
  detail: string;
  /** The ways that were tried before it in this visit, each with what was answered; absent where it was the first. */
  before?: string[];
  /** Every way that was tried for the step so far, the last one last. */
  tried: TriedMethod[];
  /** A further way is left, for when the phone has shown that it took nothing. */
  more: boolean;
  /** Who was found at the address when it was read back, where that was another phone: it may have got what was sent. */
  other?: OtherPhone;
}

/** A phone at the address of another one. */
export interface OtherPhone {
  mac: string | null;
  /** What its form holds; `null` where it does not show that. */
  settings: UpgradeSettings | null;
}

/**
 * Told what will be sent, and every way tried with this one, before each request leaves; the request waits for it
 * (docs/architecture.md#8-on-record-first). No changes: that way leaves no setting behind by which a reader could see whether it was taken.
 */
export type OnIntent = (changes: readonly Change[], tried: readonly TriedMethod[]) => Promise<void>;

/** Whose first passwords a look may set: any phone's, or only those of the phone with this MAC. */
export type MayInitialize = 'anyone' | { mac: string } | null;

/** One conversation with one phone. */
export interface Visit {
  /**
   * Reads the phone. @throws TransportError
   * @param crossCheck also asks the other ways of reading a phone what they show: for looks that plan or precede a write
   * @param mayInitialize whose first passwords may be set where that is allowed: `anyone`, for looks that find phones, or the phone with
   * that MAC; absent: nobody's
   */
  look(withSettings: boolean, crossCheck?: boolean, mayInitialize?: MayInitialize): Promise<Look>;
  /**
   * Sets the step's fields on the phone just looked at, by a way that was not tried yet, and reads them back. Only after a `look(true)`
   * in this same visit.
   */
  write(set: PlanStep['set'], onIntent: OnIntent, tried?: readonly TriedMethod[]): Promise<WriteResult>;
}

/** The phones of a network, as the fleet sees them. */
export interface Phones {
  /** Asks gently whether somebody is at an address. @throws TransportError */
  probe(address: string): Promise<ProbeResult>;
  /** Opens a conversation, closed when `use` ends. @throws TransportError */
  visit<T>(address: string, use: (visit: Visit) => Promise<T>, answer?: ProbeResult): Promise<T>;
  /** A later look has shown that a phone took what was sent to it in this way: its like get it first from now on. */
  learned(facts: PhoneFacts, method: UsedMethod): void;
  words: StatusWords;
}
