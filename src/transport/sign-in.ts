import type { Credentials } from '../domain/site.js';
import type { Way } from './connect.js';
import { type Answerable, authorizationFor, chooseChallenge } from './authorization.js';

/**
 * What is known of signing in to one phone. One object serves all its sessions in a run, so that a password that was refused, or whose
 * answer never came, is not tried again.
 */
export interface SignIn {
  /** The one pair that is tried. */
  readonly credentials: Credentials;
  /** `tried`: sent once, and the phone has not said whether it was right. */
  state: 'untried' | 'tried' | 'accepted' | 'refused';
  /** A fresh text of letters and digits that nobody can guess, for Digest. */
  readonly cnonce: () => string;
  /** Called before a password leaves readable for everybody on the way: Basic over plain http. */
  readonly onReadable: () => void;
}

/** What a 401 means in spite of a password: it was refused, was sent before without an answer, or is asked for in an unknown way. */
export type SignInTrouble = 'refused' | 'unanswered' | 'unsupported';

/** What to make of an answer: send the request again, or take it, with the trouble there was. */
export type Verdict = { again: true } | { again: false; trouble: SignInTrouble | null };

const taken: Verdict = { again: false, trouble: null };
const again: Verdict = { again: true };
const troubled = (trouble: SignInTrouble): Verdict => ({ again: false, trouble });

/** The signing in of one session: it answers a challenge once, and after that goes ahead of the phone's asking. */
export class Authorization {
  #challenge: Answerable | null = null;
  #count = 0;
  /** The challenge that is in use has been answered to the phone's content. */
  #proven = false;
  readonly #find: () => SignIn | null;
  #found: SignIn | null | undefined;

  /** @param find asked once, and only when the phone wants a password; `null` when there is none for it */
  constructor(find: () => SignIn | null) {
    this.#find = find;
  }

  /** Whether requests carry an authorization now. */
  get isSignedIn(): boolean {
    return this.#challenge !== null;
  }

  /** Whether the next request tries a password that this phone has never taken yet. */
  get isTrying(): boolean {
    return this.#challenge !== null && this.#found?.state === 'tried';
  }

  /** The `Authorization` header of the next request; `null` while not signed in. */
  header(method: string, uri: string): string | null {
    if (!this.#challenge || !this.#found) return null;
    this.#count += 1;
    const { credentials, cnonce } = this.#found;
    return authorizationFor(this.#challenge, credentials, { method, uri }, this.#count, cnonce());
  }

  /**
   * Judges the answer to a request that carried `header()`.
   * @param renewed whether this request was sent again already because its nonce was too old
   */
  judge(page: { status: number; headers: Readonly<Record<string, string>> }, way: Way, renewed: boolean): Verdict {
    const signIn = this.#found;
    if (page.status !== 401) {
      // A 403 may be the way in which an odd server refuses a password: it proves nothing, and the next page does not get it.
      if (page.status === 403) this.gaveUp();
      else if (signIn && this.#challenge) {
        signIn.state = 'accepted';
        this.#proven = true;
      }
      return taken;
    }
    const challenge = chooseChallenge(page.headers['www-authenticate'] ?? '');
    if (!this.#challenge) return this.#begin(challenge, way);
    if (!renewed && this.#onlyTooOld(challenge)) return this.#use(challenge, way);
    if (signIn) signIn.state = 'refused';
    this.forget();
    return troubled('refused');
  }

  /** After a request without an answer: a password that has not been found right yet is not sent again. */
  gaveUp(): void {
    if (!this.#proven) this.forget();
  }

  /** Forgets the challenge, not what is known of the password: another port is another server. */
  forget(): void {
    this.#challenge = null;
    this.#proven = false;
  }

  #begin(challenge: Answerable | null, way: Way): Verdict {
    const signIn = (this.#found ??= this.#find());
    if (!signIn) return taken;
    if (signIn.state === 'refused') return troubled('refused');
    if (signIn.state === 'tried') return troubled('unanswered');
    return this.#use(challenge, way);
  }

  /** Whether a refusal concerns the nonce and not the password: the phone says so, or it was content with the password before. */
  #onlyTooOld(challenge: Answerable | null): boolean {
    const old = this.#challenge;
    if (challenge?.scheme !== 'digest' || old?.scheme !== 'digest') return false;
    return challenge.digest.nonce !== old.digest.nonce && (challenge.digest.stale || this.#proven);
  }

  #use(challenge: Answerable | null, way: Way): Verdict {
    const signIn = this.#found;
    if (!signIn) return taken;
    // Made once to see whether it can be said at all.
    const isSayable =
      challenge !== null && authorizationFor(challenge, signIn.credentials, { method: '', uri: '/' }, 1, '') !== null;
    if (!isSayable) return troubled('unsupported');
    if (challenge.scheme === 'basic' && way.scheme === 'http') signIn.onReadable();
    if (signIn.state === 'untried') signIn.state = 'tried';
    this.#challenge = challenge;
    this.#count = 0;
    this.#proven = false;
    return again;
  }
}
