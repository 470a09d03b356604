import type PQueue from 'p-queue';
import type { MigrationProfile } from '../domain/plan/migration-profile.js';
import type { Brake } from './brake.js';
import type { RunContext } from './context.js';
import type { Finder } from './finder.js';
import type { Slots } from './pacing-slots.js';
import type { StopControl } from './stop.js';

/** What the journeys of one run share. */
export interface JourneyTools {
  context: RunContext;
  profile: MigrationProfile;
  /** Slots for talking to phones; a journey that waits holds none. */
  pool: PQueue;
  stop: StopControl;
  finder: Finder;
  slots: Slots;
  brake: Brake;
  /** Puts on record which phone is in which wave. */
  rememberWaves: () => Promise<void>;
}

/** Looks at phones under way come before starting new ones, else the first poll of a large fleet would come after its last start. */
export const priority = { start: 0, watch: 1 } as const;
