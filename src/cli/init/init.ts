import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, relative, resolve } from 'node:path';
import { shippedModels } from '../../config/profiles/as-shipped.js';
import { type Scalar, listed } from '../../config/settings/option.js';
import { readTextFile } from '../../config/yaml/read-text.js';
import { codeOf, messageOf } from '../../domain/text/error-reason.js';
import { shown } from '../../domain/text/printable.js';
import { refuseProblems, UsageError } from '../../domain/text/usage-error.js';
import { listRows } from '../../conduct/options/row.js';
import { give, type Words } from '../../conduct/options/sources.js';
import { optionTable } from '../../conduct/options/table.js';
import { checkRun } from '../../conduct/check/check-run.js';
import { exitCodes } from '../../conduct/exit-code.js';
import { shellWord } from '../../domain/text/shell-word.js';
import { writeOut } from '../terminal/write-out.js';
import { answerRows, type Answers, type InitWords } from './init-rows.js';
import { askFor } from './questions.js';
import { LeftEarly, openTerminal } from './terminal-questions.js';
import { writtenFile } from './written-file.js';

/** The owner writes it, the group may read it: it says which phones there are, and holds no password. */
const fileMode = 0o640;

/**
 * `init`: writes a configuration file that a run can begin with, from a few questions, or from options where there is no terminal. Nothing is
 * contacted.
 * @throws UsageError with all that is wrong; then nothing was written
 */
export async function initCommand({ config, force }: InitWords, words: Words): Promise<number> {
  const path = resolve(config);
  if (!force && existsSync(path))
    throw new UsageError(`${shown(config)} exists; name another file with --config, or overwrite it with --force.`);
  const given = givenAnswers(words);
  const answers = await complete(given);
  if (answers === 'interrupted') return exitCodes.SIGINT;
  const text = writtenFile(fromFolder(answers, dirname(path)), shellWord(config));
  const unset = await refuseBroken(text, path, answers);
  try {
    await writeFile(path, text, { flag: force ? 'w' : 'wx', mode: fileMode });
  } catch (error) {
    // Somebody made it while the questions were answered.
    const how = codeOf(error) === 'EEXIST' ? 'it exists by now; overwrite it with --force' : messageOf(error);
    throw new UsageError(`${shown(config)} cannot be written: ${how}, or name another with --config.`);
  }
  process.stderr.write(`${shown(config)} is written, and good.\n`);
  for (const name of unset)
    process.stderr.write(`Before a run, put the password into the environment variable ${name}.\n`);
  const next = [`fleet-migrate audit --config ${shellWord(config)}`];
  if (answers.profile !== undefined) next.push(`fleet-migrate --config ${shellWord(config)} --dry-run`);
  await writeOut(process.stdout, ['Next:\n', ...next.map((line) => `  ${line}\n`)]);
  return exitCodes.ok;
}

/** What was given as options, as it was written. */
function givenAnswers(words: Words): Answers {
  return Object.fromEntries(
    listRows(answerRows).flatMap(({ name }) => {
      const values = listed(words[name] as Scalar | readonly Scalar[] | undefined);
      return values.length === 0 ? [] : [[name, values.map((value) => String(value).trim())]];
    }),
  );
}

/** Asks for the rest where there is a terminal. @throws UsageError where there is none, and the options do not say enough */
async function complete(given: Answers): Promise<Answers | 'interrupted'> {
  const { stdin, stderr } = process;
  const hasTargets = given.subnet ?? given.target ?? given.inventory ?? given.ucm;
  if (!stdin.isTTY || !stderr.isTTY) {
    if (hasTargets !== undefined) return given;
    throw new UsageError(
      'init has no terminal to ask on; say where the phones are with --subnet, --target, --inventory or --ucm, and add --profile for a move.',
    );
  }
  const terminal = openTerminal(stdin, stderr);
  try {
    return await askFor(given, terminal);
  } catch (error) {
    if (!(error instanceof LeftEarly)) throw error;
    stderr.write('\n');
    if (error.how === 'ended') throw new UsageError('The questions ended early; nothing was written.');
    stderr.write('fleet-migrate: interrupted; nothing was written.\n');
    return 'interrupted';
  } finally {
    terminal.close();
  }
}

/** Paths in the file count from its folder, those that were answered from the working folder. */
function fromFolder(answers: Answers, folder: string): Answers {
  if (folder === process.cwd()) return answers;
  const moved = (path: string): string => relative(folder, resolve(path));
  const { inventory, report, profile, 'password-file': passwordFile } = answers;
  return {
    ...answers,
    ...(inventory ? { inventory: inventory.map(moved) } : {}),
    ...(report ? { report: report.map(moved) } : {}),
    ...(passwordFile ? { 'password-file': passwordFile.map(moved) } : {}),
    ...(profile ? { profile: profile.map((name) => (/[/\\]|\.ya?ml$/i.test(name) ? moved(name) : name)) } : {}),
  };
}

/**
 * Checks the file as `config check` does, before it is there. A password that is not in the environment yet does not matter.
 * @returns the variables that are not set yet
 * @throws UsageError with every problem
 */
async function refuseBroken(text: string, path: string, answers: Answers): Promise<string[]> {
  const named = [...(answers['password-env'] ?? []), ...(answers['ucm-password-env'] ?? [])];
  const unset = named.filter((name) => (process.env[name] ?? '') === '');
  // What is set in the environment for other runs is no part of the file.
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('FLEET_MIGRATE_'));
  const surroundings = {
    env: { ...Object.fromEntries(others), ...Object.fromEntries(unset.map((name) => [name, 'not set yet'])) },
    cwd: process.cwd(),
    home: homedir(),
    readFile: (file: string) => (resolve(file) === path ? text : readTextFile(file)),
  };
  const given = await give({ config: path }, optionTable, { surroundings });
  const { problems } = await checkRun(given, optionTable, await shippedModels(), { mustAsk: true });
  // The file that they name is not there; what they say of a key is said of its option.
  refuseProblems(
    problems.map((problem) => (problem.startsWith(path) ? problem.replace(/^.*?:\d+:\d+: \w+: /, '') : problem)),
  );
  return unset;
}
