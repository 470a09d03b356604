// The settings of a run that a bench sets up by module, from what differs.
import { fromBuild } from './support.mjs';

const { loadMigrationProfile } = await fromBuild('config/profiles/migration-profile.js');
const { loadModels } = await fromBuild('config/profiles/models/read.js');
const { unpaced } = await fromBuild('fleet/pacing/pacing.js');

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
