import { describe, expect, it } from '@jest/globals';
import { allCommands, recordCommands } from '../../../src/cli/help/command-tree.js';
import { shortHelp } from '../../../src/cli/help/short-help.js';
import { defineCommands } from '../../../src/cli/program.js';

const root = recordCommands(defineCommands);
const commands = allCommands(root)
  .filter(({ path }) => path.length > 0 && path[0] !== 'migrate')
  .map((node) => [node.path.join(' '), node] as const);

describe('the short help of a command', () => {
  it.each(commands)('%s: says how it is called and what it does, on about twenty lines', (name, node) => {
    const lines = shortHelp(root, [...node.path, '-h']).split('\n');
    expect(lines[0]).toMatch(new RegExp(`^Usage: fleet-migrate ${name}`));
    expect(lines.length).toBeLessThanOrEqual(28);
    expect(lines.filter((line) => line.length > 80 && !line.startsWith('  fleet-migrate '))).toEqual([]);
    for (const { path } of node.commands) expect(lines.join('\n')).toContain(path.join(' '));
  });

  it.each(commands)('%s: fits on a narrow terminal, and breaks no word there', (_, node) => {
    const text = shortHelp(root, node.path, 40);
    const tooLong = text.split('\n').filter((line) => line.length > 40);
    // An option with its value stands alone, and so does a command or its option.
    const whole = /^ +(?:--\S+ \S+(?: \S+)?|fleet-migrate (?!.* --).*|--\S+ \S+ \\)$/;
    expect(tooLong.filter((line) => !whole.test(line))).toEqual([]);
    const words = (of: string): string => of.replaceAll(' \\\n', ' ').replace(/\s+/g, ' ');
    expect(words(text)).toBe(words(shortHelp(root, node.path)));
  });

  it.each(commands)('%s: the line to copy has only options that the command takes', (_, node) => {
    const line = shortHelp(root, node.path).match(/^ {2}fleet-migrate .*--.*$/m)?.[0] ?? '';
    for (const [, option = ''] of line.matchAll(/ --([\w-]+)/g))
      expect(node.rows.map((row) => row.name)).toContain(option);
  });

  it('tells how many options it leaves out, and where they are', () => {
    const text = shortHelp(root, ['audit']);
    const shown = [...text.matchAll(/^ {2}--/gm)].length;
    const audit = root.commands.find(({ path }) => path[0] === 'audit');
    expect(text).toContain(`… and ${(audit?.rows.length ?? 0) - shown} more`);
    expect(text).toContain('More: fleet-migrate audit --help; recipes: fleet-migrate -h.');
    expect(text).not.toContain('--yes');
  });
});
