import { randomBytes } from 'node:crypto';
import type { Clock } from '../../domain/ports/clock.js';
import { type Log, silentLog } from '../../domain/ports/log.js';
import type { Credentials } from '../../domain/network/site.js';
import { CookieJar } from '../../transport/sign-in/cookie-jar.js';
import type { SignIn } from '../../transport/sign-in/sign-in.js';
import { PasswordTries } from './password-tries.js';

/** How phones that ask for a password are signed in to. */
export interface SignInsOptions {
  /** What may be tried at an address, best first. Called once per address, and only where a phone asks for a password. */
  credentialsFor?: (address: string) => readonly Credentials[];
  /** All of them are tried, one after the other, each once. Absent: only the first. */
  tryPasswords?: boolean;
  /** After this many refusals no further phone is sent a password. Absent: after a handful, as long as no phone has accepted one. */
  mostRefused?: number;
  log?: Log;
  /** See `SignIn.cnonce`. */
  cnonce?: () => string;
}

/** What this run knows about signing in at one address. */
export interface Access {
  /** Called where a phone asks for a password; `null` when there is none to try. */
  signIn(): SignIn | null;
  /** The same, but only if it was called before. */
  readonly known: SignIn | null;
  readonly credentials: () => readonly Credentials[];
  /** From now on only this pair is used: it was just set. */
  use(credentials: Credentials): void;
  readonly cookies: CookieJar;
  /** Path of the login form that accepted a password; `null` before. */
  loginPath: string | null;
  /** The first passwords were sent to this phone: once is enough. */
  firstPasswordSent: boolean;
}

/**
 * What is known about signing in to the phones of a run, by address: each password is tried once at each, so that repeated looks at a
 * phone that refuses it lock no account.
 */
export class SignIns {
  readonly #known = new Map<string, AddressAccess>();
  readonly #tries: PasswordTries;
  #warned = false;

  constructor(
    private readonly options: SignInsOptions,
    private readonly clock: Pick<Clock, 'now' | 'monotonic'>,
  ) {
    this.#tries = new PasswordTries(options.mostRefused);
  }

  /** What is known about an address; kept once it is used. */
  at(address: string): Access {
    const known = this.#known.get(address);
    if (known) return known;
    const access = new AddressAccess(address, this.options, this.clock, this.#tries, () => this.#warnOnce(address));
    this.#known.set(address, access);
    return access;
  }

  /** After a visit: nothing is kept of a phone that asked for no password. */
  leave(address: string): void {
    this.#tries.leave(address, 'unknown');
    if (this.#known.get(address)?.isUntouched) this.#known.delete(address);
  }

  /** Once per run: it is about the network, and a line for every look at every phone would drown everything else. */
  #warnOnce(address: string): void {
    if (this.#warned) return;
    this.#warned = true;
    (this.options.log ?? silentLog).warn(
      'phones take their password by Basic or a form over plain http: anyone who listens on the network can read it; --scheme https avoids that where phones offer it',
      { first: address },
    );
  }
}

class AddressAccess implements Access {
  readonly cookies: CookieJar;
  loginPath: string | null = null;
  firstPasswordSent = false;
  #signIn: SignIn | null | undefined;
  #credentials: readonly Credentials[] | undefined;

  constructor(
    private readonly address: string,
    private readonly options: SignInsOptions,
    clock: Pick<Clock, 'now' | 'monotonic'>,
    private readonly tries: PasswordTries,
    private readonly onReadable: () => void,
  ) {
    this.cookies = new CookieJar(clock);
  }

  get known(): SignIn | null {
    return this.#signIn ?? null;
  }

  get isUntouched(): boolean {
    return this.#signIn === undefined && this.cookies.isEmpty && !this.firstPasswordSent;
  }

  readonly credentials = (): readonly Credentials[] =>
    (this.#credentials ??= this.options.credentialsFor?.(this.address) ?? []);

  signIn(): SignIn | null {
    if (this.#signIn !== undefined) return this.#signIn;
    const all = this.credentials();
    return (this.#signIn = this.#made(this.options.tryPasswords === true ? all : all.slice(0, 1)));
  }

  use(credentials: Credentials): void {
    this.#signIn = this.#made([credentials]);
  }

  #made(candidates: readonly Credentials[]): SignIn | null {
    const [first, ...rest] = candidates;
    if (!first) return null;
    const { address, tries } = this;
    let state: SignIn['state'] = 'untried';
    const signIn: { -readonly [Key in keyof SignIn]: SignIn[Key] } = {
      credentials: first,
      get state() {
        return state;
      },
      set state(next) {
        state = next;
        if (next === 'accepted') tries.leave(address, 'accepted');
        else if (next === 'refused' || next === 'locked') tries.leave(address, 'refused');
      },
      mayTry: () => tries.enter(address, signIn.credentials, candidates),
      cnonce: this.options.cnonce ?? (() => randomBytes(16).toString('hex')),
      onReadable: this.onReadable,
      next: () => {
        const following = rest.shift();
        if (!following) return false;
        signIn.credentials = following;
        signIn.state = 'untried';
        return true;
      },
    };
    return signIn;
  }
}
