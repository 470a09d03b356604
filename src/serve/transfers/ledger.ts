import type { Clock } from '../../domain/ports/clock.js';
import { sleep } from '../../domain/ports/clock.js';
import { messageOf } from '../../domain/text/error-reason.js';
import type { Store } from '../../store/store.js';
import type { Transfer } from '../../store/store-rows.js';

/** What is written down is committed together, this often (ms). */
const commitEveryMs = 1_000;
/** After a store that failed, it is tried again this often (ms). */
const retryEveryMs = 10_000;
/** Of what cannot be stored so much is kept. */
const mostWaiting = 5_000;
/** The last commit may take so long (ms) when the server ends. */
const lastCommitMs = 2_000;

/** Writes transfers into the store, several at once. A store that fails never holds up a transfer. */
export class Ledger {
  readonly #waiting = new Map<string, Transfer>();
  #cancel: (() => void) | null = null;
  #writing: Promise<void> | null = null;
  #failing = false;
  #closed = false;

  constructor(
    private readonly keep: Store['keepTransfers'],
    private readonly clock: Pick<Clock, 'after'>,
    private readonly say: (line: string) => void,
  ) {}

  /** Stores how a transfer stands now, soon. */
  put(transfer: Transfer): void {
    this.#waiting.delete(transfer.id);
    this.#waiting.set(transfer.id, { ...transfer });
    if (this.#waiting.size > mostWaiting) this.#waiting.delete(this.#waiting.keys().next().value ?? '');
    this.#plan();
  }

  /** What has not been given to the store yet. */
  waiting(): Transfer[] {
    return [...this.#waiting.values()];
  }

  /** Stores what is left; gives up after two seconds. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel?.();
    const last = (async () => {
      await this.#writing;
      await this.#commit();
    })();
    const waited = new AbortController();
    await Promise.race([last, sleep(this.clock, lastCommitMs, waited.signal)]);
    waited.abort();
  }

  #plan(): void {
    if (this.#closed || this.#cancel !== null || this.#writing !== null) return;
    this.#cancel = this.clock.after(this.#failing ? retryEveryMs : commitEveryMs, () => {
      this.#cancel = null;
      this.#writing = this.#commit().finally(() => {
        this.#writing = null;
        if (this.#waiting.size > 0) this.#plan();
      });
    });
  }

  async #commit(): Promise<void> {
    const batch = [...this.#waiting.values()];
    if (batch.length === 0) return;
    this.#waiting.clear();
    try {
      await this.keep(batch);
      if (this.#failing) this.say('The store takes what is fetched again.');
      this.#failing = false;
    } catch (error) {
      // What came meanwhile is newer.
      const newer = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const transfer of [...batch, ...newer].slice(-mostWaiting)) this.#waiting.set(transfer.id, transfer);
      if (!this.#failing)
        this.say(
          `What is fetched cannot be written to the store (${messageOf(error)}); serving goes on, and it is tried again.`,
        );
      this.#failing = true;
    }
  }
}
