// The settings of a run that a bench sets up by module, from what differs.
import { loadMigrationProfile } from '../src/config/profiles/migration-profile.js';
import { loadModels } from '../src/config/profiles/models/read.js';
import { loadPhoneProfiles } from '../src/config/profiles/phone-pages.js';
import { shippedPhonesDir } from '../src/config/profiles/shipped.js';
import { silentLog } from '../src/domain/ports/log.js';
import { assembleRun, openRunTargets } from '../src/fleet/run/assemble.js';
import { noopMemory } from '../src/fleet/memory/memory.js';
import { unpaced } from '../src/fleet/pacing/pacing.js';

export const phoneProfiles = loadPhoneProfiles(shippedPhonesDir());

/** The run of these settings, remembering nothing. `own`: what differs, such as its phones. */
export async function contextFor(settings, clock, own = {}) {
  const surroundings = {
    ...{ models: loadModels(), phoneProfiles, clock, random: Math.random, log: silentLog, notify: () => {} },
  };
  const assembled = assembleRun(settings, await openRunTargets(settings), surroundings);
  return { ...assembled, memory: noopMemory, usually: () => 0, ...own };
}

export function summaryOf({ profile, dryRun, skipPreflight }) {
  return {
    ...{ id: 'bench', profile: profile?.name ?? null, dryRun, version: '0' },
    ...{ preflightSkipped: skipPreflight, insecure: false },
  };
}

export function settingsFor(given) {
  const shipped = given.profile ? loadMigrationProfile(given.profile, { models: loadModels() }) : null;
  const { subnets = [], targets = [] } = given;
  return {
    targets: { subnets, targets, inventories: [], excludes: [], maxTargets: 1_000_000 },
    profile: shipped && { ...shipped, timing: { ...shipped.timing, ...given.timing } },
    files: given.files ?? null,
    authorizationRule: null,
    dryRun: false,
    stepUp: true,
    allowBelowRecommended: false,
    skipPreflight: given.skipPreflight ?? false,
    concurrency: given.concurrency ?? 64,
    probeConcurrency: given.probeConcurrency ?? 512,
    scheme: given.scheme ?? 'http',
    httpPort: given.httpPort,
    httpsPort: given.httpsPort ?? 1,
    tls: { ca: [], insecure: given.insecure ?? false },
    filesTls: { ca: [], insecure: given.insecure ?? false },
    timeoutMs: given.timeoutMs ?? 3_000,
    userAgent: 'fleet-migrate-bench',
    pacing: unpaced,
    sites: [],
    credentialsFor: () => [],
  };
}
