import type { UsedMethod } from '../domain/plan/write-methods.js';

/** Phones of one model and firmware are taken to want the same. */
export function kindOfPhone(productName: string, softwareVersion: string | null): string {
  return `${productName} ${softwareVersion ?? ''}`;
}

/** What was learned of how phones want to be spoken to. An interface, so that it can be kept beyond a run. */
export interface MethodMemory {
  /** The way that was confirmed last on a phone of this kind. */
  methodFor(kind: string): UsedMethod | null;
  /** A way was confirmed by reading back. */
  worked(kind: string, known: UsedMethod): void;
  /** Whether the phone at an address shows its admin page only with a `Referer`. */
  wantsReferer(address: string): boolean;
  readWith(address: string, referer: boolean): void;
}

/** Remembers for as long as a run lives: one entry per model and firmware, and one per phone that is different. */
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
