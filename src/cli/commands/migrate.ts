import { checkRun } from '../../conduct/check/check-run.js';
import { unconfirmed } from '../../conduct/check/unconfirmed.js';
import { exitCodes, isStopCode } from '../../conduct/exit-code.js';
import type { Given } from '../../conduct/options/sources.js';
import { optionsOf } from '../../conduct/options/table.js';
import { startRun } from '../../conduct/run/new-run.js';
import { shippedModels } from '../../config/profiles/as-shipped.js';
import { wasAskedToStop } from '../../domain/report/asked-to-stop.js';
import { sharedProblems } from '../../conduct/check/shared-run.js';
import { refuseProblems, UsageError } from '../../domain/text/usage-error.js';
import type { SharingWords } from '../options/sharing-rows.js';
import { nextAfter } from '../next/command-words.js';
import { conductRun } from '../run/conduct-run.js';
import { outputOf } from '../run/output.js';
import { tuneV8 } from '../run/tune-v8.js';
import { canAsk, onStandardError } from '../terminal/aside.js';

/** Runs `migrate` or `audit` and returns the exit code. @throws UsageError before anything is contacted, with all that is wrong */
export async function migrateCommand(
  given: Given,
  command: 'migrate' | 'audit',
  sharing: SharingWords,
): Promise<number> {
  tuneV8(command);
  const models = await shippedModels();
  const { settings: said } = given;
  const options = optionsOf[command];
  const isShared = sharing.sites !== null;
  if (sharing.detach && !isShared)
    throw new UsageError('--detach does nothing without --sites; add it, or leave this out.');
  if (isShared) refuseProblems(sharedProblems(given));
  const { problems, warnings, run, profile } = await checkRun(given, options, models, { mustAsk: true, isShared });
  refuseProblems([...problems, ...unconfirmed(profile, said, canAsk() && !sharing.detach)]);
  // If there are no problems, there is a run.
  if (run === null) return exitCodes.internal;
  if (sharing.detach) return (await import('../run/detach.js')).detach(given);
  const output = outputOf(said, run.mail);
  if (!output.quiet) warnings.forEach(onStandardError.tell);
  const silently = { ...output, confirmed: true, silent: true };
  return startRun(
    { given, options, run, profile, models, isShared },
    {
      ...onStandardError,
      finish: async (earlier, store) => {
        const closing = { next: {}, detailedExitcode: false };
        const code = await conductRun({ ...earlier, ...closing }, models, store, silently);
        // Somebody who stops it does not want phones to be written to by the next one.
        const isStopped =
          isStopCode(code) || wasAskedToStop((await store.run(earlier.summary.id))?.interrupted ?? null);
        return isStopped ? code : null;
      },
      conduct: async (conduct, store) => {
        const next = await nextAfter(given, profile, run.settings.targets.ofRun?.run ?? null, store);
        // What is told of other commands is for phones that are reached from here.
        if (isShared && next.words) next.words = { ...next.words, run: null };
        return conductRun({ ...conduct, next, detailedExitcode: said.detailedExitcode }, models, store, output);
      },
    },
  );
}
