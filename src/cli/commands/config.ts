import { findConfig } from '../../config/file/find.js';
import { renderEffectiveConfig } from '../../config/settings/render.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { shippedModels } from '../../config/profiles/as-shipped.js';
import type { Given } from '../../conduct/options/sources.js';
import { optionsOf, optionTable } from '../../conduct/options/table.js';
import { checkRun } from '../../conduct/check/check-run.js';
import { exitCodes } from '../../conduct/exit-code.js';
import { writeOut } from '../terminal/write-out.js';

/**
 * `config check [FILE]`: every problem that a run with this file, this environment and these options would have; exit code 2 when there
 * is one. Targets and `--yes` may be left to the command line.
 * @throws UsageError when there is no file
 */
export async function configCheck(given: Given): Promise<number> {
  const { written, surroundings, settings } = given;
  const found =
    settings.config ?? (written.configPath === null ? null : findConfig({ ...surroundings, asked: undefined })?.path);
  if (found === null || found === undefined) {
    if (written.problems.length === 0)
      throw new UsageError('There is no configuration file; name one: fleet-migrate config check FILE.');
  }
  const { problems, warnings } = await checkRun(given, optionsOf.migrate, await shippedModels(), { mustAsk: false });
  const lines = [...new Set(problems)].map((sentence) => `${sentence}\n`);
  await writeOut(process.stdout, lines.length > 0 ? lines : [`${found}: good\n`]);
  for (const text of warnings) process.stderr.write(`fleet-migrate: ${text}\n`);
  return lines.length > 0 ? exitCodes.usage : exitCodes.ok;
}

/** `config show`: the effective settings, each with its origin; secrets are hidden. */
export async function configShow({ written }: Given): Promise<number> {
  await writeOut(process.stdout, [renderEffectiveConfig(written, optionTable)]);
  return exitCodes.ok;
}
