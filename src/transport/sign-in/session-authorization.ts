import { type Answerable, authorizationFor, chooseChallenge } from './authorization.js';
import type { Endpoint } from '../connection/endpoint.js';
import type { Page } from '../session/page.js';
import { whyNotSent, type SignIn, type SignInTrouble, statusVerdict } from './sign-in.js';

/** What to make of an answer: send the request again, or take it, with the trouble there was. */
export type Verdict =
  { again: true; /** For its nonce only. */ renewed: boolean } | { again: false; trouble: SignInTrouble | null };

const taken: Verdict = { again: false, trouble: null };
const troubled = (trouble: SignInTrouble): Verdict => ({ again: false, trouble });

/** Who may be told a password. */
export interface PasswordSource {
  /** Asked once, and only when the phone wants a password; `null` when there is none for it. */
  find: () => SignIn | null;
  /** Why a password must not go to who gave this answer; `null` when it may. */
  withholdFrom: (page: Page, endpoint: Endpoint) => SignInTrouble | null;
}

/** The signing in of one session by header (Digest, Basic): it answers a challenge, and after that goes ahead of the phone's asking. */
export class Authorization {
  #challenge: Answerable | null = null;
  #count = 0;
  #cnonce = '';
  /** The challenge that is in use has been answered to the phone's content. */
  #proven = false;
  /** A pair was refused in this session. */
  #refused = false;
  #isShortLived = false;
  /** What the phone last asked a password for. */
  #askedAt: string | null = null;
  #found: SignIn | null | undefined;

  constructor(private readonly confidant: PasswordSource) {}

  /** Whether requests carry an authorization now. */
  get isSignedIn(): boolean {
    return this.#challenge !== null;
  }

  /** How it is signed in: `Digest (MD5)`, `Basic`; `null` while the phone has not been content with it. */
  get signedInBy(): string | null {
    if (!this.#challenge || !this.#proven) return null;
    return this.#challenge.scheme === 'basic' ? 'Basic' : `Digest (${this.#challenge.digest.algorithm ?? 'MD5'})`;
  }

  /** Whether this phone has refused a nonce with which it was content before: the next may wear off as soon. */
  get isShortLived(): boolean {
    return this.#isShortLived;
  }

  /** Whether the next request tries a password that this phone has never taken yet. */
  get isTrying(): boolean {
    return this.#challenge !== null && this.#found?.state === 'tried';
  }

  /**
   * Waits until a pair that has never been tried at this phone may be. `null`: it may; else what the phone is that is not told it: one that
   * has refused another is that first of all.
   */
  async waitForTurn(): Promise<SignInTrouble | null> {
    const signIn = this.#found;
    if (!this.isTrying || !signIn?.mayTry || (await signIn.mayTry())) return null;
    this.forget();
    signIn.state = 'untried';
    return this.#refused ? 'refused' : 'held-back';
  }

  /** The `Authorization` header of the next request; `null` while not signed in. */
  header(method: string, uri: string): string | null {
    if (!this.#challenge || !this.#found) return null;
    this.#count += 1;
    return authorizationFor(this.#challenge, this.#found.credentials, { method, uri }, this.#count, this.#cnonce);
  }

  /**
   * Judges the answer to a request that carried `header()`.
   * @param renewed whether this request was sent again already because its nonce was too old
   * @param acts whether the request was to do something, not to read: a phone that was content with the password for its pages may refuse
   * that for a reason of its own, which says nothing against the password
   */
  judge(
    page: Page,
    endpoint: Endpoint,
    { renewed = false, acts = false }: { renewed?: boolean; acts?: boolean } = {},
  ): Verdict {
    const place = `${acts ? 'acts on' : 'reads'} ${page.path}`;
    if (page.status !== 401) return this.#judgeOpen(page, place, acts);
    this.#askedAt = place;
    const challenge = chooseChallenge(page.headers['www-authenticate'] ?? '');
    if (!this.#challenge) return this.#begin(challenge, page, endpoint);
    if (!renewed && this.#onlyTooOld(challenge)) {
      this.#isShortLived ||= this.#proven;
      const verdict = this.#use(challenge, endpoint, true);
      // Where it does not say that the nonce is too old, nobody knows why it refused what it was to do.
      return acts && !this.#saysStale(challenge) ? taken : verdict;
    }
    this.forget();
    const signIn = this.#found;
    if (!signIn) return taken;
    if (acts && signIn.state === 'accepted') return taken;
    signIn.state = 'refused';
    this.#refused = true;
    return signIn.next?.() ? this.#use(challenge, endpoint) : troubled('refused');
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

  #judgeOpen({ status }: Page, place: string, acts: boolean): Verdict {
    const signIn = this.#found;
    if (!signIn || !this.#challenge) return taken;
    // To ask for a password, and to shut the door on one that has never been right, is to refuse it. What acts may want a `Referer`.
    const isShut = this.#refused || (!acts && place === this.#askedAt && signIn.state === 'tried');
    const says = statusVerdict(status, isShut);
    if (says === 'accepted') {
      // What is open to everybody says nothing of a password that went along.
      if (signIn.state !== 'accepted' && place !== this.#askedAt) return taken;
      signIn.state = 'accepted';
      this.#proven = true;
      return taken;
    }
    if (says === 'locked' && signIn.state !== 'accepted') signIn.state = 'locked';
    this.gaveUp();
    return signIn.state === 'locked' ? troubled('locked') : taken;
  }

  #begin(challenge: Answerable | null, page: Page, endpoint: Endpoint): Verdict {
    // A 401 without any challenge may hold a login form, which is none of ours.
    if (page.headers['www-authenticate'] === undefined) return taken;
    const distrust = this.confidant.withholdFrom(page, endpoint);
    if (distrust !== null) return troubled(distrust);
    const signIn = (this.#found ??= this.confidant.find());
    if (!signIn) return troubled('no-password');
    const held = whyNotSent(signIn);
    return held === null ? this.#use(challenge, endpoint) : troubled(held);
  }

  /** Whether a refusal concerns the nonce and not the password: the phone says so, or it was content with the password before. */
  #onlyTooOld(challenge: Answerable | null): boolean {
    const old = this.#challenge;
    if (challenge?.scheme !== 'digest' || old?.scheme !== 'digest') return false;
    return challenge.digest.nonce !== old.digest.nonce && (challenge.digest.stale || this.#proven);
  }

  #saysStale(challenge: Answerable | null): boolean {
    return challenge?.scheme === 'digest' && challenge.digest.stale;
  }

  #use(challenge: Answerable | null, endpoint: Endpoint, renewed = false): Verdict {
    const signIn = this.#found;
    if (!signIn) return taken;
    // Made once to see whether it can be said at all.
    const isSayable =
      challenge !== null && authorizationFor(challenge, signIn.credentials, { method: '', uri: '/' }, 1, '') !== null;
    if (!isSayable) return troubled('unsupported');
    if (challenge.scheme === 'basic' && endpoint.scheme === 'http') signIn.onReadable();
    if (signIn.state === 'untried') signIn.state = 'tried';
    this.#challenge = challenge;
    this.#count = 0;
    // One for all answers to this nonce: in the -sess algorithms, the key is made of the first (RFC 7616 §3.4.2).
    this.#cnonce = signIn.cnonce();
    this.#proven = false;
    return { again: true, renewed };
  }
}
