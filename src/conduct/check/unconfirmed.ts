import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { RunSettings } from '../options/table.js';

type Confirmed = Pick<RunSettings, 'dryRun' | 'yes' | 'setInitialPassword' | 'enableWebAccess' | 'ucm'>;

/**
 * Why a run that would write may not begin without `--yes`; empty if it may. On a terminal the question comes later, with the plan,
 * except for first passwords: they are set while phones are read, before there is a plan.
 * @param canAsk whether there is somebody to ask
 */
export function unconfirmed(
  profile: MigrationProfile | null,
  { dryRun, yes, setInitialPassword, enableWebAccess, ucm }: Confirmed,
  canAsk: boolean,
): string[] {
  if (dryRun || yes) return [];
  if (enableWebAccess && ucm !== null)
    return [
      '--enable-web-access changes phones on Unified CM before they are read, and each may restart twice; add --yes, or leave it out.',
    ];
  if (!profile) return [];
  if (setInitialPassword)
    return [
      '--set-initial-password sets passwords while phones are read, before there is a plan to confirm; add --yes, or leave it out.',
    ];
  if (canAsk) return [];
  return [
    'This run would write to phones and there is no terminal to ask on; add --yes to go ahead, or --dry-run to only plan.',
  ];
}
