import type { Credentials } from '../../domain/network/site.js';

/**
 * What is known of signing in to one phone. One object serves all its sessions in a run, so that a password that was refused, or whose
 * answer never came, is not tried again.
 */
export interface SignIn {
  /** The pair whose turn it is. */
  readonly credentials: Credentials;
  /**
   * Of that pair. `tried`: sent once, and the phone has not said whether it was right · `accepted`: it was right, and may be sent
   * again · `locked`: the phone has shut the door after wrong ones, and nothing is sent any more.
   */
  state: 'untried' | 'tried' | 'accepted' | 'refused' | 'locked';
  /** A fresh text of letters and digits that nobody can guess, for Digest. */
  readonly cnonce: () => string;
  /** Waits until the pair may be tried at this phone; `false`: it may not. Absent: always at once. */
  readonly mayTry?: () => Promise<boolean>;
  /** Called before a password leaves readable for everybody on the way: Basic or a form over plain http. */
  readonly onReadable: () => void;
  /** After a refusal: goes on to the next pair, `untried` then. False when there is none, or it may not be tried. Absent: none. */
  readonly next?: () => boolean;
}

/**
 * What is behind a page that asks for a password in spite of one: it was `refused`; it was sent before without an answer
 * (`unanswered`); it is asked for in an unknown way (`unsupported`), or by a form that is not understood (`form-unclear`); the phone
 * has `locked` its door; who asks is no phone (`foreign`), or stands behind a redirect where no password goes (`other-door`); a post
 * was answered by asking to sign in, first or anew (`expired`): it is not sent again by itself; too many other phones have refused
 * theirs (`held-back`); or there is none for it (`no-password`).
 */
export type SignInTrouble =
  | 'refused'
  | 'unanswered'
  | 'unsupported'
  | 'form-unclear'
  | 'locked'
  | 'foreign'
  | 'other-door'
  | 'expired'
  | 'held-back'
  | 'no-password';

/** Why a pair may not be sent now; `null` when it may. */
export function whyNotSent({ state }: SignIn): SignInTrouble | null {
  switch (state) {
    case 'untried':
    case 'accepted':
      return null;
    case 'tried':
      return 'unanswered';
    case 'refused':
    case 'locked':
      return state;
  }
}

/** Statuses with which web servers shut the door on who guesses passwords. */
export const lockoutStatuses: ReadonlySet<number> = new Set([403, 429, 503]);

/**
 * What the status of an answer says of the pair that was sent for it. A 403 or an error proves nothing right. For a 429 always, for others in
 * a place that asks for a password, it means that the door is shut.
 * @param asks a pair was refused at this phone already, or asked for in this place
 */
export function statusVerdict(status: number, asks: boolean): 'accepted' | 'nothing' | 'locked' {
  if (status === 429 || (asks && lockoutStatuses.has(status))) return 'locked';
  return status === 401 || status === 403 || status >= 500 ? 'nothing' : 'accepted';
}
