import type { Options } from 'yargs';
import type { OptionRow } from './options/row.js';
import type * as Sources from './options/sources.js';
import type { Words } from './options/sources.js';

/** What the program gives to a group of its commands. */
export interface CommandTools {
  /** Rows as options for yargs. */
  shown: (rows: readonly OptionRow[]) => Record<string, Options>;
  /** What yargs calls for a command, which returns its exit code. */
  run: (command: (parsed: Words) => Promise<number>) => (parsed: Words) => Promise<void>;
}

// What reads settings is loaded once there is a command to run: it takes longer than help does.

export const give: typeof Sources.give = async (...words) => (await import('./options/sources.js')).give(...words);

export const giveSound: typeof Sources.giveSound = async (...words) =>
  (await import('./options/sources.js')).giveSound(...words);
