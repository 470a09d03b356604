import type PQueue from 'p-queue';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { CircuitBreaker } from '../pacing/circuit-breaker.js';
import type { RunContext } from '../run/context.js';
import type { MovedPhoneSearch } from './moved-phone-search.js';
import type { Slots } from '../pacing/slots.js';
import type { StopControl } from '../run/stop-control.js';

/** What the journeys of one run share. */
export interface UpgradeTools {
  context: RunContext;
  profile: MigrationProfile;
  /** Slots for talking to phones; a journey that waits holds none. */
  pool: PQueue;
  stop: StopControl;
  finder: MovedPhoneSearch;
  slots: Slots;
  breaker: CircuitBreaker;
  /** Puts on record which phone is in which wave. */
  rememberWaves: () => Promise<void>;
}

/** Looks at phones under way come before starting new ones, else the first poll of a large fleet would come after its last start. */
export const priority = { start: 0, watch: 1 } as const;
