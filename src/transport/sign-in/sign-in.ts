import type { Credentials } from '../../domain/network/site.js';

/**
 * What is known about signing in to one phone. One object serves all its sessions in a run, so that a password that was refused, or never
 * answered, is not tried again.
 */
export interface SignIn {
  /** The pair to use now. */
  readonly credentials: Credentials;
  /**
   * Of that pair. `tried`: sent once, without a verdict so far · `accepted`: right, may be sent again · `locked`: the phone locked us out,
   * and nothing is sent any more.
   */
  state: 'untried' | 'tried' | 'accepted' | 'refused' | 'locked';
  /** A fresh unguessable text of letters and digits, for Digest. */
  readonly cnonce: () => string;
  /** Waits until the pair may be tried at this phone; `false`: it may not. Absent: always at once. */
  readonly mayTry?: () => Promise<boolean>;
  /** Called before a password leaves in readable form: Basic or a form over plain http. */
  readonly onReadable: () => void;
  /** After a refusal: moves on to the next pair, as `untried`. False when none is left. Absent: there is only one. */
  readonly next?: () => boolean;
}

/**
 * Why a page still asks for a password: ours was `refused`; it was sent before without a response (`unanswered`); the scheme is unknown
 * (`unsupported`) or the form unclear (`form-unclear`); the phone `locked` us out; the server is no phone (`foreign`), or behind a redirect
 * where no password is sent (`other-door`); the response to a post asked to sign in (`expired`), and the post is not sent again; too many
 * other phones have refused theirs (`held-back`); or there is no password for it (`no-password`).
 */
export const signInTroubles = [
  'refused',
  'unanswered',
  'unsupported',
  'form-unclear',
  'locked',
  'foreign',
  'other-door',
  'expired',
  'held-back',
  'no-password',
] as const;

export type SignInTrouble = (typeof signInTroubles)[number];

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

/** Statuses with which web servers lock out clients that guess passwords. */
export const lockoutStatuses: ReadonlySet<number> = new Set([403, 429, 503]);

/**
 * What a response's status says about the pair sent with the request. A 403 or an error proves no pair right. A 429 is always a lockout,
 * the others only where a password was asked for.
 * @param asks this phone has refused a pair, or has asked for one at this place
 */
export function statusVerdict(status: number, asks: boolean): 'accepted' | 'nothing' | 'locked' {
  if (status === 429 || (asks && lockoutStatuses.has(status))) return 'locked';
  return status === 401 || status === 403 || status >= 500 ? 'nothing' : 'accepted';
}
