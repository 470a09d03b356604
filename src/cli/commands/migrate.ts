import { randomBytes } from 'node:crypto';
import { refuseProblems } from '../../domain/text/usage-error.js';
import { shippedModels } from '../../config/profiles/as-shipped.js';
import type { FleetSettings } from '../../fleet/run/assemble.js';
import { proofOf } from '../options/pacing.js';
import type { Given } from '../options/sources.js';
import { forRun, pruneAfterwards, withStore } from '../options/store-option.js';
import { optionsOf } from '../options/table.js';
import { refuseAbsentServers } from '../run/file-servers/ask-file-servers.js';
import { nextAfter } from '../next/command-words.js';
import { tuneV8 } from '../run/tune-v8.js';
import { checkRun } from '../run/check-run.js';
import { conductRun, outputOf } from '../run/conduct-run.js';
import { keptSettings } from '../run/kept-settings.js';
import { privateFiles } from '../run/private-files.js';
import type { OwnServer } from '../serving/own-server.js';
import { systemClock } from '../system-clock.js';
import { unconfirmed } from '../run/asking/unconfirmed.js';
import { exitCodes } from '../terminal/exit-code.js';
import { packageVersion } from '../terminal/version.js';

/** Runs `migrate` or `audit` and returns the exit code. @throws UsageError before anything is contacted, with all that is wrong */
export async function migrateCommand(given: Given, command: 'migrate' | 'audit'): Promise<number> {
  tuneV8();
  const models = await shippedModels();
  const { settings: said, written } = given;
  const { problems, warnings, run, profile } = await checkRun(given, optionsOf[command], models, { mustAsk: true });
  refuseProblems([...problems, ...unconfirmed(profile, said)]);
  // If there are no problems, there is a run.
  if (run === null) return exitCodes.internal;
  const { settings, targets, mail } = run;
  const output = outputOf(said, mail);
  if (!output.quiet) for (const text of warnings) process.stderr.write(`fleet-migrate: ${text}\n`);
  return withStore(
    said,
    async (store) => {
      const own: OwnServer =
        said.serve === null || profile === null
          ? { serving: null, files: null, keptToo: {} }
          : await (await import('../serving/own-server.js')).startServing(given, profile, targets, store, models);
      const { serving, files, keptToo } = own;
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
        if (profile !== null && !settings.dryRun) {
          const { recoverInterrupted } = await import('../run/recover.js');
          const hidden = privateFiles(given, optionsOf[command]);
          const stopped = await recoverInterrupted(said, settings, models, store, serving, hidden);
          if (stopped !== null) return stopped;
        }
        const code = await conductRun(
          {
            ...{ summary: runSummary(settings), settings: served, kept, resumes: null, targets, serving },
            abandonUntouched: false,
            detailedExitcode: said.detailedExitcode,
            next: await nextAfter(given, profile, settings.targets.ofRun?.run ?? null, store),
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
