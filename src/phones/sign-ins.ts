import { randomBytes } from 'node:crypto';
import { type Log, silentLog } from '../domain/log.js';
import type { Credentials } from '../domain/site.js';
import type { SignIn } from '../transport/sign-in.js';

/** How phones that ask for a password are signed in to. */
export interface SignInsOptions {
  /** What may be tried at an address, best first; only the first is. Asked once per address, and only where a password is wanted. */
  credentialsFor?: (address: string) => readonly Credentials[];
  log?: Log;
  /** See `SignIn.cnonce`. */
  cnonce?: () => string;
}

/**
 * What is known of signing in to the phones of a run, by address: a password is tried once at each, so that looking again and again at
 * a phone that refuses it never locks anybody out.
 */
export class SignIns {
  readonly #known = new Map<string, SignIn | null>();
  #warned = false;

  constructor(private readonly options: SignInsOptions) {}

  /** For a phone that asks for a password; `null` when there is none to try. */
  at(address: string): SignIn | null {
    const known = this.#known.get(address);
    if (known !== undefined) return known;
    const [credentials] = this.options.credentialsFor?.(address) ?? [];
    const signIn = credentials ? this.#first(credentials, address) : null;
    this.#known.set(address, signIn);
    return signIn;
  }

  #first(credentials: Credentials, address: string): SignIn {
    return {
      credentials,
      state: 'untried',
      cnonce: this.options.cnonce ?? (() => randomBytes(16).toString('hex')),
      onReadable: () => this.#warnOnce(address),
    };
  }

  /** Once a run: it concerns the network, and a line for every look at every phone would hide everything else. */
  #warnOnce(address: string): void {
    if (this.#warned) return;
    this.#warned = true;
    (this.options.log ?? silentLog).warn(
      'phones take their password by Basic over plain http: whoever listens on the network can read it; --scheme https avoids that where phones offer it',
      { first: address },
    );
  }
}
