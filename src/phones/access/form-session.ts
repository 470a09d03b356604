import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import { type LoginReading, readLoginForm } from '../../pages/sign-in/login-form.js';
import { type Endpoint, originOf } from '../../transport/connection/endpoint.js';
import type { ConnectionEnds } from '../../transport/connection/connections.js';
import type { Peer } from '../../transport/connection/peer.js';
import type { IsEnough } from '../../transport/session/page.js';
import type { AccessUsed, HttpSession, Page, PhoneSession } from '../../transport/session/session.js';
import {
  whyNotSent,
  lockoutStatuses,
  type SignIn,
  type SignInTrouble,
  statusVerdict,
} from '../../transport/sign-in/sign-in.js';
import type { Access } from './sign-ins.js';
import type { IsForeign } from './foreign.js';
import { formPost, type FormPost } from '../multiplatform/form-body.js';

/** What a session with login forms needs. */
export interface FormSessionTools {
  profile: MultiplatformPages;
  access: Access;
  isForeign: IsForeign;
}

/** Statuses with which a login form is shown instead of a page. */
const asking = new Set([200, 401, 403]);

/**
 * A session that also signs in by a login form and its cookie. Where a page turns out to be the form, each pair of name and password is
 * posted once and the requested page is read again: only that page shows whether the phone accepted the pair. A post is never repeated:
 * where the form comes back, the page says so (`signIn: 'expired'`), and the next read signs in again and shows whether the post took
 * effect.
 */
export class FormSession implements PhoneSession {
  constructor(
    private readonly inner: HttpSession,
    private readonly tools: FormSessionTools,
  ) {}

  get host(): string {
    return this.inner.host;
  }

  get endpoint(): Endpoint {
    return this.inner.endpoint;
  }

  get connection(): number | null {
    return this.inner.connection;
  }

  get peer(): Peer {
    return this.inner.peer;
  }

  get access(): AccessUsed {
    const { access } = this.inner;
    const byForm = access.signedInBy === null && this.tools.access.loginPath !== null;
    return byForm ? { ...access, signedInBy: 'a login form' } : access;
  }

  get ends(): ConnectionEnds | null {
    return this.inner.ends;
  }

  async get(path: string, referer?: string, isEnough?: IsEnough): Promise<Page> {
    const read = (): Promise<Page> => this.inner.get(path, referer, isEnough);
    const page = await read();
    const form = this.#formOn(page);
    return form ? this.#signIn(page, form, read, referer) : this.#unlessShut(page);
  }

  async post(path: string, body: string | Buffer, contentType: string, referer?: string): Promise<Page> {
    return this.#taken(await this.inner.post(path, body, contentType, referer));
  }

  async act(path: string, referer?: string): Promise<Page> {
    return this.#taken(await this.inner.act(path, referer));
  }

  maySendPassword(): boolean {
    return this.inner.maySendPassword();
  }

  close(): void {
    this.inner.close();
  }

  /** Where the login form comes back, only a read shows whether the action took effect. */
  #taken(page: Page): Page {
    return this.#formOn(page) || this.#leadsToForm(page) ? { ...page, signIn: 'expired' } : page;
  }

  /**
   * Posts the form, pair by pair where that is allowed, until the requested page is shown. A phone that shows the form only with a `Referer`
   * takes it back only with one, too.
   */
  async #signIn(first: Page, form: LoginReading, read: () => Promise<Page>, referer?: string): Promise<Page> {
    const { access } = this.tools;
    let refused = false;
    for (let page = first, reading = form; ;) {
      const distrust = this.#distrust(page);
      if (distrust !== null) return { ...page, signIn: distrust };
      const signIn = access.signIn();
      if (!signIn) return { ...page, signIn: 'no-password' };
      const held = whyNotSent(signIn);
      if (held !== null) return { ...page, signIn: held };
      const post = this.#filled(page, reading, signIn);
      if (!post) return { ...page, signIn: 'form-unclear' };
      const isFirst = signIn.state === 'untried';
      if (isFirst && !(await this.inner.hold(async () => (await signIn.mayTry?.()) ?? true)))
        return { ...page, signIn: refused ? 'refused' : 'held-back' };
      const answer = await this.#send(post, signIn, referer);
      const asks = refused || isFirst;
      if (statusVerdict(answer.status, asks) === 'locked') return lockedBy(answer, signIn);
      const again = await read();
      const next = this.#formOn(again);
      if (!next) return this.#judge(again, page.path, signIn, asks);
      signIn.state = 'refused';
      refused = true;
      if (signIn.next?.() !== true) return { ...again, signIn: 'refused' };
      [page, reading] = [again, next];
    }
  }

  /** Judges the pair by whether the requested page is shown now. */
  #judge(page: Page, loginPath: string, signIn: SignIn, asks: boolean): Page {
    const says = statusVerdict(page.status, asks);
    if (says === 'locked') return lockedBy(page, signIn);
    if (says === 'nothing') return page;
    signIn.state = 'accepted';
    this.tools.access.loginPath = loginPath;
    return page;
  }

  #send({ path, body, contentType }: FormPost, signIn: SignIn, referer?: string): Promise<Page> {
    if (this.inner.endpoint.scheme === 'http') signIn.onReadable();
    // A pair that was right counts as right until the phone shows its form again after it was posted.
    if (signIn.state === 'untried') signIn.state = 'tried';
    return this.inner.post(path, body, contentType, referer);
  }

  #filled(page: Page, reading: LoginReading, { credentials }: SignIn): FormPost | null {
    if ('unclear' in reading) return null;
    const pairs = reading.form.fill(credentials.username, credentials.password());
    return pairs && formPost(reading.form, pairs, page, originOf(this.inner));
  }

  #distrust(page: Page): SignInTrouble | null {
    if (!this.inner.maySendPassword()) return 'other-door';
    return this.tools.isForeign(page) ? 'foreign' : null;
  }

  #formOn(page: Page): LoginReading | null {
    if (!asking.has(page.status) || page.headers['www-authenticate'] !== undefined) return null;
    return readLoginForm(page.body, this.tools.profile);
  }

  /** A redirect after a post to where the login form was. */
  #leadsToForm({ status, headers, path }: Page): boolean {
    const { loginPath } = this.tools.access;
    const location = headers['location'] ?? '';
    if (loginPath === null || status < 300 || status > 399 || !URL.canParse(location, `http://x${path}`)) return false;
    return new URL(location, `http://x${path}`).pathname === new URL(loginPath, 'http://x').pathname;
  }

  /** A page forbidden after a refusal, in this session or an earlier one, is a lockout, not web access switched off. */
  #unlessShut(page: Page): Page {
    const { known } = this.tools.access;
    const guessedWrong = known !== null && (known.state === 'refused' || known.state === 'locked');
    return guessedWrong && page.signIn === undefined && lockoutStatuses.has(page.status) ? lockedBy(page, known) : page;
  }
}

function lockedBy(page: Page, signIn: SignIn): Page {
  signIn.state = 'locked';
  return { ...page, signIn: 'locked' };
}
