import type { Clock } from '../domain/ports/clock.js';
import { isChecksAgent } from '../domain/network/checks-agent.js';
import { whoAsks } from './names/who-asks.js';
import type { FileRequest } from './source.js';

/** So many clients and phones are remembered. */
const mostRemembered = 100_000;

/** Who has come to the server, and when last: what it takes to say that somebody has not. */
export class Contacts {
  readonly #last = new Map<string, number>();
  /** Everybody who came since then is remembered. */
  #completeSince: number;
  /** When somebody last asked who showed no MAC: that may have been any phone. */
  #unnamedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clock: Pick<Clock, 'monotonic'>,
    private readonly isOwn: (address: string) => boolean,
  ) {
    this.#completeSince = clock.monotonic();
  }

  /** A client has connected, or tried to. */
  connected(client: string): void {
    this.#note(client);
  }

  /** A client has asked for something. */
  asked(request: FileRequest): void {
    const mac = whoAsks(request, this.isOwn);
    this.#note(request.client);
    if (mac !== null) this.#note(mac);
    // What this machine asks for itself is no phone's request, nor is the check of a migration elsewhere.
    else if (!this.isOwn(request.client) && !isChecksAgent(request.userAgent)) this.#unnamedAt = this.clock.monotonic();
  }

  /** Somebody may have come unnoticed. */
  missed(): void {
    this.#last.clear();
    this.#completeSince = this.clock.monotonic();
  }

  /**
   * Whether it is certain that a phone has not come since an instant: neither by its MAC nor from its address, nor may it be one who did not say.
   * @param since by `Clock.monotonic`
   */
  sawNothingOf(mac: string, address: string, since: number): boolean {
    const cameSince = (who: string): boolean => (this.#last.get(who) ?? Number.NEGATIVE_INFINITY) >= since;
    return this.#completeSince <= since && this.#unnamedAt < since && !cameSince(mac) && !cameSince(address);
  }

  #note(who: string): void {
    if (this.#last.size >= mostRemembered && !this.#last.has(who)) this.missed();
    this.#last.set(who, this.clock.monotonic());
  }
}
