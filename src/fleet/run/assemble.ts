import { otherDirectionThan } from '../../domain/licenses/file-name.js';
import type { Clock } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import { loadFamiliesOf, type Models } from '../../domain/phone/models.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import type { RunEvent } from '../../domain/report/events.js';
import type { Credentials } from '../../domain/network/site.js';
import type { UcmAccess } from '../../domain/network/ucm-access.js';
import type { SettingsOffers } from '../../domain/ports/settings-offer.js';
import { usualWriteMethods } from '../../domain/plan/write-methods.js';
import { askServer } from '../../files/servers/ask-server.js';
import { createFilesFetch, type DownloadOptions } from '../../files/servers/download.js';
import type { UcmAtWork } from '../unified-cm/ucm-at-work.js';
import { ucmLoadsOf } from '../unified-cm/of-run.js';
import { createPreflight } from '../../files/preflight.js';
import type { ServeAt } from '../../phones/direct/settings-server.js';
import { openTargets } from '../../inventory/open-targets.js';
import { systemIo } from '../../inventory/io.js';
import type { TargetSource, TargetSpec } from '../../inventory/target.js';
import type { MethodMemory } from '../../phones/method-memory.js';
import { LiveClock, LocalSockets, createPhones, type PhonesOptions } from '../../phones/create-phones.js';
import type { RunContext, RunOptions } from '../context.js';
import type { Pacing } from '../pacing/pacing.js';

export { openSettingsServer, type ServeAt, type SettingsServer } from '../../phones/direct/settings-server.js';
export type { OfRun, Target, TargetSource, TargetSpec } from '../../inventory/target.js';

/** Everything a run of a fleet is given, checked. */
export interface FleetSettings extends RunOptions {
  targets: TargetSpec;
  scheme: 'auto' | 'http' | 'https';
  httpPort: number;
  httpsPort: number;
  tls: PhonesOptions['tls'];
  /** Which certificates of file servers are trusted. */
  filesTls: Pick<PhonesOptions['tls'], 'ca' | 'insecure'>;
  /** The credentials for an address, best first; `site` is its site's name if the address does not show it. */
  credentialsFor: (address: string, site: string | null) => readonly Credentials[];
  /** All of those are tried, each once. Absent: only the first. */
  tryPasswords?: boolean;
  userAgent: string;
  /** How Unified CM is spoken to; `null`: not at all. */
  ucm?: UcmAccess | null;
  /** A folder with phone profiles of the user's own; `null`: none. */
  phoneProfiles: string | null;
  /** Where phones are told to fetch their settings; `null`: our end of the connection to each, any port. */
  serveAt: ServeAt | null;
}

/** What a run is given by its caller. */
export interface RunSurroundings {
  models: Models;
  phoneProfiles: PhoneProfiles;
  clock: Clock;
  random: () => number;
  log: Log;
  notify: (event: RunEvent) => void;
  /** What the file server saw a phone fetch. Absent: no server tells. */
  fetched?: RunContext['fetched'];
  fetchedNothing?: RunContext['fetchedNothing'];
  /** The run's Unified CM. Absent or `null`: none. */
  ucm?: UcmAtWork | null;
  /** Resolves when the reader of the events has caught up. */
  listening?: () => Promise<void>;
  /** Serves settings to phones that are told to fetch them; `null` if the profile allows no such write method. */
  offers?: SettingsOffers | null;
  /** Which write methods are known to work. Absent: nothing yet. */
  methodMemory?: MethodMemory;
}

/** How many phones may refuse a password before a threshold stops the run; after that many no phone is given one. */
function mostRefused({ thresholds }: Pacing): number {
  const limits = thresholds.filter(({ kind, unit }) => kind === 'password-wrong' && unit === 'phones');
  return Math.min(Number.POSITIVE_INFINITY, ...limits.map(({ limit }) => limit));
}

const settleWithoutProfileMs = 0;

/** Opens the targets of a run; contacts nothing but name servers, and not even those where names are not to be looked up. @throws UsageError */
export function openRunTargets(
  settings: Pick<FleetSettings, 'targets'>,
  clock: Clock,
  { looksUp = true }: { looksUp?: boolean } = {},
): Promise<TargetSource> {
  const io = systemIo(clock);
  return openTargets(settings.targets, looksUp ? io : { ...io, lookup: null });
}

/** What the files of a run are fetched with. */
export function filesOptions(settings: FilesSettings, clock: Clock, sockets?: LocalSockets): DownloadOptions {
  return {
    fetch: createFilesFetch(settings.filesTls),
    timeoutMs: settings.timeoutMs * 4,
    clock,
    ...(sockets ? { sockets } : {}),
  };
}

/** How file servers are spoken to. */
export type FilesSettings = Pick<FleetSettings, 'filesTls' | 'timeoutMs'>;

/**
 * Asks file servers whether they are there, all at once.
 * @returns what is wrong with those that are not, as the end of a sentence
 */
export async function askFileServers(
  urls: readonly string[],
  settings: FilesSettings,
  clock: Clock,
): Promise<Map<string, string>> {
  const options = filesOptions(settings, clock, new LocalSockets(clock));
  const asked = urls.map(async (url) => [url, await askServer(new URL(url), options)] as const);
  const problems = (await Promise.all(asked)).filter((one): one is readonly [string, string] => one[1] !== null);
  return new Map(problems);
}

/** Builds a run's context over real sockets and files. */
export function assembleRun(
  settings: FleetSettings,
  targets: TargetSource,
  surroundings: RunSurroundings,
): Omit<RunContext, 'memory' | 'usually'> {
  const { phoneProfiles, offers = null, methodMemory, fetched, fetchedNothing, ...outside } = surroundings;
  const { clock, log } = outside;
  const sited = new Map<string, string>();
  // No deadline expires while this process is suspended.
  const deadlines = new LiveClock(clock);
  const sockets = new LocalSockets(deadlines);
  // No spread: a name that `Phones` does not have would pass unnoticed.
  const phones = createPhones({
    profiles: phoneProfiles,
    scheme: settings.scheme,
    httpPort: settings.httpPort,
    httpsPort: settings.httpsPort,
    tls: settings.tls,
    timeoutMs: settings.timeoutMs,
    userAgent: settings.userAgent,
    credentialsFor: (address) => settings.credentialsFor(address, sited.get(address) ?? null),
    tryPasswords: settings.tryPasswords ?? false,
    setInitialPassword: settings.setInitialPassword ?? false,
    clock,
    deadlines,
    sockets,
    log,
    settleMs: settings.profile?.timing.settle ?? settleWithoutProfileMs,
    writeMethods: settings.profile?.ways ?? usualWriteMethods,
    offers,
    mostRefused: mostRefused(settings.pacing),
    memory: methodMemory,
  });
  const preflight = createPreflight(
    filesOptions(settings, deadlines, sockets),
    loadFamiliesOf(outside.models),
    otherDirectionThan(settings.profile?.direction ?? null, outside.models),
  );
  const ucmLoads = settings.ucm ? ucmLoadsOf(settings.ucm, settings.files) : null;
  return {
    options: { ...settings, ucmLoads },
    targets,
    phones,
    preflight,
    sited: (address, site) => void sited.set(address, site),
    ...(fetched ? { fetched } : {}),
    ...(fetchedNothing ? { fetchedNothing } : {}),
    ...outside,
  };
}
