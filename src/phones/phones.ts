import type { StatusWords } from '../domain/progress/observation.js';
import type { PhoneFacts, UpgradeSettings } from '../domain/phone/facts.js';
import type { FormChange, FormValues } from '../domain/plan/plan.js';
import type { Traffic } from '../domain/phone/traffic.js';
import type { Failure, Note } from '../domain/failures/failure.js';
import type { UsedMethod, TriedMethod } from '../domain/plan/write-methods.js';
import type { ProbeResult } from '../transport/session/probe.js';

export type { ProbeResult };
export { isTransportError } from '../transport/errors/transport-error.js';

/**
 * How much of a phone is read: who it is; also what it says of upgrades and calls; also the settings that an upgrade takes. What is not asked for is
 * not in the facts.
 */
export type Depth = 'identity' | 'status' | 'settings';

/** What one look at an address showed. */
export type Look =
  | { kind: 'phone'; facts: PhoneFacts; notes?: readonly Note[] }
  /** Something other than a supported phone; `detail` says what it seems to be. */
  | { kind: 'not-a-phone'; detail: string }
  /** It is, or may be, a phone, but shows nothing: a password page, an error page, an empty one. */
  | { kind: 'unreadable'; failure: Failure; notes?: readonly Note[] };

/** The result of a write. Reading back decides, whatever the response was. */
export interface WriteResult {
  /**
   * `confirmed`: read back as wanted · `refused`: every write method was refused in the phone's own words, and it was read back as before.
   * The others only the watch can settle: `pending`: read back as before, may still take effect · `differs`: read back as neither, perhaps
   * half-way · `unread`: the phone could not be read since · `sent`: by a method that leaves no setting behind.
   */
  result: 'confirmed' | 'refused' | 'pending' | 'differs' | 'unread' | 'sent';
  /** What was sent, whatever the result; empty where nothing is set. */
  changes: FormChange[];
  /** How it was written, for the report's evidence: `partial form`, `full form with a Referer`, `Direct Action resync`, … */
  via: string;
  detail: string;
  /** The methods tried before it in this visit, each with its response; absent where it was the first. */
  before?: string[];
  /** Every method tried for the step so far, the last one last. */
  tried: TriedMethod[];
  /** A further method is left, should this one have no effect. */
  more: boolean;
  /** Another phone found at the address when reading back: it may have received what was sent. */
  other?: OtherPhone;
}

/** A phone at the address of another one. */
export interface OtherPhone {
  mac: string | null;
  /** The values of its form; `null` where not shown. */
  settings: UpgradeSettings | null;
}

/**
 * Called with what will be sent, and all methods tried including this one, before each request; the request waits for it
 * (docs/architecture.md#8-on-record-first), and asks what it resolves to, if anything, once more right before it leaves. No changes: the method leaves no setting behind that could be read back.
 */
export type OnIntent = (
  changes: readonly FormChange[],
  tried: readonly TriedMethod[],
  // Most have nothing to ask.
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type
) => Promise<(() => boolean) | undefined | void>;

/** Whose first passwords a look may set: any phone's, or only those of the phone with this MAC. */
export type MayInitialize = 'anyone' | { mac: string } | null;

/** What the status file is compared with. */
export interface SeenStatus {
  /** As the admin page showed it. */
  facts: PhoneFacts;
  /** What the phone says of its license counts, too: a file without such rows is no answer then. */
  withLicense: boolean;
}

/** One conversation with one phone. */
export interface Visit {
  /**
   * Reads the phone. @throws TransportError
   * @param crossCheck also reads the phone's other pages: for looks that plan or precede a write. An earlier reading with its cross-check: where
   * the page shows the same still, files that agreed with it then are not read again
   * @param mayInitialize whose first passwords may be set where that is allowed: `anyone`, for looks that find phones, or the phone with
   * that MAC; absent: none
   */
  look(depth: Depth, crossCheck?: boolean | PhoneFacts, mayInitialize?: MayInitialize): Promise<Look>;
  /**
   * Whether the phone's small status file shows just what its page showed. `false` proves nothing: the file may be missing, or tell less.
   * @throws TransportError only for a local shortage
   */
  hasSameStatus(seen: SeenStatus): Promise<boolean>;
  /**
   * Sets the step's fields on the phone just looked at, by a method not tried yet, and reads them back. Only after a
   * cross-checked `look` in this same visit.
   */
  write(set: FormValues, onIntent: OnIntent, tried?: readonly TriedMethod[]): Promise<WriteResult>;
}

/** The phones of a network, as the fleet sees them. */
export interface Phones {
  /**
   * Gently finds out whether a device is at an address. @throws TransportError
   * @param patiently gives it three times as long as usual
   */
  probe(address: string, patiently?: boolean): Promise<ProbeResult>;
  /**
   * Opens a conversation, closed when `use` ends. @throws TransportError
   * @param traffic what the visit takes is added to it, also where it fails; absent: nobody counts
   */
  visit<T>(address: string, use: (visit: Visit) => Promise<T>, traffic?: Traffic, answer?: ProbeResult): Promise<T>;
  /** A later look has shown that this method worked: phones of the same kind get it first from now on. */
  learned(facts: PhoneFacts, method: UsedMethod): void;
  words: StatusWords;
}
