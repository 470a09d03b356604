import type { Credentials } from '../../domain/network/site.js';

/** A password that no phone has accepted yet is tried on this many phones at once. */
const fewAtFirst = 3;

/** After this many phones without success, a password is sent to no further one, unless the user allows more. */
const mostWithoutProof = 5;

/** What came of a try. */
export type TryOutcome = 'accepted' | 'refused' | 'unknown';

/** A pair by value: addresses may have separate objects for the same pair. */
type Pair = string;

const pairOf = ({ username, password }: Credentials): Pair => JSON.stringify([username, password()]);

interface Waiter {
  address: string;
  pair: Pair;
  /** All passwords that may be tried there, this one included. */
  candidates: readonly Pair[];
  resolve: (may: boolean) => void;
}

/**
 * Limits how many phones are sent a password. A wrong one would lock out a whole subnet before the first phone has refused it: until one
 * has accepted it, it goes to a few at a time, and to none once a handful have not accepted it. With several candidates for a phone, this
 * applies only when none of them has been right anywhere. If a run stops after a number of refusals, no more phones than that are sent one.
 */
export class PasswordTries {
  readonly #proven = new Set<Pair>();
  /** Address → what is being tried there. */
  readonly #trying = new Map<string, Pair>();
  /** Addresses that refused what was tried last. */
  readonly #refused = new Set<string>();
  /** How many phones were sent a pair and did not accept it: some web servers refuse with an error, or hang up. */
  readonly #untaken = new Map<Pair, number>();
  readonly #mostWithoutProof: number;
  #waiting: Waiter[] = [];

  /** @param mostRefused no more phones than this may refuse a password; `Infinity` for no limit */
  constructor(private readonly mostRefused: number = Number.POSITIVE_INFINITY) {
    this.#mostWithoutProof = Number.isFinite(mostRefused) ? Math.max(mostRefused, mostWithoutProof) : mostWithoutProof;
  }

  /**
   * Resolves when the password may be sent to the phone; `false`: it may not, as enough others have refused theirs.
   * @param candidates all that may be tried at this address
   */
  enter(
    address: string,
    credentials: Credentials,
    candidates: readonly Credentials[] = [credentials],
  ): Promise<boolean> {
    return new Promise((resolve) => {
      this.#waiting.push({ address, pair: pairOf(credentials), candidates: candidates.map(pairOf), resolve });
      this.#admit();
    });
  }

  /** Ends a try, with or without a verdict. Does nothing for an address without one. */
  leave(address: string, outcome: TryOutcome): void {
    const pair = this.#trying.get(address);
    if (pair === undefined) return;
    this.#trying.delete(address);
    if (outcome === 'refused') this.#refused.add(address);
    else this.#refused.delete(address);
    if (outcome === 'accepted') this.#proven.add(pair);
    else this.#untaken.set(pair, (this.#untaken.get(pair) ?? 0) + 1);
    this.#admit();
  }

  #admit(): void {
    this.#waiting = this.#waiting.filter((waiter) => {
      const { address, pair, resolve } = waiter;
      const isOver = this.#refused.size >= this.mostRefused || this.#isHopeless(waiter, false);
      if (!isOver && !this.#hasRoom(waiter)) return true;
      if (!isOver) this.#trying.set(address, pair);
      resolve(!isOver);
      return false;
    });
  }

  #hasRoom(waiter: Waiter): boolean {
    const { address, pair } = waiter;
    if (Number.isFinite(this.mostRefused)) {
      const told = new Set([...this.#refused, ...this.#trying.keys(), address]);
      if (told.size > this.mostRefused) return false;
    }
    if (this.#proven.has(pair)) return true;
    return this.#tryingNow(pair) < fewAtFirst && !this.#isHopeless(waiter, true);
  }

  /**
   * Whether every candidate has been sent to as many phones as allowed, and none was right anywhere.
   * @param reckoning counts the tries under way as if none succeeded
   */
  #isHopeless({ candidates }: Waiter, reckoning: boolean): boolean {
    return candidates.every((one) => {
      const untaken = (this.#untaken.get(one) ?? 0) + (reckoning ? this.#tryingNow(one) : 0);
      return !this.#proven.has(one) && untaken >= this.#mostWithoutProof;
    });
  }

  #tryingNow(pair: Pair): number {
    return [...this.#trying.values()].filter((one) => one === pair).length;
  }
}
