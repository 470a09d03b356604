import type { LicensePlan } from '../domain/licenses/plan.js';
import type { Clock } from '../domain/ports/clock.js';
import type { Direction } from '../domain/phone/models.js';
import type { ProfileFor } from '../domain/report/moves.js';
import type { Store } from '../store/store.js';

/** What a dashboard shows, and to whom. */
export interface DashboardOptions {
  store: Store;
  /** The address to listen at, and the port; 0: any that is free. */
  address: string;
  port: number;
  /** What everybody has to show beyond this machine, and who changes a run anywhere; `null`: nobody has to, and nobody may. */
  token: string | null;
  /** Whether somebody who is signed in may pause, continue and stop a run. */
  isControlled: boolean;
  clock: Clock;
  /** Which shipped profile moves a phone; `null`: not known. */
  profileFor: ProfileFor | null;
  /** Which licenses the phones of the last audit need; `null`: there is no audit yet. */
  licensesFor: (direction: Direction) => Promise<LicensePlan | null>;
}
