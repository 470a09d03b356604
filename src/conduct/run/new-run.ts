import { randomBytes } from 'node:crypto';
import type { Models } from '../../domain/phone/models.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { FleetSettings } from '../../fleet/run/assemble.js';
import type { CheckedRun } from '../check/check-run.js';
import { siteContradictions } from '../check/worked-sites.js';
import { refuseProblems } from '../../domain/text/usage-error.js';
import { refuseAbsentServers } from '../check/file-servers/ask-file-servers.js';
import { privateFiles } from '../check/private-files.js';
import { proofOf } from '../options/pacing.js';
import type { OptionRow } from '../options/row.js';
import type { Given } from '../options/sources.js';
import { forRun, pruneAfterwards, withStore } from '../options/store-option.js';
import type { OwnServer } from '../serving/own-server.js';
import { systemClock } from '../system-clock.js';
import { packageVersion } from '../version.js';
import type { Aside } from './aside.js';
import type { Conduct } from './carry-out.js';
import type { Starter } from './starter.js';
import type { KeptRun } from './kept-run.js';
import { keptSettings } from './kept-settings.js';

/** A run that may begin. */
export interface ReadyRun {
  given: Given;
  /** The options that it might have been given. */
  options: readonly OptionRow[];
  run: CheckedRun;
  profile: MigrationProfile | null;
  models: Models;
  /** Workers reach the phones. Absent: this process does. */
  isShared?: boolean;
}

/**
 * Starts a new run: opens its store, starts its file server, looks whether file servers are there, finishes what an earlier run left under way,
 * and has it conducted.
 * @throws UsageError before any phone is contacted
 */
export async function startRun<Result>(ready: ReadyRun, starter: Starter<Result>): Promise<Result> {
  const { given, options, profile, models, isShared = false } = ready;
  const { settings: said, written } = given;
  const { settings, targets } = ready.run;
  const aside: Aside = said.quiet ? { ...starter, say: () => {} } : starter;
  return withStore(
    said,
    async (store) => {
      const own: OwnServer =
        said.serve === null || profile === null
          ? { serving: null, files: null, keptToo: {} }
          : await (
              await import('../serving/own-server.js')
            ).startServing(given, profile, targets, { store, models, aside });
      const { serving, files, keptToo } = own;
      const served = { ...settings, files: files ?? settings.files };
      const kept = keptSettings(given, profile, settings.targets.ofRun ?? null, keptToo);
      try {
        // A file server that is away is one sentence here, not one for each phone.
        if (isShared) refuseProblems(siteContradictions(settings.sites, (await store.work?.workers()) ?? []));
        const absent = isShared
          ? []
          : await refuseAbsentServers({ ...given, settings: { ...said, files: served.files } }, profile, served);
        for (const text of absent) starter.tell(text);
        if (profile !== null && !settings.dryRun) {
          const { recoverInterrupted } = await import('./recover.js');
          const { credentialsOfRun } = await import('./kept-credentials.js');
          const hidden = privateFiles(given, options);
          const credentialsOf = (earlier: KeptRun): FleetSettings['credentialsFor'] => {
            if (isShared) return settings.credentialsFor;
            const missing: string[] = [];
            const credentialsFor = credentialsOfRun(given, earlier.sites, missing);
            missing.forEach(starter.tell);
            return credentialsFor;
          };
          const before = { said, settings, credentialsOf, models, store, serving, hidden };
          const stopped = await recoverInterrupted(before, starter);
          if (stopped !== null) return stopped;
        }
        const result = await starter.conduct(
          {
            ...{
              summary: { ...runSummary(settings), ...(isShared ? { shared: true as const } : {}) },
              settings: served,
              kept,
              resumes: null,
              targets,
              serving,
            },
            ...{ abandonUntouched: false, lockFolder: said.lockFolder },
            isAskedFor: (name) => written.origin[name] !== 'default',
          },
          store,
        );
        await pruneAfterwards(store, said.keep, starter);
        return result;
      } finally {
        await serving?.close();
      }
    },
    forRun,
  );
}

/** What is known of a run with these settings when it begins. */
export function runSummary(settings: FleetSettings): Conduct['summary'] {
  const proof = proofOf(settings);
  const stamp = new Date(systemClock.now()).toISOString().replace(/\D/g, '').slice(0, 14);
  return {
    id: `${stamp}-${randomBytes(3).toString('hex')}`,
    profile: settings.profile?.name ?? null,
    dryRun: settings.dryRun,
    version: packageVersion(),
    preflightSkipped: settings.skipPreflight,
    insecure: settings.tls.insecure,
    ...(settings.ucm?.tls.insecure ? { ucmInsecure: true } : {}),
    ...(settings.tls.legacy ? { tlsLegacy: true } : {}),
    ...(settings.tls.allowExpired ? { expiredMicAllowed: true } : {}),
    ...(proof ? { proof } : {}),
  };
}
