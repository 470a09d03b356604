import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { type KeptSite, readKept } from '../../config/settings/kept.js';
import type { OfRun } from '../../fleet/run/assemble.js';
import type { RunRow } from '../../store/store-rows.js';
import { ofThisVersion } from '../options/fleet-settings.js';
import { readSettings, type RunSettings } from '../options/table.js';
import { keptOptions } from './kept-settings.js';

// Apart from `kept-settings.ts`, which every run loads.

/** A run as stored. */
export interface KeptRun {
  settings: RunSettings;
  profile: MigrationProfile | null;
  sites: readonly KeptSite[];
  ofRun: OfRun | null;
}

/** What was stored of a run. @throws UsageError when it cannot be understood */
export function keptRun({ id, settings }: Pick<RunRow, 'id' | 'settings'>): KeptRun {
  const { args, profile, sites, ofRun = null } = readKept(settings, id, keptOptions);
  return { settings: readSettings(args), profile: profile ? ofThisVersion(profile) : null, sites, ofRun };
}
