import { parseAcceptable } from '../../domain/progress/grades.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { parseThreshold } from '../../domain/pacing/thresholds.js';
import type { Site } from '../../domain/network/site.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { parseWaves } from '../../domain/pacing/waves.js';
import type { Pacing, SitePace } from '../../fleet/pacing/pacing.js';
import { parseWindow, type Window } from '../../fleet/pacing/window/window.js';
import { checkFilesUrl } from '../../domain/network/files-url.js';
import { type Arguments, flagOf, listOf, numberOf, textOf } from './arguments.js';

/** How fast and how far a run may go, checked. @throws UsageError for waves, windows or thresholds that contradict themselves */
export function pacingOf(args: Arguments, profile: MigrationProfile | null, sites: readonly Site[]): Pacing {
  const waves = textOf(args, 'waves');
  const windows = listOf(args, 'window');
  if (flagOf(args, 'pause-after-wave') && waves === null)
    throw new UsageError('--pause-after-wave needs --waves, such as --waves 1,10,100%.');
  const zone = textOf(args, 'time-zone');
  if (zone !== null && windows.length === 0)
    throw new UsageError('--time-zone goes with --window; add that, or leave it out.');
  const minimumSample =
    args['abort-min-sample'] === undefined ? undefined : numberOf(args, 'abort-min-sample', 1, 100_000);
  const window = windows.length === 0 ? null : parseWindow(windows, zone ?? ownZone());
  refuseTooShort('--window', window, profile);
  return {
    waves: waves === null ? null : parseWaves(waves),
    pauseAfterWave: flagOf(args, 'pause-after-wave'),
    thresholds: listOf(args, 'abort-after').map((text) => parseThreshold(text, minimumSample)),
    accept: [...new Set([...(profile?.accept ?? []), ...listOf(args, 'accept').map((text) => parseAcceptable(text))])],
    window,
    maxUpgrading: limitOf(args, 'max-upgrading'),
    maxUpgradingPerSubnet: limitOf(args, 'max-upgrading-per-subnet'),
    sites: new Map(sites.map((site) => [site.name, paceOf(site, zone, profile)])),
  };
}

/** A window in which no phone could ever be started. */
function refuseTooShort(place: string, window: Window | null, profile: MigrationProfile | null): void {
  if (!window || !profile || window.nextFit(0, profile.timing.usual) !== null) return;
  const minutes = Math.round(profile.timing.usual / 60_000);
  throw new UsageError(
    `${place} ${window.text} is never open long enough for one step, which usually takes ${minutes} minutes; widen it.`,
  );
}

/** What the configuration file says of one site. */
function paceOf({ name, limits, files }: Site, zone: string | null, profile: MigrationProfile | null): SitePace {
  const { timeZone, maxUpgrading } = limits;
  const window = limits.window.length === 0 ? null : parseWindow(limits.window, timeZone ?? zone ?? ownZone());
  refuseTooShort(`The window of the site ${name}`, window, profile);
  return {
    maxUpgrading,
    window,
    files: files === null ? null : checkFilesUrl(files),
  };
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function limitOf(args: Arguments, name: string): number {
  return args[name] === undefined ? Number.POSITIVE_INFINITY : numberOf(args, name, 1, 100_000);
}
