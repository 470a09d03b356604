import type { Failure } from '../../domain/failures/failure.js';
import { failure } from '../../domain/failures/failure-codes.js';
import { processOf } from '../../store/locks/holder.js';
import { lockTrouble } from '../../store/locks/phones/lock-trouble.js';
import type { PhoneLocks } from '../../store/locks/phones/phone-locks.js';
import { isStoreError } from '../../store/store-error.js';

/** More would block for too long (each takes some tens of microseconds): what else there is to do has its turn between them. */
const claimsInATurn = 50;

interface Asked {
  mac: string;
  resolve: (held: Failure | null) => void;
  reject: (error: unknown) => void;
}

/** Locks phones for the run, those that are asked for at once in one transaction. */
export class Claims {
  readonly #asked: Asked[] = [];

  /** @param locks `null`: the run writes to no phone, and all are free */
  constructor(private readonly locks: Pick<PhoneLocks, 'claimAll'> | null) {}

  /** See `RunMemory.claim`. */
  claim(mac: string): Promise<Failure | null> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ mac, resolve, reject });
      if (this.#asked.length === 1) setImmediate(() => this.#take());
    });
  }

  #take(): void {
    const turn = this.#asked.splice(0, claimsInATurn);
    if (this.#asked.length > 0) setImmediate(() => this.#take());
    try {
      const others = this.locks ? this.locks.claimAll(turn.map(({ mac }) => mac)) : turn.map(() => null);
      turn.forEach(({ mac, resolve, reject }, at) => {
        const other = others[at];
        if (other === null) return resolve(null);
        // No word about a phone is no leave to write to it.
        if (other === undefined) return reject(new Error(`the locks say nothing of ${mac}`));
        const who = `The run ${other.runId} (${processOf(other)}) has it since ${other.since}.`;
        resolve(failure('locked-elsewhere', who));
      });
    } catch (error) {
      for (const { resolve, reject } of turn) {
        if (!isStoreError(error)) reject(error);
        else resolve(failure('lock-unavailable', `Its lock could not be taken: ${lockTrouble(error)}.`));
      }
    }
  }
}
