import type { Options } from 'yargs';
import { UsageError } from '../domain/text/usage-error.js';
import type { OptionRow } from '../conduct/options/row.js';
import type * as Sources from '../conduct/options/sources.js';
import type { Words } from '../conduct/options/sources.js';
import { optionTable } from '../conduct/options/table.js';

/** What the program gives to a group of its commands. */
export interface CommandTools {
  /** Rows as options for yargs. */
  shown: (rows: readonly OptionRow[]) => Record<string, Options>;
  /** What yargs calls for a command, which returns its exit code. */
  run: (command: (parsed: Words) => Promise<number>) => (parsed: Words) => Promise<void>;
}

// What reads settings is loaded once there is a command to run: it takes longer than help does.

export const give: typeof Sources.give = async (...words) =>
  (await import('../conduct/options/sources.js')).give(...words);

export const giveSound: typeof Sources.giveSound = async (...words) =>
  (await import('../conduct/options/sources.js')).giveSound(...words);

/** A positional argument; null when it is missing. */
export function wordOf(words: Words, name: string): string | null {
  const word = words[name];
  return typeof word === 'string' ? word : null;
}

/** yargs reads every word but "true" as false: `--dry-run=yes` would write to phones. */
export function refuseWordsForSwitches(args: readonly string[]): void {
  for (const argument of args) {
    const [, name, value] = /^--(?:no-)?([^=]+)=(.*)$/s.exec(argument) ?? [];
    const isSwitch = optionTable.some((row) => row.name === name && row.form.type === 'boolean');
    if (isSwitch && value !== 'true' && value !== 'false')
      throw new UsageError(`${argument} is not understood: --${name} takes no value; write it alone, or leave it out.`);
  }
}

/** Rows as options for yargs; they are shown in a help only. */
export function yargsOptions(rows: readonly OptionRow[], isHelp: boolean): Record<string, Options> {
  return Object.fromEntries(
    rows.map(({ name, form, group, text, many, default: standard }) => [
      name,
      {
        // yargs renders the help of a command before it runs it, which takes longer than parsing does: so only when it is shown.
        hidden: !isHelp,
        // Rows parse the texts: yargs only tells which options are given.
        type: form.type === 'boolean' ? 'boolean' : 'string',
        group: `${group}:`,
        describe: form.choices === undefined ? text : `${text} [${form.choices.join(', ')}]`,
        // Defaults come last, after the environment and the configuration file: here they are only shown.
        ...(standard === undefined ? {} : { defaultDescription: String(standard) }),
        ...(many ? { array: true } : {}),
        ...(form.type === 'boolean' ? {} : { requiresArg: true }),
      } satisfies Options,
    ]),
  );
}
