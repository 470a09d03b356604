import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import yargs from 'yargs';
import { defineCommands } from '../../src/cli/program.js';
import { refuseWordsForSwitches, yargsOptions } from '../../src/cli/command-tools.js';
import { optionTable } from '../../src/conduct/options/table.js';
import { blocksOf } from '../../scripts/docs/pictures/blocks.js';
import { pagesWithSamples } from '../../scripts/docs/pictures/pages.js';
import { textOf } from './support/repository.js';

const command = 'fleet-migrate';

/** Command lines of a page in the order in which they stand there, and what they need of the shell: its variables. */
function linesOf(page: string): string[] {
  const text = textOf(page);
  const typed = blocksOf(text).flatMap((block) =>
    block.text
      .replaceAll(/\\\n/g, ' ')
      .split('\n')
      // In a sample, what is printed is no command.
      .flatMap((line) => (block.sample === null ? [line] : (/^\$ (.*)/.exec(line)?.[1] ?? [])))
      .filter((line) => new RegExp(`^(?:\\w+=\\S+ )?${command} |^[A-Z]+="`).test(line)),
  );
  const named = [...text.matchAll(new RegExp(`\`(${command} [^\`\n]+)\``, 'g'))].map(([, line = '']) => line);
  return [...typed, ...named].map((line) =>
    // Without the marks of what may be left out (`[RUN]`), what else may follow (`…`), and what the shell does with the output.
    line.replaceAll(/\[|\]| …$/g, '').replaceAll(/\s[|>].*$/g, ''),
  );
}

/** The words of each command line, as a shell splits them. */
function wordsOf(lines: readonly string[]): { line: string; words: string[] }[] {
  const called = lines.map((line) => line.replace(`${command} `, 'typed '));
  const script = [`typed() { printf '%s\\036' "$@"; printf '\\035'; }`, ...called].join('\n');
  const split = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\x1d').slice(0, -1);
  const calls = lines.filter((line) => line.includes(`${command} `));
  return split.map((words, at) => ({ line: calls[at] ?? '', words: words.split('\x1e').slice(0, -1) }));
}

/** Why the command would not understand these words; `null` when it does. */
async function misunderstood(words: readonly string[]): Promise<string | null> {
  try {
    refuseWordsForSwitches(words);
    const parser = yargs([...words]).parserConfiguration({ 'greedy-arrays': false, 'camel-case-expansion': false });
    await defineCommands(parser, { shown: (rows) => yargsOptions(rows, false), run: () => () => Promise.resolve() })
      .strict()
      .locale('en')
      .exitProcess(false)
      .version(false)
      .help(false)
      .option({ help: { type: 'boolean', alias: 'h' } })
      .fail((message, error) => {
        throw error ?? new Error(message);
      })
      .parseAsync();
    for (const { name, form } of optionTable) {
      const value = words[words.indexOf(`--${name}`) + 1];
      if (words.includes(`--${name}`) && form.choices && !form.choices.includes(value ?? ''))
        return `--${name} ${value ?? ''}: no such choice`;
    }
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('every command line of README and docs', () => {
  const found = pagesWithSamples.flatMap((page) => wordsOf(linesOf(page)).map((one) => ({ page, ...one })));

  it('is found', () => {
    expect(found.length).toBeGreaterThan(100);
  });

  it('is understood: no unknown option, no value that is missing', async () => {
    const wrong: string[] = [];
    for (const { page, line, words } of found) {
      const why = await misunderstood(words);
      // The prose names a command by its words alone.
      if (why !== null && !(words.length <= 2 && why.startsWith('Not enough non-option arguments')))
        wrong.push(`${page}: ${line}: ${why.trim().split('\n').at(-1) ?? ''}`);
    }
    expect(wrong).toEqual([]);
  });

  it('would be refused if it were wrong', async () => {
    expect(await misunderstood(['--no-such-option'])).toMatch('Unknown argument');
    expect(await misunderstood(['report', '--only'])).toMatch('Not enough arguments');
    expect(await misunderstood(['--dry-run=yes'])).toMatch('takes no value');
  });
});
