import { refuseProblems, UsageError } from '../../domain/text/usage-error.js';
import { shippedModels } from '../../config/profiles/as-shipped.js';
import { noSuchRun } from '../../store/no-such-run.js';
import { isAddress } from '../../store/place.js';
import type { Store } from '../../store/store.js';
import type { RunRow } from '../../store/store-rows.js';
import { readCredentials } from '../../conduct/options/access/credentials.js';
import { ucmCredentialsForKept } from '../../conduct/options/access/ucm-access.js';
import type { Given } from '../../conduct/options/sources.js';
import { existingStore, forRun, pruneAfterwards, readStore, withStore } from '../../conduct/options/store-option.js';
import { optionsOf, type ResumeSettings } from '../../conduct/options/table.js';
import { companionRemarks } from '../../conduct/options/companions.js';
import { absentServersOf } from '../../conduct/check/file-servers/ask-file-servers.js';
import { nextAfterResume, whereWords } from '../next/command-words.js';
import { commandLine } from '../../report/summary/commands.js';
import { tuneV8 } from '../run/tune-v8.js';
import { fileProblems } from '../../conduct/check/check-run.js';
import { mailServerOf } from '../../conduct/options/access/mail-access.js';
import { conductRun } from '../run/conduct-run.js';
import { outputOf } from '../run/output.js';
import { canAsk, onStandardError } from '../terminal/aside.js';
import { privateFiles } from '../../conduct/check/private-files.js';
import { credentialsOfRun } from '../../conduct/run/kept-credentials.js';
import { keptRun } from '../../conduct/run/kept-run.js';
import { conductOf } from '../../conduct/run/recover.js';
import { serveAgain, serveAgainIfPossible } from '../../conduct/serving/again.js';
import { unconfirmed } from '../../conduct/check/unconfirmed.js';

/** `resume [RUN]`: continues a run that has not ended. @throws UsageError */
export async function resumeCommand(
  give: (withSecrets: boolean) => Promise<Given>,
  name: string | null,
): Promise<number> {
  tuneV8('migrate');
  const models = await shippedModels();
  const isShared = await isOfWorkers(await give(false), name);
  const given = await give(!isShared);
  const settings: ResumeSettings = given.settings;
  const { written, surroundings } = given;
  const problems = [...written.problems];
  if (!isShared) readCredentials(settings, written, surroundings, problems);
  const mail = mailServerOf(given.settings, written, surroundings, problems);
  problems.push(...companionRemarks(given, optionsOf.resume, undefined).problems);
  refuseProblems([...problems, ...(await fileProblems(given, optionsOf.resume, true))]);
  existingStore(settings);
  return withStore(
    settings,
    async (store) => {
      const run = await unfinished(store, name, given);
      const kept = keptRun(run);
      const missing: string[] = [];
      const credentialsFor = isShared ? () => [] : credentialsOfRun(given, kept.sites, missing);
      refuseProblems(missing);
      const ucmCredentials = ucmCredentialsForKept(run.id, kept.settings.ucm, given);
      refuseProblems(
        unconfirmed(
          kept.profile,
          { ...kept.settings, dryRun: run.summary.dryRun, yes: settings.yes, setInitialPassword: false },
          canAsk(),
        ),
      );
      const mayBeUnderWay = (await store.unfinishedRuns()).some(({ id }) => id === run.id);
      const aside = settings.quiet ? { ...onStandardError, say: () => {} } : onStandardError;
      const files = privateFiles(given, optionsOf.resume);
      // Phones under way are watched whether or not it is there.
      const serving = await (mayBeUnderWay ? serveAgainIfPossible : serveAgain)(kept, store, models, aside, files);
      try {
        const absent = isShared ? [] : await absentServersOf(kept.settings, kept.profile, kept.sites);
        if (!mayBeUnderWay) refuseProblems(absent);
        absent.forEach(aside.tell);
        const conduct = await conductOf(run, kept, { settings, credentialsFor, ucmCredentials }, false);
        const code = await conductRun(
          { ...conduct, serving, next: await nextAfterResume(given, run, store), detailedExitcode: false },
          models,
          store,
          outputOf(settings, mail),
        );
        await pruneAfterwards(store, settings.keep, onStandardError);
        return code;
      } finally {
        await serving?.close();
      }
    },
    forRun,
  );
}

/** Whether the run that is meant is one of workers, which have the passwords: then none is looked up here. */
async function isOfWorkers(given: Given, name: string | null): Promise<boolean> {
  const { settings, written } = given;
  if (written.problems.length > 0 || settings.db === null || !isAddress(settings.db)) return false;
  return readStore(settings, async (store) => (await unfinished(store, name, given)).summary.shared === true);
}

function hasStoppedItself({ state, summary }: RunRow): boolean {
  return state === 'interrupted' && (summary.abortedBy ?? null) !== null;
}

async function unfinished(store: Store, name: string | null, given: Given): Promise<RunRow> {
  if (name === null) {
    // A run that paused after a wave has an outcome for each phone, and can still be resumed.
    const open = new Set((await store.unfinishedRuns()).map(({ id }) => id));
    const candidates = (await store.runs()).filter(({ id, state }) => open.has(id) || state === 'interrupted');
    // A job must not resume a run that stopped itself: once the cause is fixed, a person names the run.
    const latest = candidates.find((run) => !hasStoppedItself(run));
    if (latest) return latest;
    const [stopped] = candidates;
    if (stopped) {
      throw new UsageError(
        `The run ${stopped.id} stopped itself: ${stopped.summary.abortedBy} Once the cause is fixed, continue with: ${commandLine(['resume', stopped.id, ...whereWords(given)])}`,
      );
    }
    throw new UsageError('There is no run to resume; fleet-migrate runs lists them.');
  }
  const run = await store.run(name);
  if (!run) throw noSuchRun(name);
  if (run.state === 'finished')
    throw new UsageError(`The run ${run.id} has finished; there is nothing to resume. Start a new run instead.`);
  return run;
}
