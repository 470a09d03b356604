/** Pages requested at once, each of the usual size at most. */
const pages = 256;
/** In bytes. Phone pages have 100 to 150 KB (docs/knowledge/multiplatform-pages.md#titles-headers-and-sizes); larger ones are rare. */
const usualBytes = 256 * 1024;
/** Larger pages at once: text and parse tree take many times their size. */
const largePages = 4;

/** A limited number of places; others wait in order of arrival. */
class Slots {
  readonly #queue: (() => void)[] = [];

  constructor(private free: number) {}

  /** Takes a free place, if any; returns the function that frees it, to be called once. */
  takeFree(): (() => void) | null {
    if (this.free === 0) return null;
    this.free -= 1;
    return () => {
      this.free += 1;
      this.#queue.shift()?.();
    };
  }

  /** Waits for a place. Rejects when the signal comes first, with its reason. */
  take(signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        const leave = this.takeFree();
        if (!leave) return void this.#queue.push(enter);
        signal.removeEventListener('abort', leaveQueue);
        resolve(leave);
      };
      const leaveQueue = (): void => {
        const at = this.#queue.indexOf(enter);
        if (at >= 0) this.#queue.splice(at, 1);
        reject(signal.reason as Error);
      };
      if (signal.aborted) return leaveQueue();
      signal.addEventListener('abort', leaveQueue, { once: true });
      enter();
    });
  }
}

/** Memory for the pages that a run reads at once, whatever its concurrency. */
export class PageMemory {
  readonly pages = new Slots(pages);
  readonly large = new Slots(largePages);
}

/**
 * One session's share: a place while it requests a page and, once a page was large, room for large pages until the session ends, as pages
 * may be kept. A session never waits while holding a place: without room for a large page it drops the page and requests it again later.
 */
export class SessionPages {
  #endPage: (() => void) | null = null;
  #leaveLarge: (() => void) | null = null;
  /** Made when something waits: most sessions never do. */
  #waiting: AbortController | null = null;
  #gone: Error | null = null;

  constructor(private readonly rooms: PageMemory) {}

  /** Waits until one more page may be requested. Rejects when the session ends meanwhile. */
  async pageBegins(): Promise<void> {
    if (this.#leaveLarge === null) this.#endPage ??= await this.#take(this.rooms.pages);
  }

  /** The page has arrived or failed. */
  pageEnds(): void {
    this.#endPage?.();
    this.#endPage = null;
  }

  /** Whether a page of this many bytes fits; takes room for a large one if some is free. */
  fits(bytes: number): boolean {
    if (bytes <= usualBytes || this.#leaveLarge !== null) return true;
    this.#leaveLarge = this.rooms.large.takeFree();
    return this.#leaveLarge !== null;
  }

  /** Waits for room for a large page. Rejects when the session ends meanwhile. */
  async waitForLarge(): Promise<void> {
    this.pageEnds();
    this.#leaveLarge ??= await this.#take(this.rooms.large);
  }

  /** Ends the session; what still waits rejects with the reason. */
  leave(reason: Error): void {
    this.#gone ??= reason;
    this.#waiting?.abort(reason);
    this.pageEnds();
    this.#leaveLarge?.();
    this.#leaveLarge = null;
  }

  async #take(places: Slots): Promise<() => void> {
    if (this.#gone !== null) throw this.#gone;
    const leave = places.takeFree() ?? (await places.take((this.#waiting ??= new AbortController()).signal));
    if (this.#gone === null) return leave;
    leave();
    throw this.#gone as Error;
  }
}
