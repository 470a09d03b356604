import type { UsedMethod } from '../domain/plan/write-methods.js';

/** Phones of one model and firmware are assumed to need the same. */
export function kindOfPhone(productName: string, softwareVersion: string | null): string {
  return `${productName} ${softwareVersion ?? ''}`;
}

/** Learned write methods and `Referer` needs. An interface, so that they can be kept beyond a run. */
export interface MethodMemory {
  /** The write method last confirmed on a phone of this kind. */
  methodFor(kind: string): UsedMethod | null;
  /** A write method was confirmed by reading back. */
  worked(kind: string, known: UsedMethod): void;
  /** Whether the phone at an address shows its admin page only with a `Referer`. */
  wantsReferer(address: string): boolean;
  readWith(address: string, referer: boolean): void;
}

/** Remembers during a run: one entry per model and firmware, and one per phone that needs a `Referer`. */
export class RunMethodMemory implements MethodMemory {
  readonly #methods = new Map<string, UsedMethod>();
  readonly #refererWanted = new Set<string>();

  methodFor(kind: string): UsedMethod | null {
    return this.#methods.get(kind) ?? null;
  }

  worked(kind: string, known: UsedMethod): void {
    this.#methods.set(kind, known);
  }

  wantsReferer(address: string): boolean {
    return this.#refererWanted.has(address);
  }

  readWith(address: string, referer: boolean): void {
    if (referer) this.#refererWanted.add(address);
    else this.#refererWanted.delete(address);
  }
}
