import yargs from 'yargs';
import type { Argv, Options } from 'yargs';
import { UsageError } from '../domain/text/usage-error.js';
import {
  captureRows,
  demoRows,
  firmwareRows,
  probeRows,
  readWords,
  reportRows,
  runsRows,
  statusRows,
} from './options/command-rows.js';
import { type CommandTools, give, giveSound, refuseWordsForSwitches, wordOf, yargsOptions } from './command-tools.js';
import { rehearseRows } from './options/rehearsal-rows.js';
import { licenseCommands } from './license-commands.js';
import { sharedCommands } from './shared-commands.js';
import { sharingRows } from './options/sharing-rows.js';
import { servingCommands } from './serving-commands.js';
import { ucmCommands } from './ucm-commands.js';
import { listRows, type OptionRow } from '../conduct/options/row.js';
import { optionsOf } from '../conduct/options/table.js';
import { initRows } from './init/init-rows.js';
import { recordCommands } from './help/command-tree.js';
import { complaint } from './terminal/complaint.js';
import { roomOn } from './terminal/room.js';
import { packageVersion } from '../conduct/version.js';

/** Defines all commands with their options, for the parser and for what describes them (help/command-tree.ts). */
export function defineCommands(program: Argv, { shown, run }: CommandTools): Argv {
  const begun = program
    .command(
      ['migrate', '$0'],
      'read every phone, plan, and with a profile migrate the eligible ones (default)',
      (command) => command.options(shown(optionsOf.migrate)).options(shown(listRows(sharingRows))),
      run(async (parsed) => (await import('./migrate-or-audit.js')).migrateOrAudit(parsed, 'migrate')),
    )
    .command(
      'audit',
      'read every phone and report what it is and whether it may move; never writes',
      (command) => command.options(shown(optionsOf.audit)).options(shown(listRows(sharingRows))),
      run(async (parsed) => (await import('./migrate-or-audit.js')).migrateOrAudit(parsed, 'audit')),
    )
    .command(
      'resume [run]',
      'continue a run that was cut off, interrupted or paused (the latest, unless its id is given)',
      (command) => command.positional('run', { type: 'string' }).options(shown(optionsOf.resume)),
      run(async (parsed) =>
        (await import('./commands/resume.js')).resumeCommand(
          (withSecrets) => give(parsed, optionsOf.resume, { withSecrets }),
          wordOf(parsed, 'run'),
        ),
      ),
    )
    .command(
      'runs',
      'list the runs in the store',
      (command) => command.options(shown(optionsOf.store)).options(shown(listRows(runsRows))),
      run(async (parsed) =>
        (await import('./commands/runs/runs.js')).runsCommand(
          await giveSound(parsed, optionsOf.store, { withSecrets: false }),
          readWords(runsRows, parsed),
        ),
      ),
    )
    .command(
      'status [run]',
      'how far a run is (the one under way, else the latest, unless its id is given), by what it has told its store',
      (command) =>
        command
          .positional('run', { type: 'string' })
          .options(shown(optionsOf.store))
          .options(shown(listRows(statusRows))),
      run(async (parsed) =>
        (await import('./commands/runs/status.js')).statusCommand(
          await giveSound(parsed, optionsOf.store, { withSecrets: false }),
          readWords(statusRows, parsed),
          wordOf(parsed, 'run'),
        ),
      ),
    )
    .command(
      'report [runs..]',
      'show the report of an earlier run (the latest, unless its id is given), or with --diff what changed between two',
      (command) =>
        command
          .positional('runs', { type: 'string', array: true })
          .options(shown(optionsOf.report))
          .options(shown(listRows(reportRows).filter(({ name }) => name !== 'runs'))),
      run(async (parsed) =>
        (await import('./commands/report/report.js')).reportCommand(
          await giveSound(parsed, optionsOf.report, { withSecrets: false }),
          readWords(reportRows, parsed),
        ),
      ),
    )
    .command(
      'rehearse',
      'play a night before a phone is touched: when it would end, what it would leave, what to change; contacts nothing',
      (command) => command.options(shown(optionsOf.rehearse)).options(shown(listRows(rehearseRows))),
      run(async (parsed) =>
        (await import('./commands/rehearse.js')).rehearseCommand(
          await giveSound(parsed, optionsOf.rehearse, { withSecrets: false, sites: 'needed' }),
          readWords(rehearseRows, parsed),
        ),
      ),
    )
    .command('config', 'the configuration file', (command) =>
      command
        .command(
          'check [file]',
          'list every problem that a run with a configuration file and these options would have',
          (check) => check.positional('file', { type: 'string' }).options(shown(optionsOf.migrate)),
          run(async (parsed) => {
            const file = wordOf(parsed, 'file');
            const words = file === null ? parsed : { ...parsed, config: file };
            return (await import('./commands/config.js')).configCheck(
              await give(words, optionsOf.migrate, { sites: 'told' }),
            );
          }),
        )
        .command(
          'show',
          'show the effective settings and where each comes from',
          (show) => show.options(shown(optionsOf.migrate)),
          run(async (parsed) =>
            (await import('./commands/config.js')).configShow(
              await giveSound(parsed, optionsOf.migrate, { withSecrets: false, sites: 'told' }),
            ),
          ),
        )
        .demandCommand(1, 1, 'config needs one of: check, show.'),
    )
    .command('profiles', 'the migration profiles', (command) =>
      command
        .command(
          'list',
          'list the shipped profiles',
          {},
          run(async () => (await import('./commands/profiles.js')).profilesList()),
        )
        .command(
          'show <name>',
          'show a profile with all its defaults',
          (show) => show.positional('name', { type: 'string', demandOption: true }),
          run(async (parsed) => (await import('./commands/profiles.js')).profilesShow(wordOf(parsed, 'name') ?? '')),
        )
        .command(
          'lint <files..>',
          'check migration profiles, and folders or files of phone profiles',
          (lint) => lint.positional('files', { type: 'string', array: true, demandOption: true }),
          run(async (parsed) =>
            (await import('./commands/profiles.js')).profilesLint([parsed['files']].flat().map(String)),
          ),
        )
        .demandCommand(1, 1, 'profiles needs one of: list, show, lint.'),
    )
    .command('licenses', 'licenses: what is needed, held, and on the file server', (command) =>
      licenseCommands(command, { shown, run }),
    )
    .command('ucm', 'Unified CM: what it has for a move, its phones, its TFTP service', (command) =>
      ucmCommands(command, { shown, run }),
    )
    .command('firmware', 'the firmware on a file server', (command) =>
      command
        .command(
          'check',
          'look for every load of a profile on the file server, with all its images; contacts no phone',
          (check) => check.options(shown(listRows(firmwareRows))).options(shown(optionsOf.files)),
          run(async (parsed) =>
            (await import('./commands/firmware.js')).firmwareCheck(
              await give(parsed, optionsOf.files, { withSecrets: false }),
              readWords(firmwareRows, parsed),
            ),
          ),
        )
        .demandCommand(1, 1, 'firmware needs: check.'),
    )
    .command(
      'explain [words..]',
      'say what a failure code, an outcome, a verdict, the rule of a reason (G5), the state of a phone or a run or an exit code means, and what to do',
      (command) => command.positional('words', { type: 'string', array: true }),
      run(async (parsed) =>
        (await import('./commands/explain.js')).explainCommand([parsed['words'] ?? []].flat().map(String)),
      ),
    )
    .command(
      'init',
      'ask a few questions, and write a configuration file that a run can begin with; contacts nothing',
      (command) => command.options(shown(listRows(initRows))),
      run(async (parsed) => (await import('./init/init.js')).initCommand(readWords(initRows, parsed), parsed)),
    )
    .command(
      'completion <shell>',
      'print what completes commands, options and their values in bash, zsh or fish',
      (command) => command.positional('shell', { type: 'string' }).options(shown(optionsOf.store)),
      run(async (parsed) =>
        (await import('./completion/completion.js')).completionCommand(
          wordOf(parsed, 'shell') ?? '',
          recordCommands(defineCommands),
          () => giveSound(parsed, optionsOf.store, { withSecrets: false }),
        ),
      ),
    )
    .command(
      'probe [address]',
      'look closely at one phone and tell what it is, what was read where, and how it could be written to; never writes',
      (command) =>
        command
          .positional('address', { type: 'string' })
          .options(shown(listRows(probeRows)))
          .options(shown(optionsOf.phone)),
      run(async (parsed) =>
        (await import('./commands/probe.js')).probeCommand(
          await give(parsed, optionsOf.phone, { withSecrets: wordOf(parsed, 'from') === null }),
          readWords(probeRows, parsed),
          wordOf(parsed, 'address'),
        ),
      ),
    )
    .command(
      'capture [address]',
      'keep the pages of one phone in a file to share, with everything personal replaced; or check such a file',
      (command) =>
        command
          .positional('address', { type: 'string' })
          .options(shown(listRows(captureRows)))
          .alias('o', 'out')
          .options(shown(optionsOf.phone)),
      run(async (parsed) =>
        (await import('./commands/capture.js')).captureCommand(
          await give(parsed, optionsOf.phone, { withSecrets: wordOf(parsed, 'check') === null }),
          readWords(captureRows, parsed),
          wordOf(parsed, 'address'),
        ),
      ),
    );
  return sharedCommands(servingCommands(begun, { shown, run }), { shown, run }).command(
    'demo',
    'see it work: a simulated fleet, a dry run, and the real run; with --direction e2m through a simulated Unified CM',
    (command) => command.options(shown(listRows(demoRows))),
    run(async (parsed) => (await import('./commands/demo.js')).demoCommand(readWords(demoRows, parsed))),
  );
}

/** Parses the command line, runs the command it names, and returns the exit code. @throws UsageError */
export async function runProgram(args: readonly string[]): Promise<number> {
  if (args.includes('-h')) {
    const { shortHelp } = await import('./help/short-help.js');
    process.stdout.write(shortHelp(recordCommands(defineCommands), args, roomOn(process.stdout)));
    return 0;
  }
  refuseWordsForSwitches(args);
  if (args.length === 0) await (await import('./help/bare.js')).helpWithoutTargets();
  let code = 0;
  const isHelp = args.some((word) => /^-*(h|help)(=|$)|^-\w*h/.test(word));
  const shown = (rows: readonly OptionRow[]): Record<string, Options> => yargsOptions(rows, isHelp);
  const run: CommandTools['run'] = (command) => async (parsed) => {
    code = await command(parsed);
  };
  const parser = yargs([...args])
    .scriptName('fleet-migrate')
    .usage('Audit and move Cisco 7800/8800 phones between Enterprise and Multiplatform firmware.')
    .parserConfiguration({ 'greedy-arrays': false, 'camel-case-expansion': false });
  const program = defineCommands(parser, { shown, run })
    .example('$0 --subnet 10.0.0.0/24', 'read phones and report, change nothing')
    .example(
      '$0 --subnet 10.0.0.0/24 --profile mpp-to-enterprise --files http://10.0.0.5:6970 --dry-run',
      'plan, change nothing',
    )
    .epilogue(
      'Exit codes: 0 all as asked · 1 some phones need attention · 2 usage · 3 stopped itself: a threshold, or no proof · 4 nothing answered · 5 work to do · 70 a bug · 129/130/143 interrupted',
    )
    .version(packageVersion())
    .help('help', 'Show all of this; -h only what one needs most')
    .alias('help', 'h')
    .strict()
    // Messages are parsed by scripts and searched on the web: they are the same in every locale.
    .locale('en')
    .wrap(Math.min(110, process.stdout.columns || 110))
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      // yargs reports its own errors as a text or a YError; every other error is the command's.
      throw error && error.name !== 'YError'
        ? error
        : new UsageError(complaint(message ?? error?.message, args, recordCommands(defineCommands)));
    });
  await program.parseAsync();
  return code;
}
