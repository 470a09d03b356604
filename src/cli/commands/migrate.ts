import { randomBytes } from 'node:crypto';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { Models } from '../../domain/phone/models.js';
import { isUsageError, refuseProblems, UsageError } from '../../domain/text/usage-error.js';
import { loadModels } from '../../config/profiles/models/read.js';
import { placed } from '../../config/settings/where.js';
import type { FleetSettings, TargetSource } from '../../fleet/run/assemble.js';
import type { Store } from '../../store/store.js';
import { proofOf } from '../options/pacing.js';
import type { Given } from '../options/sources.js';
import { forRun, pruneAfterwards, withStore } from '../options/store-option.js';
import { optionsOf } from '../options/table.js';
import { refuseAbsentServers } from '../run/file-servers/ask-file-servers.js';
import { checkRun } from '../run/check-run.js';
import { conductRun, outputOf } from '../run/conduct-run.js';
import { keptSettings } from '../run/kept-settings.js';
import { privateFiles } from '../run/private-files.js';
import { recoverInterrupted } from '../run/recover.js';
import { hostForPhones, serveForRun, type Serving } from '../serving/for-run.js';
import { systemClock } from '../system-clock.js';
import { unconfirmed } from '../run/unconfirmed.js';
import { exitCodes } from '../terminal/exit-code.js';
import { packageVersion } from '../terminal/version.js';

/** Runs `migrate` or `audit` and returns the exit code. @throws UsageError before anything is contacted, with all that is wrong */
export async function migrateCommand(given: Given, command: 'migrate' | 'audit'): Promise<number> {
  const models = loadModels();
  const { settings: said, written } = given;
  const { problems, warnings, run, profile } = await checkRun(given, optionsOf[command], models, { mustAsk: true });
  refuseProblems([...problems, ...unconfirmed(profile, said)]);
  // If there are no problems, there is a run.
  if (run === null) return exitCodes.internal;
  const { settings, targets } = run;
  const output = outputOf(said);
  if (!output.quiet) for (const text of warnings) process.stderr.write(`fleet-migrate: ${text}\n`);
  return withStore(
    said,
    async (store) => {
      const { serving, files, keptToo } = await startServing(given, profile, targets, store, models);
      const served = { ...settings, files: files ?? settings.files };
      const kept = keptSettings(given, profile, settings.targets.ofRun ?? null, keptToo);
      try {
        // A file server that is away is one sentence here, not one for each phone.
        const absent = await refuseAbsentServers(
          { ...given, settings: { ...said, files: served.files } },
          profile,
          served,
        );
        for (const text of absent) process.stderr.write(`fleet-migrate: ${text}\n`);
        const recovers = profile !== null && !settings.dryRun;
        const stopped = recovers
          ? await recoverInterrupted(said, settings, models, store, serving, privateFiles(given, optionsOf[command]))
          : null;
        if (stopped !== null) return stopped;
        const code = await conductRun(
          {
            ...{ summary: runSummary(settings), settings: served, kept, resumes: null, targets, serving },
            abandonUntouched: false,
            detailedExitcode: said.detailedExitcode,
            isAskedFor: (name) => written.origin[name] !== 'default',
          },
          models,
          store,
          output,
        );
        await pruneAfterwards(store, said.keep);
        return code;
      } finally {
        await serving?.close();
      }
    },
    forRun,
  );
}

/** The run's own file server, and what follows from it. */
interface OwnServer {
  serving: Serving | null;
  /** What phones are told instead of `--files`; `null`: nothing else. */
  files: string | null;
  /** What a resume has to find as it is now. */
  keptToo: Record<string, string | number>;
}

/** Starts the run's own file server if it is to have one. @throws UsageError */
async function startServing(
  { settings, written }: Given,
  profile: MigrationProfile | null,
  targets: TargetSource,
  store: Store,
  models: Models,
): Promise<OwnServer> {
  if (settings.serve === null || profile === null) return { serving: null, files: null, keptToo: {} };
  const where = written.where['serve']?.[0];
  try {
    const host = settings.files === null ? await hostForPhones(settings, targets) : null;
    const say = (line: string): void => {
      if (!settings.quiet) process.stderr.write(`${line}\n`);
    };
    const serving = await serveForRun(settings, profile, store, host, models, say);
    const files = host === null ? null : `http://${host}:${serving.httpPort}`;
    if (files !== null) say(`Phones are told to fetch from ${files}.`);
    const keptToo = {
      'serve-http-port': serving.httpPort,
      ...(serving.tftpPort === null ? {} : { 'serve-tftp-port': serving.tftpPort }),
      ...(files === null ? {} : { files }),
    };
    return { serving, files, keptToo };
  } catch (error) {
    if (!isUsageError(error)) throw error;
    throw new UsageError(placed('serve', where, error.message), { cause: error });
  }
}

function runSummary(settings: FleetSettings): Parameters<typeof conductRun>[0]['summary'] {
  const proof = proofOf(settings);
  const stamp = new Date(systemClock.now()).toISOString().replace(/\D/g, '').slice(0, 14);
  return {
    id: `${stamp}-${randomBytes(3).toString('hex')}`,
    profile: settings.profile?.name ?? null,
    dryRun: settings.dryRun,
    version: packageVersion(),
    preflightSkipped: settings.skipPreflight,
    insecure: settings.tls.insecure,
    ...(settings.tls.legacy ? { tlsLegacy: true } : {}),
    ...(settings.tls.allowExpired ? { expiredMicAllowed: true } : {}),
    ...(proof ? { proof } : {}),
  };
}
