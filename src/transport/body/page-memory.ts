/** Pages asked for at once: none of them takes more than a usual page by itself. */
const pages = 256;
/**
 * Pages of phones are taken to be 100 to 150 KB (docs/knowledge/multiplatform-pages.md#titles-headers-and-sizes); larger ones (bytes) are
 * rare.
 */
const usualBytes = 256 * 1024;
/** Larger ones at once: their text, and what is parsed of it, take many times their size. */
const largePages = 4;

/** So many may be inside at once; the others wait in the order of their coming. */
class Slots {
  readonly #queue: (() => void)[] = [];

  constructor(private free: number) {}

  /** A place if there is one now; the answer gives it back and is called once. */
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

/** The memory for the pages that a run reads at one time, whatever its concurrency. */
export class PageMemory {
  readonly pages = new Slots(pages);
  readonly large = new Slots(largePages);
}

/**
 * What one session has of it: a place while it asks for a page, and where one was large, room for such pages until the session ends, for
 * they may be kept. Nobody waits for two things at once: who has no room for a large page leaves it, and asks again when there is room.
 */
export class SessionPages {
  #endPage: (() => void) | null = null;
  #leaveLarge: (() => void) | null = null;
  readonly #gone = new AbortController();

  constructor(private readonly rooms: PageMemory) {}

  /** Waits until one more page may be asked for. Rejects when the session ends meanwhile. */
  async pageBegins(): Promise<void> {
    if (this.#leaveLarge === null) this.#endPage ??= await this.#take(this.rooms.pages);
  }

  /** The page has come, or never will. */
  pageEnds(): void {
    this.#endPage?.();
    this.#endPage = null;
  }

  /** Whether there is room for a page of so many bytes, or some is free. */
  fits(bytes: number): boolean {
    if (bytes <= usualBytes || this.#leaveLarge !== null) return true;
    this.#leaveLarge = this.rooms.large.takeFree();
    return this.#leaveLarge !== null;
  }

  /** Waits for the room of a large page. Rejects when the session ends meanwhile. */
  async waitForLarge(): Promise<void> {
    this.pageEnds();
    this.#leaveLarge ??= await this.#take(this.rooms.large);
  }

  /** The session ends; who still waits for a room of it gets the reason. */
  leave(reason: Error): void {
    this.#gone.abort(reason);
    this.pageEnds();
    this.#leaveLarge?.();
    this.#leaveLarge = null;
  }

  async #take(places: Slots): Promise<() => void> {
    const { signal } = this.#gone;
    const leave = await places.take(signal);
    if (!signal.aborted) return leave;
    leave();
    throw signal.reason;
  }
}
