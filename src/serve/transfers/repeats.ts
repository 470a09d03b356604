import type { Clock } from '../../domain/ports/clock.js';

/** Within this long (ms), so many fetches have an entry of their own in the store: of one file for one phone, and of one client. */
const periodMs = 600_000;
const mostOfFile = 20;
const mostOfClient = 4_000;
const mostRemembered = 20_000;

/** Keeps a client that fetches the same file over and over from filling the screen and the disk: further fetches replace its last entry. */
export class Repeats {
  #since = Number.NEGATIVE_INFINITY;
  readonly #entries = new Map<string, { times: number; last: string }>();

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

  /** The entry to replace; `null`: the fetch gets one of its own. @param file what names the file, and the phone if it is known */
  entry(client: string, file: string): string | null {
    if (this.clock.monotonic() - this.#since >= periodMs || this.#entries.size >= mostRemembered) {
      this.#since = this.clock.monotonic();
      this.#entries.clear();
    }
    const ofFile = this.#entries.get(`${client}\0${file}`);
    if (ofFile !== undefined && ofFile.times >= mostOfFile) return ofFile.last;
    const ofClient = this.#entries.get(client);
    return ofClient !== undefined && ofClient.times >= mostOfClient ? ofClient.last : null;
  }

  /** A fetch has this entry. */
  note(client: string, file: string, id: string): void {
    for (const key of [client, `${client}\0${file}`])
      this.#entries.set(key, { times: (this.#entries.get(key)?.times ?? 0) + 1, last: id });
  }
}
