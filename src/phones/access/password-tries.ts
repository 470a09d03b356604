import type { Credentials } from '../../domain/network/site.js';

/** A password that no phone has taken yet is tried on no more phones at once. */
const fewAtFirst = 3;

/** So many phones may be told one without taking it, unless the user has named a larger number; then nobody is told it any more. */
const mostWithoutProof = 5;

/** What came of a try. */
export type TryOutcome = 'accepted' | 'refused' | 'unknown';

/** A pair by its value: every address may have an object of its own for the same. */
type Pair = string;

const pairOf = ({ username, password }: Credentials): Pair => JSON.stringify([username, password()]);

interface Waiter {
  address: string;
  pair: Pair;
  /** All that may be tried there, this one among them. */
  candidates: readonly Pair[];
  resolve: (may: boolean) => void;
}

/**
 * Who may be told a password now. One that is wrong would lock out a whole subnet before the first phone has said so: until a phone has
 * taken it, it goes to a few at a time, and to nobody any more once a handful have not taken it. Of several for one phone, that holds only
 * when none of them has been right anywhere. Where a run is to stop after so many phones have refused one, no more than that are ever told.
 */
export class PasswordTries {
  readonly #proven = new Set<Pair>();
  /** Address → what is being tried there. */
  readonly #trying = new Map<string, Pair>();
  /** Addresses that refused what was tried last. */
  readonly #refused = new Set<string>();
  /** How many phones were told a pair and did not take it: some web servers refuse by an error, or hang up. */
  readonly #untaken = new Map<Pair, number>();
  readonly #mostWithoutProof: number;
  #waiting: Waiter[] = [];

  /** @param mostRefused no more phones than this may refuse a password; `Infinity` for no limit */
  constructor(private readonly mostRefused: number = Number.POSITIVE_INFINITY) {
    this.#mostWithoutProof = Number.isFinite(mostRefused) ? Math.max(mostRefused, mostWithoutProof) : mostWithoutProof;
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
      this.#waiting.push({ address, pair: pairOf(credentials), candidates: candidates.map(pairOf), resolve });
      this.#admit();
    });
  }

  /** The phone has answered, or the conversation has ended without that. Of an address where nothing is tried it says nothing. */
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
   * Whether each pair that could be tried was told to as many phones as may be, and none was right anywhere.
   * @param reckoning with what is being tried now, as if nobody were to take it
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
