import type { Clock } from '../../domain/ports/clock.js';
import { isUsageError } from '../../domain/text/usage-error.js';
import { mayComeBack } from '../../store/store-error.js';

/** What somebody who looks on is told. */
export interface Watcher {
  /** What there is to see, whenever that is another. */
  view(html: string): void;
  /** It is over: there will be nothing new. */
  ended(): void;
  /** Still there, with nothing new. */
  beat(): void;
  /** It cannot be looked at for now, and why, as a sentence: what was told before may be old. */
  trouble(why: string): void;
  /** It cannot be looked at any more: whoever wants to has to come again. */
  lost(): void;
}

/** One look at something: what there is to see, and whether it goes on. */
export type Look = () => Promise<{ html: string; goesOn: boolean }>;

/** So often (ms) is looked at what goes on: a run tells its store no more often. */
const everyMs = 2_000;

/** So often (ms) those who look on are told that we are still there. */
const beatMs = 15_000;

/** After so many looks that failed, one after the other, nobody is left to believe that he sees what goes on: a busy store comes back sooner. */
const mostFailures = 3;

interface Place {
  watchers: Set<Watcher>;
  failures: number;
  html: string | null;
  beatAt: number;
  cancel: () => void;
}

/** Looks at what goes on, once for all who look on at the same, and only while somebody does. */
export class LiveLooks {
  readonly #places = new Map<string, Place>();

  constructor(private readonly clock: Clock) {}

  /** Tells a watcher until the returned function is called. @param key names what is looked at */
  watch(key: string, look: Look, watcher: Watcher): () => void {
    const known = this.#places.get(key);
    const place = known ?? { watchers: new Set(), failures: 0, html: null, beatAt: this.clock.now(), cancel: () => {} };
    place.watchers.add(watcher);
    if (place.html !== null) watcher.view(place.html);
    if (!known) {
      this.#places.set(key, place);
      void this.#look(key, place, look);
    }
    return () => {
      place.watchers.delete(watcher);
      if (place.watchers.size === 0) this.#forget(key, place);
    };
  }

  /** Ends all looks. */
  close(): void {
    for (const [key, place] of this.#places) this.#forget(key, place);
  }

  #forget(key: string, place: Place): void {
    place.cancel();
    place.cancel = () => {};
    if (this.#places.get(key) === place) this.#places.delete(key);
  }

  async #look(key: string, place: Place, look: Look): Promise<void> {
    const seen = await look().catch((error: unknown) => {
      if (mayComeBack(error)) return { trouble: error.message };
      return isUsageError(error) ? 'gone' : 'failed';
    });
    if (this.#places.get(key) !== place) return;
    place.failures = seen === 'failed' ? place.failures + 1 : 0;
    const isOver = seen === 'gone' || (typeof seen === 'object' && 'html' in seen && !seen.goesOn);
    if (typeof seen === 'object')
      if ('html' in seen) this.#tell(place, seen.html);
      else this.#tellTrouble(place, seen.trouble);
    if (!isOver && place.failures < mostFailures) {
      place.cancel = this.clock.after(everyMs, () => void this.#look(key, place, look));
      return;
    }
    this.#forget(key, place);
    for (const watcher of place.watchers)
      if (isOver) watcher.ended();
      else watcher.lost();
  }

  #tell(place: Place, html: string): void {
    const now = this.clock.now();
    if (html !== place.html) {
      place.html = html;
      place.beatAt = now;
      for (const watcher of place.watchers) watcher.view(html);
    } else if (now - place.beatAt >= beatMs) {
      place.beatAt = now;
      for (const watcher of place.watchers) watcher.beat();
    }
  }

  #tellTrouble(place: Place, why: string): void {
    // Once it is over, it is told anew what there is to see.
    place.html = null;
    for (const watcher of place.watchers) watcher.trouble(why);
  }
}
