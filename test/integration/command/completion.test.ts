import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allCommands, recordCommands } from '../../../src/cli/help/command-tree.js';
import { defineCommands } from '../../../src/cli/program.js';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { openStore } from '../../../src/store/open-store.js';
import { newRun } from '../../store/support/samples.js';
import { builtCommand, runCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];
const has = (shell: Shell): boolean => spawnSync(shell, ['--version']).status === 0;

/** A folder with a few files, and the command by its name. */
const env = {
  ...process.env,
  PATH: `${folder.file('bin')}${delimiter}${process.env['PATH'] ?? ''}`,
  HOME: folder.path,
  XDG_STATE_HOME: folder.file('state'),
  TERM: 'xterm',
  NODE_OPTIONS: '',
};
const cwd = folder.file('work');

beforeAll(async () => {
  for (const path of ['bin', 'work', 'work/phones.d']) mkdirSync(folder.file(path));
  writeFileSync(folder.file('work/phones list.csv'), '');
  writeFileSync(folder.file('bin/fleet-migrate'), `#!/bin/sh\nexec '${process.execPath}' '${builtCommand}' "$@"\n`);
  chmodSync(folder.file('bin/fleet-migrate'), 0o755);
  writeFileSync(folder.file('zsh-settings'), zshSettings);
  for (const shell of shells) {
    const { code, stdout, stderr } = await runCommand(['completion', shell], {
      env: { XDG_STATE_HOME: env.XDG_STATE_HOME },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    writeFileSync(folder.file(shell), stdout);
  }
});
afterAll(() => folder.remove());

/** zsh completes on a terminal only: it makes one itself, and shows what it would offer instead of drawing it. */
const zshSettings = `
  autoload -Uz compinit; compinit -u -D; PS1=
  source '${folder.file('zsh')}'
  compadd () { local -a those; builtin compadd -A those "$@"; (( $#those )) && offered+=("$those[@]"); builtin compadd "$@" }
  show () { offered=(); _main_complete; print -r -- 'begin>'; print -rl -- $offered; print -r -- 'end>'; exit }
  zle -C show complete-word show; bindkey '^I' show; print ready`;
const zshTerminal = `
  zmodload zsh/zpty
  zpty terminal zsh -f -i
  zpty -w terminal "source '$1'"
  zpty -r -m terminal seen '*ready*'
  zpty -w -n terminal "fleet-migrate $2"$'\\t'
  while zpty -r terminal piece; do seen+=$piece; [[ $seen == *'end>'* ]] && break; done
  print -r -- "\${\${seen##*begin>}%%end>*}"`;

function offeredByBash(words: readonly string[]): string[] {
  const script = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _fleet_migrate; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return linesOf('bash', ['--norc', '-c', script, folder.file('bash'), 'fleet-migrate', ...words]);
}

/** What a shell offers at the end of this line, after `fleet-migrate`. */
const offeredBy: Record<Shell, (line: string) => string[]> = {
  bash: (line) => offeredByBash(line.split(/(?<==)|(?==)| /)),
  zsh: (line) => linesOf('zsh', ['-f', '-c', zshTerminal, 'zsh', folder.file('zsh-settings'), line]),
  fish: (line) =>
    linesOf('fish', [
      ...['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]'],
      ...[folder.file('fish'), `fleet-migrate ${line}`],
    ]),
};

/** The words that a shell offers, without their descriptions and without the / of folders. */
function linesOf(file: string, words: readonly string[]): string[] {
  const { stdout, stderr, status } = spawnSync(file, words, { cwd, env, encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const lines = stdout.split(/[\r\n]+/).map((line) => (line.split('\t')[0] ?? '').replace(/[/=]$/, ''));
  return [...new Set(lines.filter((line) => line !== ''))];
}

const tree = allCommands(recordCommands(defineCommands));

// Without zsh or fish their tests are skipped; .ci/run installs both.
for (const shell of shells) {
  (has(shell) ? describe : describe.skip)(`completion in ${shell} (skipped without it)`, () => {
    // Of a list, what comes after its last comma; zsh tells no more.
    const offered = (line: string): string[] =>
      offeredBy[shell](line)
        .map((word) => word.replace(/^.*[,=](?=\w)/, ''))
        .sort();

    it('is a script without mistakes', () => {
      const { status, stderr } = spawnSync(shell, ['-n', folder.file(shell)], { encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    });

    it.each([
      ['aud', ['audit']],
      ['config ', ['check', 'show']],
      ['licenses pl', ['plan']],
      ['audit --outp', ['--output']],
      ['audit --output ', ['csv', 'html', 'json', 'ndjson', 'table']],
      ['ucm check --output ', ['json', 'table']],
      ['--log-level w', ['warn']],
      ['audit --subnet 10.0.0.0/24 --log-format ', ['json', 'text']],
      ['explain license-m', ['license-missing']],
      ['explain unver', ['unverified']],
      ['completion z', ['zsh']],
      ['profiles show author', ['authorize-mpp']],
      ['--profile webex', ['webex-calling']],
      ['simulate --scenario mixed', ['mixed-generations']],
      ['audit --timeout ', []],
      ['audit --probe', ['--probe-concurrency']],
      ['--no-st', ['--no-step-up']],
      ['runs --li', ['--limit']],
      ['report --group-by aut', ['authorization']],
      ['report --only unver', ['unverified']],
      ['serve --serve', []],
      ['--accept ', ['silent-after-upgrading']],
      ['report --only failed,unver', ['unverified']],
      ['report --group-by model,fi', ['firmware']],
      ['report --group-by=model,site,fi', ['firmware']],
      ['report --group-by zz', []],
    ])('offers for %j: %j', (line, words) => {
      expect(offered(line)).toEqual(words);
    });

    it.each([
      ['audit --inventory ph', ['phones list.csv', 'phones.d']],
      ['licenses import ph', ['phones list.csv', 'phones.d']],
      ['--profile ph', ['phones list.csv', 'phones.d']],
      ['serve ph', ['phones.d']],
      ['--serve ph', ['phones.d']],
    ])('offers files, or folders alone, where the command reads them: %j', (line, paths) => {
      expect(
        offered(line)
          .map((path) => path.replaceAll('\\', ''))
          .sort(),
      ).toEqual(paths);
    });

    it('offers every command', () => {
      const commands = tree.filter(({ path }) => path.length === 1).map(({ path }) => path[0]);
      expect(offered('')).toEqual(expect.arrayContaining(commands));
    });

    it('offers every option of a command, and none of another', () => {
      const rows = tree.find(({ path }) => path.join(' ') === 'ucm list')?.rows ?? [];
      const flags = rows.map(({ name }) => `--${name}`);
      expect(offered('ucm list --')).toEqual([...new Set([...flags, '--help', '--no-config'])].sort());
    });
  });
}

describe('completion', () => {
  it('contacts nothing and makes no store, also where it is asked for runs', async () => {
    const { code, stdout } = await runCommand(['completion', 'runs'], { env: { XDG_STATE_HOME: env.XDG_STATE_HOME } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(existsSync(env.XDG_STATE_HOME)).toBe(false);
  });

  it('offers the runs of the store, the latest first', async () => {
    const db = folder.file('runs.db');
    const audit = ['audit', '--target', '127.78.0.1', '--http-port', '21011', '--https-port', '21012', '--no-config'];
    for (let run = 0; run < 2; run += 1) await runCommand([...audit, '--db', db, '--quiet']);
    const { stdout } = await runCommand(['completion', 'runs', '--db', db, '--no-config']);
    const { stdout: runs } = await runCommand(['runs', '--json', '--db', db, '--no-config']);
    expect(stdout.trim().split('\n')).toEqual(
      (JSON.parse(runs) as { runs: { id: string }[] }).runs.map(({ id }) => id),
    );
    if (!has('bash')) return;
    const here = spawnSync(
      'bash',
      [
        '--norc',
        '-c',
        'source "$0"; COMP_WORDS=(fleet-migrate resume ""); COMP_CWORD=2; _fleet_migrate; echo "${COMPREPLY[@]}"',
        folder.file('bash'),
      ],
      {
        env: { ...env, FLEET_MIGRATE_DB: db },
        encoding: 'utf8',
      },
    );
    expect(here.stdout.trim().split(' ')).toEqual(stdout.trim().split('\n'));
  });

  it('offers the runs of the store that the line names, and runs nothing that it says', async () => {
    const path = folder.file('work/a store.db');
    const store = await openStore({ path, clock: systemClock });
    await store.beginRun(newRun('of-this-store'));
    await store.close();
    writeFileSync(folder.file('work/night.yaml'), "db: 'a store.db'\n");
    const lines = ["resume --db 'a store.db' ", 'report --config night.yaml --lists ', 'resume --config=night.yaml '];
    for (const shell of shells.filter(has))
      for (const line of lines) {
        // As bash itself parts the line: the words that it hands over keep their quotes.
        const words = line.match(/'[^']*'|[^ =]+|=|(?<= )$/g) ?? [];
        const seen = shell === 'bash' ? offeredByBash(words) : offeredBy[shell](line);
        expect([shell, line, seen.filter((word) => word !== 'latest')]).toEqual([shell, line, ['of-this-store']]);
      }
    for (const shell of shells.filter(has)) offeredBy[shell]('resume --db $(touch${IFS}ran) ');
    expect(existsSync(folder.file('work/ran'))).toBe(false);
  });

  it('offers no id that a shell would run: the store may be one that somebody planted', async () => {
    const path = folder.file('planted.db');
    const store = await openStore({ path, clock: systemClock });
    for (const id of ['$(touch planted)', 'good-1', 'two words']) await store.beginRun(newRun(id));
    await store.close();
    const { stdout } = await runCommand(['completion', 'runs', '--db', path, '--no-config']);
    expect(stdout).toBe('good-1\n');
  });

  it.each([
    ['bsh', 'did you mean bash?'],
    ['tcsh', 'there are bash, zsh, fish.\n'],
    ['csh', 'there are bash, zsh, fish.\n'],
  ])('of %s: says which shells there are', async (shell, sentence) => {
    const { code, stdout, stderr } = await runCommand(['completion', shell]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
  });
});
