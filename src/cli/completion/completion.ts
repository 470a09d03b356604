import { listMigrationProfiles } from '../../config/profiles/migration-profile.js';
import { failureCodes } from '../../domain/failures/failure-codes.js';
import { acceptableGrades } from '../../domain/pacing/grades.js';
import { groupKeys } from '../../domain/report/groups.js';
import { outcomes } from '../../domain/progress/outcome.js';
import { nearMiss } from '../../domain/text/near-miss.js';
import { shown } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { builtinScenarios } from '../../simulator/index.js';
import { explainedWords } from '../commands/explain.js';
import type { CommandNode } from '../help/command-tree.js';
import type { Given } from '../../conduct/options/sources.js';
import { isMissing, readStore, storePath } from '../../conduct/options/store-option.js';
import { exitCodes } from '../../conduct/exit-code.js';
import { writeOut } from '../terminal/write-out.js';
import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import { type OfferedCommand, offered, shells } from './takes.js';
import { zshScript } from './zsh.js';

const scripts: Readonly<Record<(typeof shells)[number], (commands: readonly OfferedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** Whoever names one of these means it. */
const otherShells: ReadonlySet<string> = new Set(['sh', 'ash', 'csh', 'dash', 'ksh', 'tcsh', 'pwsh', 'nu']);

/** More runs than this nobody chooses from. */
const mostRuns = 20;

/** What a shell gets to see of a store, which may be anybody's: `compgen -W` runs what stands in `$(…)`. */
const runId = /^[\w-]+$/;

/**
 * `completion SHELL`: the script that completes commands, options and their values in this shell. `completion runs` is for these scripts: the
 * ids of the latest runs, and nothing where there is no store, which it does not make.
 * @throws UsageError for another shell
 */
export async function completionCommand(
  shell: string,
  root: CommandNode,
  given: () => Promise<Given>,
): Promise<number> {
  if (shell === 'runs') return listRunIds(await given());
  const name = shells.find((one) => one === shell);
  if (name === undefined) {
    const meant = otherShells.has(shell) ? null : nearMiss(shell, shells);
    throw new UsageError(
      `completion ${shown(shell)}: this shell is not known; there are ${shells.join(', ')}${meant === null ? '.' : `: did you mean ${meant}?`}`,
    );
  }
  const known = {
    profiles: listMigrationProfiles().map((profile) => profile.name),
    scenarios: Object.keys(builtinScenarios),
    explained: await explainedWords(),
    groupKeys,
    accepted: acceptableGrades,
    endings: [...outcomes, ...Object.keys(failureCodes)],
  };
  await writeOut(process.stdout, [scripts[name](offered(root, known))]);
  return exitCodes.ok;
}

async function listRunIds({ settings }: Given): Promise<number> {
  if (isMissing(storePath(settings))) return exitCodes.ok;
  const runs = await readStore(settings, (store) => store.runs({ limit: mostRuns }));
  await writeOut(
    process.stdout,
    runs.filter(({ id }) => runId.test(id)).map(({ id }) => `${id}\n`),
  );
  return exitCodes.ok;
}
