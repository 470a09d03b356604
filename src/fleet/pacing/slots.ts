import { SlotBook } from '../../domain/pacing/slots.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import type { Pacing } from './pacing.js';
import { type PhoneRecord, targetKey } from '../record/phone-record.js';
import type { StopControl } from '../stop-control.js';

/** The branch link that a phone's upgrade goes over: its site, else the subnet in which it was a target. */
function groupOf({ target }: PhoneRecord): string {
  return target.hint.site ?? target.scope;
}

/** Whether the thresholds alone limit how many phones are under way at once: neither waves nor a number do. */
export function isLimitedByThresholds({ waves, maxUpgrading }: Pick<Pacing, 'waves' | 'maxUpgrading'>): boolean {
  return waves === null && maxUpgrading === Number.POSITIVE_INFINITY;
}

/** Limits how many phones are under way at once, overall and per branch link. A phone that waits holds only its place in line. */
export class Slots {
  readonly #book: SlotBook;
  readonly #admit = new Map<string, () => void>();

  constructor(pacing: Pacing, breaker: Pick<CircuitBreaker, 'mostUnderWay' | 'onTrip'>) {
    const { maxUpgrading, maxUpgradingPerSubnet, sites } = pacing;
    const perGroup = (group: string): number => sites.get(group)?.maxUpgrading ?? maxUpgradingPerSubnet;
    // If no limit is given, the thresholds set it: more at once could all be lost before the first has ended.
    const overall = isLimitedByThresholds(pacing) ? (): number => breaker.mostUnderWay : maxUpgrading;
    this.#book = new SlotBook({ overall, perGroup });
    // Phones in line are let through then, to end untouched.
    breaker.onTrip(() => this.#admitWaiting());
  }

  /** Resolves when the phone has a slot, or when the run is stopped. */
  async enter(record: PhoneRecord, stop: StopControl): Promise<void> {
    const key = targetKey(record.target);
    if (this.#book.request(key, groupOf(record))) return;
    await new Promise<void>((resolve) => {
      const admit = (): void => {
        this.#admit.delete(key);
        forget();
        resolve();
      };
      const forget = stop.onGently(admit);
      this.#admit.set(key, admit);
    });
  }

  #admitWaiting(): void {
    for (let next = this.#book.admit(); next !== null; next = this.#book.admit()) this.#admit.get(next)?.();
  }

  /** Frees the phone's slot, or its place in line, and lets the next phone in. */
  leave(record: PhoneRecord): void {
    const next = this.#book.release(targetKey(record.target));
    if (next !== null) this.#admit.get(next)?.();
  }
}
