import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { Proof } from '../../domain/report/report.js';
import type { FleetSettings } from '../../fleet/run/assemble.js';
import type { Site } from '../../domain/network/site.js';
import type { Pacing, SitePace } from '../../fleet/pacing/pacing.js';
import type { Window } from '../../fleet/pacing/window/window.js';
import { checkFilesUrl } from '../../domain/network/files-url.js';
import type { RunSettings } from './table.js';

/** The options about pace. */
export type PaceSettings = Pick<
  RunSettings,
  | 'waves'
  | 'pauseAfterWave'
  | 'abortAfter'
  | 'abortMinSample'
  | 'accept'
  | 'window'
  | 'timeZone'
  | 'maxUpgrading'
  | 'maxUpgradingPerSubnet'
>;

/** How fast and how far a run may go. */
export async function pacingOf(
  settings: PaceSettings,
  profile: MigrationProfile | null,
  sites: readonly Site[],
): Promise<Pacing> {
  const { timeZone, window } = settings;
  const ofSites = new Map<string, SitePace>();
  for (const site of sites) ofSites.set(site.name, await paceOf(site, timeZone));
  return {
    waves: settings.waves,
    pauseAfterWave: settings.pauseAfterWave,
    thresholds: settings.abortAfter.map((one) => ({ ...one, minimumSample: settings.abortMinSample })),
    accept: [...new Set([...(profile?.accept ?? []), ...settings.accept])],
    window: await windowOf(window, timeZone),
    maxUpgrading: settings.maxUpgrading ?? Number.POSITIVE_INFINITY,
    maxUpgradingPerSubnet: settings.maxUpgradingPerSubnet ?? Number.POSITIVE_INFINITY,
    sites: ofSites,
  };
}

/** The limits that the configuration file sets for one site. */
async function paceOf({ limits, files }: Site, zone: string | null): Promise<SitePace> {
  return {
    maxUpgrading: limits.maxUpgrading,
    window: await windowOf(limits.window, limits.timeZone ?? zone),
    files: files === null ? null : checkFilesUrl(files),
  };
}

/** Time zones are loaded, and that of this machine is asked for, where there is a window. */
async function windowOf(texts: readonly string[], zone: string | null): Promise<Window | null> {
  if (texts.length === 0) return null;
  const { parseWindow } = await import('../../fleet/pacing/window/window.js');
  return parseWindow(texts, zone ?? ownZone());
}

/** Windows in which no phone could ever be started, by the site's name, or null for the run's own; one sentence each. */
export function windowsTooShort({ window, sites }: Pacing, profile: MigrationProfile): [string | null, string][] {
  const own = tooShort('--window', window, profile);
  return [
    ...own.map((sentence): [null, string] => [null, sentence]),
    ...[...sites].flatMap(([name, site]) =>
      tooShort(`The window of the site ${name}`, site.window, profile).map((sentence): [string, string] => [
        name,
        sentence,
      ]),
    ),
  ];
}

function tooShort(place: string, window: Window | null, { timing }: MigrationProfile): string[] {
  if (!window || window.nextFit(0, timing.usual) !== null) return [];
  const minutes = Math.round(timing.usual / 60_000);
  return [
    `${place} ${window.text} is never open long enough for one step, which usually takes ${minutes} minutes; widen it.`,
  ];
}

/** The time zone of this machine. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** How a move to Enterprise may be proven with these settings; `null` where nothing is moved there. */
export function proofOf({ profile, pacing, ucm }: Pick<FleetSettings, 'profile' | 'pacing' | 'ucm'>): Proof | null {
  if (profile?.goal !== 'convert' || profile.direction !== 'm2e') return null;
  return {
    sources: ucm ? ['phone-web-page', 'unified-cm'] : ['phone-web-page'],
    accept: pacing.accept,
    waves: pacing.waves?.text ?? null,
    abortAfter: pacing.thresholds.map(({ text }) => text),
  };
}
