import { homedir } from 'node:os';
import { placedSentence } from '../../config/yaml/config-error.js';
import { checkConfig } from '../../config/file/read.js';
import { findConfig } from '../../config/file/find.js';
import { renderEffectiveConfig } from '../../config/settings/render.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { type Arguments, textOf } from '../options/arguments.js';
import { exitCodes } from '../terminal/exit-code.js';
import { optionTable } from '../options/table.js';
import { judges, processSources, readText, resolveSettings } from '../options/settings-sources.js';
import { writeOut } from '../terminal/write-out.js';

/** `config check [FILE]`: every problem with line and column; exit code 2 when there is one. @throws UsageError when there is no file */
export async function configCheck(args: Arguments): Promise<number> {
  const found = textOf(args, 'file') ?? findConfig({ ...processSources(args), asked: undefined })?.path;
  if (found === undefined)
    throw new UsageError('There is no configuration file; name one: fleet-migrate config check FILE.');
  const problems = checkConfig(found, {
    ...{ options: optionTable, home: homedir(), readFile: readText, judges },
    secrets: { env: process.env, readFile: readText },
  });
  const lines = problems.map(({ place, problem }) => `${placedSentence(place, problem)}\n`);
  await writeOut(process.stdout, lines.length > 0 ? lines : [`${found}: good\n`]);
  return problems.length > 0 ? exitCodes.usage : exitCodes.ok;
}

/** `config show`: what holds, each setting with where it comes from, secrets hidden. @throws UsageError */
export async function configShow(args: Arguments): Promise<number> {
  const settings = resolveSettings({ ...processSources(args), withSecrets: false, judges });
  await writeOut(process.stdout, [renderEffectiveConfig(settings, optionTable)]);
  return exitCodes.ok;
}
