import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { Site } from '../../domain/network/site.js';
import type { Arguments } from '../options/arguments.js';

/** What is kept of a run so that it can be put together again: its settings as given, and the profile as it was then. */
export interface KeptSettings {
  args: Arguments;
  profile: MigrationProfile | null;
  /** Without their credentials. */
  sites: readonly Site[];
}
