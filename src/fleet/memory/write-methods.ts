import type { Log } from '../../domain/ports/log.js';
import { type UsedMethod, writeMethods } from '../../domain/plan/write-methods.js';
import { RunMethodMemory, type MethodMemory } from '../../phones/method-memory.js';
import type { Store } from '../../store/store.js';

const withReferer = '+referer';

/** What is known of ways to write, kept in a store. */
export interface StoredMethods extends MethodMemory {
  /** Resolves when all that was learned so far is kept, or has failed to be. */
  settled(): Promise<void>;
}

/**
 * What was learned in earlier runs of how phones of a model and firmware want to be written to, and what this one learns. A way is only
 * where to begin: that it cannot be kept costs the next run a few tries, and this one nothing.
 */
export async function storedMethods(store: Pick<Store, 'waysKnown' | 'rememberWay'>, log: Log): Promise<StoredMethods> {
  const memory = new RunMethodMemory();
  const kept = await store.waysKnown().catch((error: unknown) => {
    log.warn('the ways to write that worked before could not be read', { error: String(error) });
    return new Map<string, string>();
  });
  for (const [kind, text] of kept) {
    const known = knownWayOf(text);
    if (known) memory.worked(kind, known);
  }
  // One after the other: the last one that worked is the one to be kept.
  let keeping = Promise.resolve();
  return {
    settled: () => keeping,
    methodFor: (kind) => memory.methodFor(kind),
    wantsReferer: (address) => memory.wantsReferer(address),
    readWith: (address, referer) => memory.readWith(address, referer),
    worked: (kind, known) => {
      const text = textOf(known);
      const before = memory.methodFor(kind);
      if (before && textOf(before) === text) return;
      memory.worked(kind, known);
      keeping = keeping
        .then(() => store.rememberWay(kind, text))
        .catch((error: unknown) => log.warn('a way to write could not be kept', { error: String(error) }));
    },
  };
}

function textOf({ way, referer }: UsedMethod): string {
  return referer ? way + withReferer : way;
}

/** `null` for a way that this version does not know. */
function knownWayOf(text: string): UsedMethod | null {
  const referer = text.endsWith(withReferer);
  const name = referer ? text.slice(0, -withReferer.length) : text;
  const way = writeMethods.find((one) => one === name);
  return way === undefined ? null : { way, referer };
}
