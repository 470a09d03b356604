import type { Credentials } from '../../domain/site.js';

/** A password that no phone has taken yet is tried on no more phones at once. */
const fewAtFirst = 3;

/** What came of a try. */
export type TryOutcome = 'accepted' | 'refused' | 'unknown';

interface Waiter {
  address: string;
  credentials: Credentials;
  resolve: (may: boolean) => void;
}

/**
 * Who may be told a password now. One that is wrong would lock out a whole subnet before the first phone has said so: until a phone has
 * taken it, it goes to a few at a time. Where a run is to stop after so many phones have refused one, no more than that are ever told.
 */
export class PasswordTries {
  readonly #proven = new Set<Credentials>();
  /** Address → what is being tried there. */
  readonly #trying = new Map<string, Credentials>();
  /** Addresses that refused what was tried last. */
  readonly #refused = new Set<string>();
  #waiting: Waiter[] = [];

  /** @param mostRefused no more phones than this may refuse a password; `Infinity` for no limit */
  constructor(private readonly mostRefused: number = Number.POSITIVE_INFINITY) {}

  /** Resolves when the password may be sent to the phone; `false`: it may not, enough others have refused theirs. */
  enter(address: string, credentials: Credentials): Promise<boolean> {
    return new Promise((resolve) => {
      this.#waiting.push({ address, credentials, resolve });
      this.#admit();
    });
  }

  /** The phone has answered, or the conversation has ended without that. Of an address where nothing is tried it says nothing. */
  leave(address: string, outcome: TryOutcome): void {
    const credentials = this.#trying.get(address);
    if (!credentials) return;
    this.#trying.delete(address);
    if (outcome === 'refused') this.#refused.add(address);
    else this.#refused.delete(address);
    if (outcome === 'accepted') this.#proven.add(credentials);
    this.#admit();
  }

  #admit(): void {
    const isOver = this.#refused.size >= this.mostRefused;
    this.#waiting = this.#waiting.filter((waiter) => {
      const { address, credentials, resolve } = waiter;
      if (!isOver && !this.#hasRoom(waiter)) return true;
      if (!isOver) this.#trying.set(address, credentials);
      resolve(!isOver);
      return false;
    });
  }

  #hasRoom({ address, credentials }: Waiter): boolean {
    if (Number.isFinite(this.mostRefused)) {
      const told = new Set([...this.#refused, ...this.#trying.keys(), address]);
      if (told.size > this.mostRefused) return false;
    }
    if (this.#proven.has(credentials)) return true;
    const same = [...this.#trying.values()].filter((one) => one === credentials);
    return same.length < fewAtFirst;
  }
}
