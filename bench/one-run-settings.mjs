// The settings of a run that a bench sets up by module, from what differs.
import { fromBuild } from './support.mjs';

const { loadMigrationProfile } = await fromBuild('config/profiles/migration-profile.js');
const { loadModels } = await fromBuild('config/profiles/models/read.js');
const { loadPhoneProfiles } = await fromBuild('config/profiles/phone-pages.js');
const { shippedPhonesDir } = await fromBuild('config/profiles/shipped.js');
const { silentLog } = await fromBuild('domain/ports/log.js');
const { assembleRun, openRunTargets } = await fromBuild('fleet/run/assemble.js');
const { noopMemory } = await fromBuild('fleet/memory/memory.js');
const { unpaced } = await fromBuild('fleet/pacing/pacing.js');

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
