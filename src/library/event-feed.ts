import type { Clock } from '../domain/ports/clock.js';
import type { LiveEvent } from '../domain/report/events.js';

/** While a loop has so many events unread, no further target is contacted. */
export const mostUnread = 1_000;
/** A loop that has so many unread loses them. */
export const mostKept = 20_000;
/** So long (ms) a loop that does not read is waited for; then the run goes on. */
export const patienceMs = 30_000;

type Result = IteratorResult<LiveEvent, undefined>;

/** One loop over the events. */
class Loop implements AsyncIterator<LiveEvent, undefined> {
  #unread: LiveEvent[] = [];
  /** Those before it have been read. */
  #from = 0;
  #end: Promise<unknown> | null = null;
  #waiting: ((result: Promise<Result> | Result) => void) | null = null;
  readonly #leave: () => void;
  readonly #caughtUp: () => void;
  /** It was waited for long enough, and has read nothing since. */
  isGivenUp = false;

  constructor({ leave, caughtUp }: { leave: (loop: Loop) => void; caughtUp: () => void }) {
    this.#leave = () => leave(this);
    this.#caughtUp = caughtUp;
  }

  get unread(): number {
    return this.#unread.length - this.#from;
  }

  push(event: LiveEvent): void {
    if (this.#waiting) {
      this.#waiting({ done: false, value: event });
      this.#waiting = null;
    } else if (this.unread < mostKept) this.#unread.push(event);
    else this.#lose();
  }

  /** Ends it when it has read what there is: as `end` does, so that it throws what that rejects with. */
  end(end: Promise<unknown>): void {
    if (this.#end) return;
    this.#end = end;
    this.#waiting?.(this.#last());
    this.#waiting = null;
  }

  next(): Promise<Result> {
    this.isGivenUp = false;
    const event = this.#unread[this.#from];
    if (event !== undefined) return Promise.resolve({ done: false, value: this.#take(event) });
    if (this.#end) return this.#last();
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** The loop is left: nothing is kept for it any more. */
  return(): Promise<Result> {
    this.#forget();
    this.end(Promise.resolve());
    return Promise.resolve({ done: true, value: undefined });
  }

  #take(event: LiveEvent): LiveEvent {
    this.#from += 1;
    // Not one by one: to take the first of a long list takes time in proportion to its length.
    if (this.#from === mostUnread || this.unread === 0) {
      this.#unread = this.#unread.slice(this.#from);
      this.#from = 0;
    }
    if (this.unread < mostUnread) this.#caughtUp();
    return event;
  }

  #lose(): void {
    const text = `${mostKept} events of this run were not read in time and are lost; its report has all of it.`;
    const lost = Promise.reject(new Error(text));
    // It is thrown when the loop reads on, if it ever does.
    lost.catch(() => {});
    this.#forget();
    this.end(lost);
  }

  #forget(): void {
    this.#unread = [];
    this.#from = 0;
    this.#leave();
    this.#caughtUp();
  }

  /** What comes after the last event; an error comes once. */
  #last(): Promise<Result> {
    const end = this.#end;
    this.#end = Promise.resolve();
    return Promise.resolve(end).then(() => ({ done: true, value: undefined }));
  }
}

/**
 * The events of a run for those who read them. They are kept for loops that have begun, and for nobody else. A loop that is slow holds back
 * further targets, but for no longer than `patienceMs`; one that stands still loses its events at last. Neither keeps a run from its end.
 */
export class EventFeed implements AsyncIterable<LiveEvent> {
  readonly #loops = new Set<Loop>();
  readonly #waiting = new Set<() => void>();
  readonly #clock: Pick<Clock, 'after'>;
  #end: Promise<unknown> | null = null;
  #isHurried = false;

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock;
  }

  push(event: LiveEvent): void {
    for (const loop of this.#loops) loop.push(event);
  }

  /** Ends all loops when they have read what there is; they throw what `end` rejects with. */
  end(end: Promise<unknown>): void {
    this.#end = end;
    for (const loop of this.#loops) loop.end(end);
    this.#loops.clear();
    this.#goOn();
  }

  /** Resolves when no loop is behind, or those that are have been waited for. */
  listening(): Promise<void> {
    if (this.#isHurried || !this.#isBehind()) return Promise.resolve();
    return new Promise((resolve) => {
      const goOn = (): void => {
        cancel();
        this.#waiting.delete(goOn);
        resolve();
      };
      const cancel = this.#clock.after(patienceMs, () => {
        for (const loop of this.#loops) loop.isGivenUp ||= loop.unread >= mostUnread;
        this.#goOn();
      });
      this.#waiting.add(goOn);
    });
  }

  /** From now on nobody is waited for: the run winds down. */
  hurry(): void {
    this.#isHurried = true;
    this.#goOn();
  }

  [Symbol.asyncIterator](): AsyncIterator<LiveEvent, undefined> {
    const loop = new Loop({
      leave: (left) => void this.#loops.delete(left),
      caughtUp: () => {
        if (!this.#isBehind()) this.#goOn();
      },
    });
    if (this.#end) loop.end(this.#end);
    else this.#loops.add(loop);
    return loop;
  }

  #isBehind(): boolean {
    return [...this.#loops].some(({ unread, isGivenUp }) => unread >= mostUnread && !isGivenUp);
  }

  #goOn(): void {
    for (const goOn of [...this.#waiting]) goOn();
  }
}
