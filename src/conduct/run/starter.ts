import type { Store } from '../../store/store.js';
import type { Aside } from './aside.js';
import type { Conduct } from './carry-out.js';

/** Who starts a run, and what it does by itself. */
export interface Starter<Result> extends Aside {
  conduct: (run: Conduct, store: Store) => Promise<Result>;
  /**
   * Conducts an earlier run, which was cut off, to its end.
   * @returns what to end with where that was stopped, so that no new run may begin; else `null`
   */
  finish: (run: Conduct, store: Store) => Promise<Result | null>;
}
