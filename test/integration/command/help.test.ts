import { writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { recipesText } from '../../../src/cli/help/recipes.js';
import { recordCommands } from '../../../src/cli/help/command-tree.js';
import { shortHelp } from '../../../src/cli/help/short-help.js';
import { defineCommands } from '../../../src/cli/program.js';
import { runCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

/** The commands to copy, each on one line. */
const recipes = [
  ...recipesText()
    .replaceAll(' \\\n', '')
    .matchAll(/^ {2}fleet-migrate (.*)$/gm),
].map(([, line]) => line);

describe('-h', () => {
  it.each(recipes)('has a recipe that is right as it stands: %s', async (line = '') => {
    const folder = temporaryFolder();
    try {
      const words = line.split(/\s+/).filter((word) => !['audit', '--dry-run'].includes(word));
      const { code, stderr } = await runCommand(['config', 'show', '--no-config', ...words], { cwd: folder.path });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    } finally {
      folder.remove();
    }
  });

  it.each([[['-h']], [['migrate', '-h']]])('is what %j shows', async (args) => {
    expect(await runCommand(args)).toMatchObject({ code: 0, stdout: recipesText(), stderr: '' });
  });

  it('of a command is shorter than --help, which has every option', async () => {
    const root = recordCommands(defineCommands);
    const [short, long] = [await runCommand(['audit', '-h']), await runCommand(['audit', '--help'])];
    expect(short).toMatchObject({ code: 0, stdout: shortHelp(root, ['audit']), stderr: '' });
    for (const { name } of root.commands.find(({ path }) => path[0] === 'audit')?.rows ?? [])
      expect(long.stdout).toContain(`--${name}`);
    expect(long.stdout.split('\n').length).toBeGreaterThan(4 * short.stdout.split('\n').length);
  });
});

describe('without a word, and nothing configured', () => {
  it('the recipes are shown on standard error, and the exit code is that of a mistake: a job may have lost its configuration', async () => {
    const folder = temporaryFolder();
    try {
      const env = { HOME: folder.path, XDG_CONFIG_HOME: folder.file('configured') };
      const { code, stdout, stderr } = await runCommand([], { cwd: folder.path, env });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toBe(
        `${recipesText()}\nfleet-migrate: No targets are given, and there is no fleet-migrate.yaml in this folder or in ${folder.file('configured')}/fleet-migrate; name them with --subnet, --target, --inventory, --from-run or --ucm.\n`,
      );
    } finally {
      folder.remove();
    }
  });
});

describe('without a word, but with a configuration file', () => {
  it('that names targets, the run begins; that names none, the recipes are shown as well', async () => {
    const folder = temporaryFolder();
    try {
      const env = { HOME: folder.path, XDG_CONFIG_HOME: folder.file('configured') };
      writeFileSync(folder.file('fleet-migrate.yaml'), 'timeout: 5s\n');
      const without = await runCommand([], { cwd: folder.path, env });
      expect(without).toMatchObject({ code: 2, stdout: '' });
      expect(without.stderr).toContain(recipesText());
      expect(without.stderr).toMatch(/fleet-migrate: No targets are given; name them with --subnet, [^\n]*\n$/);
      writeFileSync(folder.file('fleet-migrate.yaml'), 'target: 127.77.0.1\nhttpPort: 21001\nhttpsPort: 21002\n');
      const withTargets = await runCommand([], { cwd: folder.path, env });
      expect(withTargets.code).toBe(4);
      expect(withTargets.stderr).not.toContain('Dry run:');
    } finally {
      folder.remove();
    }
  });
});
