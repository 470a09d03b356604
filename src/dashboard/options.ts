import type { LicensePlan } from '../domain/licenses/plan.js';
import type { Clock } from '../domain/ports/clock.js';
import type { Direction } from '../domain/phone/models.js';
import type { SummaryOptions } from '../report/summary/summary.js';
import type { FollowedStore } from '../store/file/followed-store.js';
import type { RunRow } from '../store/store-rows.js';
import type { Store } from '../store/store.js';

/** What a dashboard shows, and to whom. */
export interface DashboardOptions {
  store: Pick<FollowedStore, 'use'>;
  /** The address to listen at, and the port; 0: any that is free. */
  address: string;
  port: number;
  /** What everybody has to show beyond this machine, and who changes a run anywhere; `null`: nobody has to, and nobody may. */
  token: string | null;
  /** Whether somebody who is signed in may pause, continue and stop a run. */
  isControlled: boolean;
  clock: Clock;
  /** What commands need to find the store and the settings again, as words. */
  where: readonly string[];
  /** What may be run after a run of the store. */
  nextOf: (store: Store, run: RunRow) => Promise<SummaryOptions>;
  /** Which licenses the phones of the last audit need; `null`: there is no audit yet. */
  licensesFor: (store: Store, direction: Direction) => Promise<LicensePlan | null>;
}
