import { type WriteWay, writeWays } from '../../domain/ways.js';
import type { KnownWay } from '../ways-memory.js';

/** One thing to try: a way, with or without the phone's own page as `Referer`. */
export interface Try extends KnownWay {
  /** Only worth it after the same way without a `Referer` was answered by a 403, or was `ignored` as well. */
  after?: 'forbidden' | 'ignored';
}

/**
 * The ways that are allowed, in order of safety, each without a `Referer` first. A phone whose page is only shown with one gets it at
 * once. What worked on another phone of the same model and firmware comes first, as long as it is allowed.
 */
export function triesFor(allowed: readonly WriteWay[], known: KnownWay | null, readWithReferer: boolean): Try[] {
  const tries = writeWays
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

/** An action that was answered kindly may still be under way: asking once more would begin it again. */
function isPosted(way: WriteWay): boolean {
  return way !== 'resync' && way !== 'upgrade';
}
