import { UsageError } from '../../domain/text/usage-error.js';
import { loadModels } from '../../config/profiles/models/read.js';
import type { Store } from '../../store/store.js';
import type { RunRow } from '../../store/store-rows.js';
import { type Arguments, flagOf, numberOf, textOf } from '../options/arguments.js';
import { conductRun, outputOf } from '../run/conduct-run.js';
import { readCredentials } from '../options/credentials.js';
import { refuseUnconfirmed } from './migrate.js';
import { optionTable } from '../options/table.js';
import { conductOf } from '../run/recover.js';
import { resumeOptions } from '../options/resume-options.js';
import { processSources, resolveSettings } from '../options/settings-sources.js';
import { forRun, pruneAfterwards, withStore } from '../options/store-option.js';

/** `resume [RUN]`: goes on with a run that has not come to its end. @throws UsageError */
export async function resumeCommand(given: Arguments): Promise<number> {
  const models = loadModels();
  const options = optionTable.filter(({ name }) => resumeOptions.has(name));
  const resolved = resolveSettings({ ...processSources(given), options });
  const args = resolved.values;
  const keep = numberOf(args, 'keep', 1, 1_000_000);
  const credentialsFor = readCredentials(resolved, processSources(given));
  return withStore(
    args,
    async (store) => {
      const run = await unfinished(store, textOf(args, 'run'));
      refuseUnconfirmed(
        { profile: run.profile === null ? null : conductable(run), dryRun: run.summary.dryRun },
        flagOf(args, 'yes'),
      );
      const output = await outputOf(args);
      const conduct = await conductOf(run, models, credentialsFor, false, args);
      const code = await conductRun(args, conduct, models, store, output);
      await pruneAfterwards(store, keep);
      return code;
    },
    forRun,
  );
}

function conductable(run: RunRow): Parameters<typeof refuseUnconfirmed>[0]['profile'] {
  return (run.settings as { profile: Parameters<typeof refuseUnconfirmed>[0]['profile'] }).profile;
}

function hasStoppedItself({ state, summary }: RunRow): boolean {
  return state === 'interrupted' && (summary.abortedBy ?? null) !== null;
}

async function unfinished(store: Store, name: string | null): Promise<RunRow> {
  if (name === null) {
    // A run that paused after a wave has an outcome for each phone, and can be gone on with all the same.
    const open = new Set((await store.unfinishedRuns()).map(({ id }) => id));
    const candidates = (await store.runs()).filter(({ id, state }) => open.has(id) || state === 'interrupted');
    // Nobody's job should go on by itself with what stopped itself: whoever has mended the cause names the run.
    const latest = candidates.find((run) => !hasStoppedItself(run));
    if (latest) return latest;
    const [stopped] = candidates;
    if (stopped) {
      throw new UsageError(
        `The run ${stopped.id} stopped itself: ${stopped.summary.abortedBy} Once the cause is mended, go on with: fleet-migrate resume ${stopped.id}.`,
      );
    }
    throw new UsageError('There is no run to resume; fleet-migrate runs lists them.');
  }
  const run = await store.run(name);
  if (!run) throw new UsageError(`There is no run ${name} in the store; fleet-migrate runs lists them.`);
  if (run.state === 'finished')
    throw new UsageError(`The run ${run.id} has finished; there is nothing to resume. Start a new run instead.`);
  return run;
}
