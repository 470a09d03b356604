import type { Credentials } from '../../domain/site.js';

/** A password that no phone has taken yet is tried on no more phones at once. */
const fewAtFirst = 3;

/** So many phones may refuse one that none has taken, unless the user has named a number; then nobody is told it any more. */
const mostWithoutProof = 5;

/** What came of a try. */
export type TryOutcome = 'accepted' | 'refused' | 'unknown';

interface Waiter {
  address: string;
  credentials: Credentials;
  /** All that may be tried there, these among them. */
  candidates: readonly Credentials[];
  resolve: (may: boolean) => void;
}

/**
 * Who may be told a password now. One that is wrong would lock out a whole subnet before the first phone has said so: until a phone has
 * taken it, it goes to a few at a time, and to nobody any more once a handful have refused it. Of several for one phone, that holds only
 * when none of them has been right anywhere. Where a run is to stop after so many phones have refused one, no more than that are ever told.
 */
export class PasswordTries {
  readonly #proven = new Set<Credentials>();
  /** Address → what is being tried there. */
  readonly #trying = new Map<string, Credentials>();
  /** Addresses that refused what was tried last. */
  readonly #refused = new Set<string>();
  /** How many phones have refused a pair. */
  readonly #refusals = new Map<Credentials, number>();
  readonly #mostWithoutProof: number;
  #waiting: Waiter[] = [];

  /** @param mostRefused no more phones than this may refuse a password; `Infinity` for no limit */
  constructor(private readonly mostRefused: number = Number.POSITIVE_INFINITY) {
    this.#mostWithoutProof = Number.isFinite(mostRefused) ? mostRefused : mostWithoutProof;
  }

  /**
   * Resolves when the password may be sent to the phone; `false`: it may not, enough others have refused theirs.
   * @param candidates all that may be tried at this address
   */
  enter(
    address: string,
    credentials: Credentials,
    candidates: readonly Credentials[] = [credentials],
  ): Promise<boolean> {
    return new Promise((resolve) => {
      this.#waiting.push({ address, credentials, candidates, resolve });
      this.#admit();
    });
  }

  /** The phone has answered, or the conversation has ended without that. Of an address where nothing is tried it says nothing. */
  leave(address: string, outcome: TryOutcome): void {
    const credentials = this.#trying.get(address);
    if (!credentials) return;
    this.#trying.delete(address);
    if (outcome === 'refused') {
      this.#refused.add(address);
      this.#refusals.set(credentials, (this.#refusals.get(credentials) ?? 0) + 1);
    } else this.#refused.delete(address);
    if (outcome === 'accepted') this.#proven.add(credentials);
    this.#admit();
  }

  #admit(): void {
    this.#waiting = this.#waiting.filter((waiter) => {
      const { address, credentials, resolve } = waiter;
      const isOver = this.#refused.size >= this.mostRefused || this.#isHopeless(waiter, false);
      if (!isOver && !this.#hasRoom(waiter)) return true;
      if (!isOver) this.#trying.set(address, credentials);
      resolve(!isOver);
      return false;
    });
  }

  #hasRoom(waiter: Waiter): boolean {
    const { address, credentials } = waiter;
    if (Number.isFinite(this.mostRefused)) {
      const told = new Set([...this.#refused, ...this.#trying.keys(), address]);
      if (told.size > this.mostRefused) return false;
    }
    if (this.#proven.has(credentials)) return true;
    return this.#tryingNow(credentials) < fewAtFirst && !this.#isHopeless(waiter, true);
  }

  /**
   * Whether as many phones as may have refused each pair that could be tried, and none was right anywhere.
   * @param inTime reckons with the refusals of all that are being tried now
   */
  #isHopeless({ candidates }: Waiter, inTime: boolean): boolean {
    return candidates.every((one) => {
      const refusals = (this.#refusals.get(one) ?? 0) + (inTime ? this.#tryingNow(one) : 0);
      return !this.#proven.has(one) && refusals >= this.#mostWithoutProof;
    });
  }

  #tryingNow(credentials: Credentials): number {
    return [...this.#trying.values()].filter((one) => one === credentials).length;
  }
}
