import yargs from 'yargs';
import type { Options } from 'yargs';
import { UsageError } from '../domain/text/usage-error.js';
import type { Arguments } from './options/arguments.js';
import { complaint } from './terminal/complaint.js';
import { optionTable, type OptionRow } from './options/table.js';
import { resumeOptions } from './options/resume-options.js';
import { packageVersion } from './terminal/version.js';

/** Parses the command line, runs the command it names, and answers the exit code. @throws UsageError */
export async function runProgram(args: readonly string[]): Promise<number> {
  refuseWordsForSwitches(args);
  let code = 0;
  const run = (command: (parsed: Arguments) => Promise<number>) => async (parsed: Arguments) => {
    code = await command(parsed);
  };
  const program = yargs([...args])
    .scriptName('fleet-migrate')
    .usage('Audit and move Cisco 7800/8800 phones between Enterprise and Multiplatform firmware.')
    .parserConfiguration({ 'greedy-arrays': false, 'camel-case-expansion': false })
    .command(
      ['migrate', '$0'],
      'read every phone, plan, and with a profile migrate those that may (default)',
      (command) => command.options(yargsOptions(() => true)),
      run(async (parsed) => (await import('./commands/migrate.js')).migrateCommand(parsed, true)),
    )
    .command(
      'audit',
      'read every phone and say what it is and whether it may move; never writes',
      (command) => command.options(yargsOptions(({ writes }) => writes !== true)),
      run(async (parsed) => (await import('./commands/migrate.js')).migrateCommand(parsed, false)),
    )
    .command(
      'resume [run]',
      'go on with a run that was cut off, interrupted or paused (the latest, unless its id is given)',
      (command) =>
        command.positional('run', { type: 'string' }).options(yargsOptions(({ name }) => resumeOptions.has(name))),
      run(async (parsed) => (await import('./commands/resume.js')).resumeCommand(parsed)),
    )
    .command(
      'runs',
      'list the runs that are remembered',
      (command) =>
        command.options(yargsOptions(({ name }) => ofStore.has(name))).options({
          json: { type: 'boolean', default: false, describe: 'As JSON' },
          limit: { type: 'number', default: 30, describe: 'The latest so many' },
        }),
      run(async (parsed) => (await import('./commands/runs.js')).runsCommand(parsed)),
    )
    .command(
      'report [runs..]',
      'show the report of an earlier run (the latest, unless its id is given), or with --diff what changed between two',
      (command) =>
        command
          .positional('runs', { type: 'string', array: true })
          .options(yargsOptions(({ name }) => ofStore.has(name) || name === 'output' || name === 'report'))
          .options({
            lists: {
              type: 'boolean',
              default: false,
              describe: 'The full lists of what needs attention, with reasons and hints',
            },
            diff: {
              type: 'boolean',
              default: false,
              describe: 'What changed from one run to another: the last two, one and the last, or two by their ids',
            },
          }),
      run(async (parsed) => (await import('./commands/runs.js')).reportCommand(parsed)),
    )
    .command('config', 'the configuration file', (command) =>
      command
        .command(
          'check [file]',
          'explain every problem of a configuration file',
          (check) => check.positional('file', { type: 'string' }),
          run(async (parsed) => (await import('./commands/config.js')).configCheck(parsed)),
        )
        .command(
          'show',
          'show what holds, and where it comes from',
          (show) => show.options(yargsOptions(() => true)),
          run(async (parsed) => (await import('./commands/config.js')).configShow(parsed)),
        )
        .demandCommand(1, 1, 'config needs one of: check, show.'),
    )
    .command('profiles', 'the migration profiles', (command) =>
      command
        .command(
          'list',
          'name the shipped profiles',
          {},
          run(async () => (await import('./commands/profiles.js')).profilesList()),
        )
        .command(
          'show <name>',
          'show one with everything that holds for it',
          (show) => show.positional('name', { type: 'string', demandOption: true }),
          run(async (parsed) => (await import('./commands/profiles.js')).profilesShow(String(parsed['name']))),
        )
        .command(
          'lint <files..>',
          'check profile files',
          (lint) => lint.positional('files', { type: 'string', array: true, demandOption: true }),
          run(async (parsed) =>
            (await import('./commands/profiles.js')).profilesLint([parsed['files']].flat().map(String)),
          ),
        )
        .demandCommand(1, 1, 'profiles needs one of: list, show, lint.'),
    )
    .command(
      'explain [code]',
      'say what a failure code means and what to do',
      (command) => command.positional('code', { type: 'string' }),
      run(async (parsed) =>
        (await import('./commands/explain.js')).explainCommand(parsed['code'] as string | undefined),
      ),
    )
    .command(
      'simulate',
      'run a simulated network of phones on 127.0.0.0/8',
      (command) =>
        command.options({
          scenario: {
            type: 'string',
            default: 'demo',
            describe: 'A built-in scenario (demo, every-flag, plain, hostile, mixed-generations) or a YAML file',
          },
          subnet: {
            type: 'string',
            default: '127.20.0.0/24',
            describe: 'Where a built-in scenario puts its phones; in 127.0.0.0/8',
          },
          phones: { type: 'number', describe: 'How many phones, where the scenario leaves that open' },
          seed: { type: 'number', default: 1, describe: 'Chooses models, versions and behavior' },
          'http-port': { type: 'number', default: 8080, describe: 'Port of the phones for http; 0 for any free one' },
          'https-port': { type: 'number', default: 8443, describe: 'Port of the phones for https; 0 for any free one' },
          'files-port': { type: 'number', default: 6970, describe: 'Port of the file server; 0 for any free one' },
          'time-scale': { type: 'number', default: 60, describe: 'How many simulated seconds pass in one' },
          'request-log': { type: 'string', describe: 'Append every request a phone gets to this NDJSON file' },
        }),
      run(async (parsed) => (await import('./commands/simulate.js')).simulateCommand(parsed)),
    )
    .command(
      'demo',
      'see it work: a simulated fleet, a dry run, and the real run',
      {},
      run(async () => (await import('./commands/demo.js')).demoCommand()),
    )
    .example('$0 --subnet 10.0.0.0/24', 'read and judge, change nothing')
    .example(
      '$0 --subnet 10.0.0.0/24 --profile mpp-to-enterprise --files http://10.0.0.5:6970 --dry-run',
      'plan, change nothing',
    )
    .epilogue(
      'Exit codes: 0 all as asked · 1 some phones need attention · 2 usage · 3 stopped itself: a threshold, or no proof · 4 nobody answered · 5 work to do · 70 a bug · 129/130/143 interrupted',
    )
    .version(packageVersion())
    .help()
    .alias('help', 'h')
    .strict()
    // Complaints are read by scripts and looked up on the web: they are the same in every locale.
    .locale('en')
    .wrap(Math.min(110, process.stdout.columns || 110))
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      // yargs' own complaints come as a text or as a YError; every other error is the command's.
      throw error && error.name !== 'YError' ? error : new UsageError(complaint(message ?? error?.message, args));
    });
  await program.parseAsync();
  return code;
}

/** Options of commands that only look into the store. */
const ofStore: ReadonlySet<string> = new Set(['db', 'config']);

/** yargs takes every word but "true" for a no: `--dry-run=yes` would write to phones. */
function refuseWordsForSwitches(args: readonly string[]): void {
  for (const argument of args) {
    const [, name, value] = /^--(?:no-)?([^=]+)=(.*)$/s.exec(argument) ?? [];
    const isSwitch = optionTable.some((row) => row.name === name && row.type === 'boolean');
    if (isSwitch && value !== 'true' && value !== 'false')
      throw new UsageError(`${argument} is not understood: --${name} takes no value; write it alone, or leave it out.`);
  }
}

function yargsOptions(wanted: (row: OptionRow) => boolean): Record<string, Options> {
  return Object.fromEntries(
    optionTable.filter(wanted).map((row) => [
      row.name,
      {
        type: row.type,
        group: `${row.group}:`,
        describe: row.text,
        // Defaults come last, after the environment and the configuration file: here they are only shown.
        ...(row.default === undefined ? {} : { defaultDescription: String(row.default) }),
        ...(row.choices === undefined ? {} : { choices: row.choices }),
        ...(row.many ? { array: true } : {}),
        ...(row.type === 'boolean' ? {} : { requiresArg: true }),
      } satisfies Options,
    ]),
  );
}
