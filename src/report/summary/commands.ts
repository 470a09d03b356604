import { shellWord } from '../../domain/text/shell-word.js';

/** What command lines to be copied need beyond the run's id, as words of the command line. Passwords are never among them. */
export interface CommandWords {
  /** The store and the configuration file, where they were named. */
  where: readonly string[];
  /** How phones are signed in to: a resume is told anew. */
  resume: readonly string[];
  /** What the run was given, for a run with other phones or without `--dry-run`; `null`: not known. */
  run: RunWords | null;
  /** The runs to compare with; `null`: there is no other. */
  compare: readonly string[] | null;
}

interface RunWords {
  withTargets: readonly string[];
  /** For phones of the run, chosen by how they ended. */
  withoutTargets: readonly string[];
  /** The same in a single wave; `null`: the run had no waves. */
  inOneWave: readonly string[] | null;
  /** The number of `--limit`; `null`: none. */
  limit: number | null;
  /** Which of what a move needs is said, there or in a file: where the files are, and Unified CM. */
  says: { files: boolean; ucm: boolean };
}

/** Where nothing is known of how the run was started. */
export const noWords: CommandWords = { where: [], resume: [], run: null, compare: null };

/** One command to be copied into a shell. */
export function commandLine(words: readonly string[]): string {
  return ['fleet-migrate', ...words.map(shellWord)].join(' ');
}
