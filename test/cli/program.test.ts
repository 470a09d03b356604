import { describe, expect, it } from '@jest/globals';
import { optionTable } from '../../src/conduct/options/table.js';
import { defineCommands, runProgram } from '../../src/cli/program.js';
import { allCommands, recordCommands } from '../../src/cli/help/command-tree.js';
import { complaint } from '../../src/cli/terminal/complaint.js';
import { usage } from './support/arguments.js';

/** Something to read for every kind of option; as a target it is none. */
function written({ name, form: { type, choices }, default: value }: (typeof optionTable)[number]): string[] {
  if (type === 'boolean') return [value === true ? `--no-${name}` : `--${name}`];
  if (type === 'number') return [`--${name}`, String(value ?? 1)];
  return [`--${name}`, choices?.[0] ?? '10.0.0.300'];
}

describe('the option table', () => {
  it('names each option once, in small letters and dashes, with a text and no full stop', () => {
    const names = optionTable.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, text } of optionTable) {
      expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(text).toMatch(/^[A-Z"].*[^.]$/);
    }
  });

  it('has a default of the type of the option, and among its choices', () => {
    for (const { form, default: value, name } of optionTable) {
      const { type, choices } = form;
      if (value !== undefined) expect([name, typeof value]).toEqual([name, type]);
      if (choices && value !== undefined) expect(choices).toContain(value);
    }
  });

  it.each(optionTable.map((row) => [row.name, row] as const))('--%s is known to migrate', async (_, row) => {
    // Without any target nothing comes of it; what matters is that nobody complains about the option itself.
    await expect(runProgram(written(row))).rejects.toThrow(usage(/^(?!Unknown argument)/));
  });

  it.each(optionTable.filter(({ writes }) => writes).map((row) => [row.name, row] as const))(
    '--%s is refused by audit, which never writes',
    async (name, row) => {
      await expect(runProgram(['audit', ...written(row)])).rejects.toThrow(usage(/^Unknown argument/));
      await expect(runProgram(['audit', ...written(row)])).rejects.toThrow(usage(`${name} belongs to migrate`));
    },
  );
});

describe('every option that may be given several times', () => {
  const commands = recordCommands(defineCommands);
  const many = allCommands(commands).flatMap(({ rows }) => rows.filter((row) => row.many));

  it.each([...new Set(many.map(({ name }) => name))])(
    '--%s says so where it is given several values at once',
    (name) => {
      expect(complaint('Unknown argument: other', ['migrate', `--${name}`, 'a', 'b'], commands)).toBe(
        `Unknown argument: other. --${name} takes one value each time: --${name} a --${name} b.`,
      );
    },
  );
});

describe('a command line that cannot be read', () => {
  it.each<[string[], RegExp]>([
    [['--subnets', '10.0.0.0/24'], /^Unknown argument: subnets\. Did you mean --subnet\? See fleet-migrate --help\.$/],
    [['ucm', 'bogus', '--no-config'], /ucm has no command bogus\. It has .* See fleet-migrate ucm --help\.$/],
    [['licenses', 'lits'], /^Unknown argument: lits\. licenses has no command lits\. Did you mean licenses list\?/],
    [['config', 'chekc'], /config has no command chekc\. Did you mean config check\?/],
    [['ucm', 'phones'], /ucm has no command phones\. It has check, list, restart-tftp, restore\./],
    [['report', '--lits'], /Did you mean --lists\?/],
    [['serve', 'phones', '--no-tfpt'], /Did you mean --no-tftp\?/],
    [['-subnet', '10.0.0.0/24'], /^Unknown arguments?: .* --subnet has two dashes\. See fleet-migrate --help\.$/],
    [['--profil=x'], /Did you mean --profile\?/],
    [['audti'], /Did you mean audit\?/],
    [
      ['resume', '--waves', '2'],
      /^Unknown argument: waves\. A resume keeps .*; it takes --yes, --accept, .*--lock-folder, --config\.$/,
    ],
    [['resume', 'RUN', '--profile=x'], /^Unknown argument: profile\. A resume keeps the settings/],
    [['resume', '--wavess', '2'], /Did you mean --waves\?/],
    [['runs', '--waves', '2'], /^Unknown argument: waves\. --waves is not an option of runs\. See/],
    [
      ['--inventory', 'a.csv', 'b.csv', '--dry-run'],
      /^Unknown argument: b\.csv\. --inventory takes one value each time: --inventory a\.csv --inventory b\.csv\.$/,
    ],
    [['ucm'], /ucm needs one of: check, list, restart-tftp/],
    [['ucm', 'list'], /ucm list needs --ucm HOST, the publisher of Unified CM/],
    [['ucm', 'restart-tftp', '--yes'], /ucm restart-tftp needs --ucm HOST/],
    [['licenses', 'plan', '--inventory', 'a', 'b'], /: b\. --inventory takes one value each time: /],
    [
      ['serve', 'phones', '--allow', '10.0.0.0/8', '10.1.0.0/16'],
      /: 10\.1\.0\.0\/16\. --allow takes one value each time/,
    ],
    [['--profile', 'a', 'other'], /^Unknown argument: other\. See fleet-migrate --help\.$/],
    [['license', 'plan'], /Did you mean licenses\?/],
    [['--whatever'], /^Unknown argument: whatever\. See fleet-migrate --help\.$/],
    [['--output', 'xml'], /--output "xml" is not one of table, json, ndjson, csv, html; choose one of them\./],
    [['--output', 'jsn'], /--output "jsn" is not one of table, json, ndjson, csv, html; did you mean json\?$/],
    [['runs', '--log-level', 'wran'], /--log-level is not an option of runs/],
    [['audit', '--log-level', 'wran'], /; did you mean warn\?$/],
    [['licenses', 'list', '--output', 'tabel'], /; did you mean table\?$/],
    [['--files'], /^--files needs a value: --files http:\S+\. See fleet-migrate --help\.$/],
    [['audit', '--subnet'], /^--subnet needs a value: --subnet 10\.0\.0\.0\/24\. See fleet-migrate audit --help\.$/],
    [
      ['completion'],
      /^completion needs SHELL: fleet-migrate completion SHELL\. See fleet-migrate completion --help\.$/,
    ],
    [['serve'], /^serve needs FOLDER: /],
    [['profiles', 'lint'], /^profiles lint needs FILES: fleet-migrate profiles lint FILES…\. See/],
    [['licenses', 'plan', '--whatever'], /See fleet-migrate licenses plan --help\.$/],
    [['audit', 'myhost'], /^myhost is a host name; write: fleet-migrate audit --target myhost\.$/],
    [['help', 'audit'], /Write: fleet-migrate audit --help\.$/],
    [['audit', '--log-level', 'warning'], /; did you mean warn\?$/],
    [['simulate', '--scenario', 'dem'], /Did you mean demo\?$/],
    [['profiles', 'show', 'mpp'], /Did you mean mpp-to-enterprise\?$/],
    [['audit', '--yes', '--target', '127.0.0.1'], /^--yes does nothing (?!.* name one).*leave it out\.$/],
    [['--dry-run=yes'], /--dry-run takes no value/],
    [['--no-yes=1'], /--yes takes no value/],
    [['profiles'], /profiles needs one of: list, show, lint/],
    [['profiles', 'show'], /^profiles show needs NAME: /],
    [['--concurrency', 'many', '--subnet', '127.0.0.1/32'], /--concurrency must be one whole number/],
    [['--subnet', '127.0.0.1/32', '--timeout', '1s', '--timeout', '2s'], /--timeout was given 2 times/],
    [[], /./],
  ])('%j: one sentence with the remedy', async (args, message) => {
    const failed = runProgram(args);
    await expect(failed).rejects.toThrow(usage(message));
    await expect(failed).rejects.toThrow(usage(/^[^\n]+[.?]$/));
  });

  it.each([
    [['--password', 'hunter2']],
    [['--password=hunter2', '--subnet', '127.0.0.1/32']],
    [['--password', 'hunter2', 'hunter2']],
    [['audit', '--passwd', 'hunter2']],
    [['resume', '--pw=hunter2']],
  ])('that holds a password is told where one goes, and the password is not repeated: %j', async (args) => {
    const failed = runProgram(args);
    await expect(failed).rejects.toThrow(usage(/--password-env NAME.*--password-file FILE/));
    await expect(failed).rejects.toThrow(usage(/^(?!.*hunter2)/));
  });

  it('nor that of Unified CM', async () => {
    for (const args of [['ucm', 'list', '--ucm-password', 'hunter2'], ['--ucm-passwd=hunter2']]) {
      await expect(runProgram(args)).rejects.toThrow(usage(/--ucm-password-env NAME.*--ucm-password-file FILE/));
      await expect(runProgram(args)).rejects.toThrow(usage(/^(?!.*hunter2)/));
    }
  });

  it('is complained about in English, whatever the locale', async () => {
    const before = process.env['LC_ALL'];
    process.env['LC_ALL'] = 'de_DE.UTF-8';
    try {
      await expect(runProgram(['--whatever'])).rejects.toThrow(usage(/^Unknown argument/));
    } finally {
      if (before === undefined) delete process.env['LC_ALL'];
      else process.env['LC_ALL'] = before;
    }
  });

  it('that would write, where nobody can be asked, needs --yes', async () => {
    const args = ['--subnet', '127.0.0.1/32', '--profile', 'mpp-to-enterprise', '--files', 'http://127.0.0.1:9'];
    await expect(runProgram(args)).rejects.toThrow(usage(/no terminal to ask on; add --yes/));
  });
});
