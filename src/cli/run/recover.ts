import type { Models } from '../../domain/phone/models.js';
import { openRunTargets, type RunSettings, type TargetSource } from '../../fleet/run/assemble.js';
import { refuseBusyStore } from '../../fleet/run/run-locks.js';
import type { Store } from '../../store/store.js';
import type { RunRow } from '../../store/store-rows.js';
import { type Arguments, flagOf, listOf } from '../options/arguments.js';
import { type Conduct, conductRun, type Output } from './conduct-run.js';
import type { KeptSettings } from './kept-settings.js';
import { isStopCode } from '../terminal/exit-code.js';
import { runSettings } from '../options/run-settings.js';
import { systemClock } from './system-clock.js';

/**
 * Puts an earlier run together again from what was kept of it. Passwords are not kept: they are those of the command that goes on.
 * @throws UsageError when its files are gone
 */
export async function conductOf(
  run: RunRow,
  models: Models,
  credentialsFor: RunSettings['credentialsFor'],
  abandonUntouched: boolean,
  given: Arguments,
): Promise<Conduct> {
  const { args: kept, profile, sites } = run.settings as KeptSettings;
  const confirmed = flagOf(given, 'yes');
  const accept = [...new Set([...listOf(kept, 'accept'), ...listOf(given, 'accept')])];
  const args = accept.length === 0 ? kept : { ...kept, accept };
  const settings: RunSettings = runSettings(args, models, {
    isFlag: () => false,
    ...{ profile, sites, credentialsFor, confirmed },
  });
  const targets = await openRunTargets(settings, systemClock);
  return {
    summary: run.summary,
    settings,
    kept: null,
    resumes: run,
    targets: abandonUntouched ? nobody(targets) : targets,
    abandonUntouched,
  };
}

/**
 * Brings runs that were cut off, or stopped while phones were under way, to their end before a new one begins: phones that were under way are looked at and watched out, the
 * others are left to the new run. A run that still lives is not touched: the new one will be told that it has the store.
 * @returns the exit code of the signal that stopped it meanwhile, after which no new run may begin; else `null`
 */
export async function recoverInterrupted(
  args: Arguments,
  models: Models,
  credentialsFor: RunSettings['credentialsFor'],
  store: Store,
  output: Output,
): Promise<number | null> {
  for (const run of await store.unfinishedRuns()) {
    if (run.profile === null || run.summary.dryRun) continue;
    // Its lock tells whether it still lives: then the store is its own.
    await refuseBusyStore(store, run.id, (text) => void process.stderr.write(`${text}\n`));
    process.stderr.write(
      `The run ${run.id} ${run.state === 'running' ? 'was cut off' : 'was stopped half-way'}; its phones are looked at first.\n`,
    );
    const conduct = await conductOf(run, models, credentialsFor, true, args);
    const code = await conductRun({ ...args, yes: true }, conduct, models, store, { ...output, silent: true });
    if (isStopCode(code)) return code;
  }
  return null;
}

/** The same source with nobody in it: only what is known already is gone on with. */
function nobody(targets: TargetSource): TargetSource {
  return {
    count: 0,
    isExcluded: (address) => targets.isExcluded(address),
    [Symbol.asyncIterator]: async function* () {},
  };
}
