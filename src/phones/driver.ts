import type { PhoneFacts } from '../domain/phone/facts.js';
import type { Failure } from '../domain/failures/failure.js';
import type { Page, PhoneSession } from '../transport/session/session.js';
import type { Depth } from './phones.js';
import type { AdminView } from './multiplatform/admin-view.js';

/** What a driver found at an address. */
export type Reading =
  | {
      kind: 'phone';
      facts: PhoneFacts;
      /** The admin page, where the phone can be written to. */
      page: AdminView | null;
    }
  /** Certainly something else: a device of another kind that shows its name. */
  | { kind: 'foreign'; name: string }
  /** Not a phone of this family as far as can be seen; `trouble` when it may be one that shows us nothing. */
  | { kind: 'other'; trouble: Failure | null; seen: Page[] };

/** Reads one family of phones. All requests go over the one session, one at a time. */
export interface PhoneDriver {
  /** @throws TransportError */
  read(session: PhoneSession, depth: Depth): Promise<Reading>;
}
