import type { Log } from '../../domain/ports/log.js';
import { type UsedMethod, writeMethods } from '../../domain/plan/write-methods.js';
import { RunMethodMemory, type MethodMemory } from '../../phones/method-memory.js';
import type { Store } from '../../store/store.js';

const withReferer = '+referer';

/** Which write methods work, remembered in a store. */
export interface StoredMethods extends MethodMemory {
  /** Resolves when everything learned so far is stored, or could not be. */
  settled(): Promise<void>;
}

/**
 * Which write method works for phones of a model and firmware, as learned in earlier runs and in this one. It only says which to try first:
 * if it cannot be stored, the next run needs a few more tries.
 */
export async function storedMethods(
  store: Pick<Store, 'writeMethodsKnown' | 'rememberWriteMethod'>,
  log: Log,
): Promise<StoredMethods> {
  const memory = new RunMethodMemory();
  const kept = await store.writeMethodsKnown().catch((error: unknown) => {
    log.warn('the write methods that worked before could not be read', { error: String(error) });
    return new Map<string, string>();
  });
  for (const [kind, text] of kept) {
    const known = parseMethod(text);
    if (known) memory.worked(kind, known);
  }
  // One after the other, so that the last one that worked is the one stored.
  let saving = Promise.resolve();
  return {
    settled: () => saving,
    methodFor: (kind) => memory.methodFor(kind),
    wantsReferer: (address) => memory.wantsReferer(address),
    readWith: (address, referer) => memory.readWith(address, referer),
    worked: (kind, known) => {
      const text = textOf(known);
      const before = memory.methodFor(kind);
      if (before && textOf(before) === text) return;
      memory.worked(kind, known);
      saving = saving
        .then(() => store.rememberWriteMethod(kind, text))
        .catch((error: unknown) => log.warn('a write method could not be stored', { error: String(error) }));
    },
  };
}

function textOf({ way, referer }: UsedMethod): string {
  return referer ? way + withReferer : way;
}

/** `null` for a method that this version does not know. */
function parseMethod(text: string): UsedMethod | null {
  const referer = text.endsWith(withReferer);
  const name = referer ? text.slice(0, -withReferer.length) : text;
  const way = writeMethods.find((one) => one === name);
  return way === undefined ? null : { way, referer };
}
