import {
  isSameMethod,
  type UsedMethod,
  type TriedMethod,
  type WriteMethod,
  writeMethods,
} from '../../domain/plan/write-methods.js';

/** One write method to try, with or without the phone's own page as `Referer`. */
export interface Try extends UsedMethod {
  /** Worthwhile only after the same method without a `Referer` got a 403 (`forbidden`), or had no effect (`ignored`). */
  after?: 'forbidden' | 'ignored';
}

/** What there is to choose from. */
export interface Choice {
  allowed: readonly WriteMethod[];
  /** What worked on another phone of the same model and firmware. */
  known: UsedMethod | null;
  /** The page is only shown with a `Referer`. */
  readWithReferer: boolean;
  /** Methods that this page does not allow. */
  impossible: readonly UsedMethod[];
  /** The names that fields would be posted under now; `null` where the method is not possible. */
  namesNow: (one: UsedMethod) => string | null;
}

/**
 * The allowed write methods, safest first, each without a `Referer` first. A phone that shows its page only with one gets it at once. What
 * worked on another phone of the same model and firmware comes first if allowed.
 */
export function triesFor(allowed: readonly WriteMethod[], known: UsedMethod | null, readWithReferer: boolean): Try[] {
  const tries = writeMethods
    .filter((way) => allowed.includes(way))
    .flatMap((way): Try[] =>
      readWithReferer
        ? [{ way, referer: true }]
        : [
            { way, referer: false },
            { way, referer: true, after: isPosted(way) ? 'ignored' : 'forbidden' },
          ],
    );
  if (!known || !allowed.includes(known.way)) return tries;
  const first: Try = { way: known.way, referer: known.referer || readWithReferer };
  const isAnother = ({ way, referer, after }: Try): boolean =>
    way !== first.way || (referer !== first.referer && (isPosted(way) || after !== undefined));
  return [first, ...tries.filter(isAnother)];
}

/** The next try after these, none of which had an effect; `null` when none is left. */
export function nextTry(tried: readonly TriedMethod[], choice: Choice): UsedMethod | null {
  const last = tried.at(-1);
  if (last && mayRepeat(last, tried, choice)) return { way: last.way, referer: last.referer };
  const next = triesFor(choice.allowed, choice.known, choice.readWithReferer).find(
    (one) =>
      ![...tried, ...choice.impossible].some((other) => isSameMethod(one, other)) &&
      (one.after === undefined || isWorthIt(one, last)),
  );
  return next ? { way: next.way, referer: next.referer } : null;
}

/**
 * An expired session, or a form whose names have changed, says nothing against the method: it is tried once more. So is a try during which
 * a run was interrupted: it may never have been sent.
 */
function mayRepeat(last: TriedMethod, tried: readonly TriedMethod[], { namesNow }: Choice): boolean {
  const times = (one: UsedMethod): number => tried.filter((other) => isSameMethod(one, other)).length;
  if (last.manner === 'unknown') return times(last) === 1;
  if (tried.some((one) => times(one) > 1)) return false;
  const names = last.names === '' ? null : namesNow(last);
  return last.manner === 'signed-out' || (names !== null && names !== last.names);
}

/** A second try with a `Referer` is for the same method, and only where the first may have failed because it had none. */
function isWorthIt({ way, after }: Try, last: TriedMethod | undefined): boolean {
  if (last?.way !== way || last.referer) return false;
  return last.manner === 'forbidden' || (after === 'ignored' && last.manner === 'friendly');
}

/** An accepted action may still be under way: a second request would start it again. */
function isPosted(way: WriteMethod): boolean {
  return way !== 'resync' && way !== 'upgrade';
}
