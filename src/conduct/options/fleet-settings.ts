import type { Credentials, Site } from '../../domain/network/site.js';
import { defaultPatienceMs, type MigrationProfile } from '../../domain/plan/migration-profile.js';
import { usualWriteMethods } from '../../domain/plan/write-methods.js';
import type { FleetSettings, OfRun, TargetSpec } from '../../fleet/run/assemble.js';
import { areTargets } from '../../fleet/unified-cm/of-run.js';
import { ucmAccessOf } from './access/ucm-access.js';
import { connectionOf, filesTrustOf } from './connection.js';
import { pacingOf } from './pacing.js';
import type { RunSettings } from './table.js';

/** What a run needs besides the values of options. */
export interface Beside {
  profile: MigrationProfile | null;
  sites: readonly Site[];
  credentialsFor: FleetSettings['credentialsFor'];
  /** Who asks Unified CM; `null` for a run without it. */
  ucmCredentials: Credentials | null;
  /** Writing was confirmed beforehand (`--yes`): writes during the survey come before the question. */
  confirmed: boolean;
  /** The phones that `--from-run` selects; null without it. */
  ofRun: OfRun | null;
}

/** The targets that settings ask for. */
export function targetSpec(
  { subnet, target, inventory, column, exclude, maxTargets, limit, only }: TargetSettings,
  ofRun: OfRun | null,
  ucm: string | null,
): TargetSpec {
  return {
    ...{ subnets: subnet, targets: target, inventories: inventory, columns: column, excludes: exclude, maxTargets },
    ...(ofRun === null ? {} : { ofRun: { ...ofRun, ...(only.flat().length > 0 ? { isChoice: true } : {}) } }),
    ...(ucm === null ? {} : { ofUcm: { host: ucm, phones: null } }),
    ...(limit === null ? {} : { limit }),
  };
}

type TargetSettings = Pick<
  RunSettings,
  'subnet' | 'target' | 'inventory' | 'column' | 'exclude' | 'maxTargets' | 'limit' | 'only'
>;

/** The Unified CM whose phones are targets; `null`: none is. */
export function ucmOfTargets({ ucm }: Pick<RunSettings, 'ucm'>, profile: MigrationProfile | null): string | null {
  return areTargets(profile) ? ucm : null;
}

/** The settings of a run for the fleet. @throws Error when a file with certificates has vanished since it was checked */
export async function fleetSettings(
  settings: RunSettings,
  { profile, sites, credentialsFor, ucmCredentials, confirmed, ofRun }: Beside,
): Promise<FleetSettings> {
  const ucm = ucmAccessOf(settings, ucmCredentials);
  return {
    ...settings,
    targets: targetSpec(settings, ofRun, ucmOfTargets(settings, profile)),
    profile,
    // Unified CM has firmware and licenses unless another server is named (guide G6).
    files: settings.files?.replace(/\/+$/, '') ?? (ucm && `http://${ucm.host}:${ucm.filesPort}`),
    pacing: await pacingOf(settings, profile, sites),
    sites,
    ...connectionOf(settings),
    filesTls: filesTrustOf(settings),
    credentialsFor,
    ucm,
    setInitialPassword: confirmed && profile !== null && !settings.dryRun && settings.setInitialPassword,
  };
}

/** A profile with its timing replaced by the given one. */
export function withTiming(
  profile: MigrationProfile,
  { pollInterval, deadline, idleWait }: Pick<RunSettings, 'pollInterval' | 'deadline' | 'idleWait'>,
): MigrationProfile {
  return {
    ...profile,
    timing: {
      ...profile.timing,
      ...(pollInterval === null ? {} : { pollInterval }),
      ...(idleWait === null ? {} : { idleWait }),
      ...(deadline === null ? {} : { upgradeDeadline: deadline, authorizeDeadline: deadline }),
    },
  };
}

/** A profile stored by an earlier version, with defaults for the fields it did not know. */
export function ofThisVersion(
  stored: Omit<MigrationProfile, 'ways' | 'accept'> & Partial<Pick<MigrationProfile, 'ways' | 'accept'>>,
): MigrationProfile {
  const { ways = usualWriteMethods, accept = [], timing } = stored;
  return { ...stored, ways, accept, timing: { ...timing, patience: timing.patience ?? defaultPatienceMs } };
}
