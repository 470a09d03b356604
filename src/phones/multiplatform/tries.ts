import {
  isSameMethod,
  type UsedMethod,
  type TriedMethod,
  type WriteMethod,
  writeMethods,
} from '../../domain/plan/write-methods.js';

/** One thing to try: a way, with or without the phone's own page as `Referer`. */
export interface Try extends UsedMethod {
  /** Only worth it after the same way without a `Referer` was answered by a 403, or was `ignored` as well. */
  after?: 'forbidden' | 'ignored';
}

/** What there is to choose from. */
export interface Choice {
  allowed: readonly WriteMethod[];
  /** What worked on another phone of the same model and firmware. */
  known: UsedMethod | null;
  /** The page is only shown with a `Referer`. */
  readWithReferer: boolean;
  /** What cannot be tried with the page as it is. */
  impossible: readonly UsedMethod[];
  /** The names that fields would be posted under now; `null` where the way cannot be taken. */
  namesNow: (one: UsedMethod) => string | null;
}

/**
 * The ways that are allowed, in order of safety, each without a `Referer` first. A phone whose page is only shown with one gets it at
 * once. What worked on another phone of the same model and firmware comes first, as long as it is allowed.
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

/** What is to be tried after these, none of which had an effect; `null` when nothing is left. */
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
 * A session that had ended, or a form that has other names by now, says nothing against the way: one is tried once more for that. So is
 * each that a run was cut off at: it may never have left.
 */
function mayRepeat(last: TriedMethod, tried: readonly TriedMethod[], { namesNow }: Choice): boolean {
  const times = (one: UsedMethod): number => tried.filter((other) => isSameMethod(one, other)).length;
  if (last.manner === 'unknown') return times(last) === 1;
  if (tried.some((one) => times(one) > 1)) return false;
  const names = last.names === '' ? null : namesNow(last);
  return last.manner === 'signed-out' || (names !== null && names !== last.names);
}

/** A second try with a `Referer` is for the same way, and only where the first may have failed for want of one. */
function isWorthIt({ way, after }: Try, last: TriedMethod | undefined): boolean {
  if (last?.way !== way || last.referer) return false;
  return last.manner === 'forbidden' || (after === 'ignored' && last.manner === 'friendly');
}

/** An action that was answered kindly may still be under way: asking once more would begin it again. */
function isPosted(way: WriteMethod): boolean {
  return way !== 'resync' && way !== 'upgrade';
}
