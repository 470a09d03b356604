import { type Answerable, authorizationFor, chooseChallenge } from './authorization.js';
import type { Endpoint } from '../connection/endpoint.js';
import type { Page } from '../session/page.js';
import { whyNotSent, type SignIn, type SignInTrouble, statusVerdict } from './sign-in.js';

/** What to do with a response: send the request again, or accept it, with the trouble there was. */
export type Verdict =
  { again: true; /** For its nonce only. */ renewed: boolean } | { again: false; trouble: SignInTrouble | null };

const taken: Verdict = { again: false, trouble: null };
const troubled = (trouble: SignInTrouble): Verdict => ({ again: false, trouble });

/** Where passwords come from, and where they may go. */
export interface PasswordSource {
  /** Called once, when the phone asks for a password; `null` when there is none for it. */
  find: () => SignIn | null;
  /** Why no password may be sent to the server of this page; `null` when one may. */
  withholdFrom: (page: Page, endpoint: Endpoint) => SignInTrouble | null;
}

/** Signs one session in by header (Digest, Basic): after the first challenge, requests carry the authorization unasked. */
export class Authorization {
  #challenge: Answerable | null = null;
  #count = 0;
  #cnonce = '';
  /** The phone has accepted the challenge in use. */
  #proven = false;
  /** A pair was refused in this session. */
  #refused = false;
  #isShortLived = false;
  /** The request for which the phone last asked for a password. */
  #askedAt: string | null = null;
  #found: SignIn | null | undefined;

  constructor(private readonly passwords: PasswordSource) {}

  /** Whether requests carry an authorization now. */
  get isSignedIn(): boolean {
    return this.#challenge !== null;
  }

  /** How it is signed in: `Digest (MD5)`, `Basic`; `null` until the phone has accepted it. */
  get signedInBy(): string | null {
    if (!this.#challenge || !this.#proven) return null;
    return this.#challenge.scheme === 'basic' ? 'Basic' : `Digest (${this.#challenge.digest.algorithm ?? 'MD5'})`;
  }

  /** Whether this phone has refused a nonce it had accepted: the next may expire as soon. */
  get isShortLived(): boolean {
    return this.#isShortLived;
  }

  /** Whether the next request tries a password that this phone has not accepted yet. */
  get isTrying(): boolean {
    return this.#challenge !== null && this.#found?.state === 'tried';
  }

  /**
   * Waits until a pair may be tried at this phone for the first time. Returns `null` when it may, else the trouble: an earlier refusal
   * outranks the limit.
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
   * Judges the response to a request that carried `header()`.
   * @param renewed whether this request was already sent again because its nonce was too old
   * @param acts whether the request was an action, not a read: a phone that accepted the password for its pages may refuse an action for
   * other reasons
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
      // Unless it says that the nonce is too old, why it refused the action is not known.
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

  /** After a request without a response: a password not accepted yet is not sent again. */
  gaveUp(): void {
    if (!this.#proven) this.forget();
  }

  /** Forgets the challenge, as another port is another server; what is known about the password stays. */
  forget(): void {
    this.#challenge = null;
    this.#proven = false;
  }

  #judgeOpen({ status }: Page, place: string, acts: boolean): Verdict {
    const signIn = this.#found;
    if (!signIn || !this.#challenge) return taken;
    // A page that asked for a password and now is forbidden has refused it. Actions may also be forbidden because a `Referer` is missing.
    const isShut = this.#refused || (!acts && place === this.#askedAt && signIn.state === 'tried');
    const says = statusVerdict(status, isShut);
    if (says === 'accepted') {
      // An open page says nothing about a password sent with it.
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
    // A 401 without a challenge may hold a login form, which is handled elsewhere.
    if (page.headers['www-authenticate'] === undefined) return taken;
    const distrust = this.passwords.withholdFrom(page, endpoint);
    if (distrust !== null) return troubled(distrust);
    const signIn = (this.#found ??= this.passwords.find());
    if (!signIn) return troubled('no-password');
    const held = whyNotSent(signIn);
    return held === null ? this.#use(challenge, endpoint) : troubled(held);
  }

  /** Whether a refusal concerns the nonce, not the password: the phone says so, or it accepted the password before. */
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
    // Built once to see whether a header can carry it.
    const fits =
      challenge !== null && authorizationFor(challenge, signIn.credentials, { method: '', uri: '/' }, 1, '') !== null;
    if (!fits) return troubled('unsupported');
    if (challenge.scheme === 'basic' && endpoint.scheme === 'http') signIn.onReadable();
    if (signIn.state === 'untried') signIn.state = 'tried';
    this.#challenge = challenge;
    this.#count = 0;
    // One for all uses of this nonce: in the -sess algorithms, the key is made of the first (RFC 7616 §3.4.2).
    this.#cnonce = signIn.cnonce();
    this.#proven = false;
    return { again: true, renewed };
  }
}
