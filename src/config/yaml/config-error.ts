import { UsageError } from '../../domain/text/usage-error.js';

/** Where in a file something is wrong; line and column count from 1. */
export interface ConfigPlace {
  file: string;
  /** Path inside the document as people write it: `timing.pollInterval`, `models[2]`; empty for the document itself. */
  path: string;
  line: number | null;
  column: number | null;
}

/**
 * A file of ours or of the user cannot be used. The message is one sentence: the place, what was found and what was
 * expected. Like every `UsageError` it is found before any phone is contacted.
 */
export class ConfigError extends UsageError {
  readonly place: ConfigPlace;

  constructor(place: ConfigPlace, problem: string, options?: ErrorOptions) {
    super(placedSentence(place, problem), options);
    this.name = 'ConfigError';
    this.place = place;
  }
}

/** The place of a problem with the whole file. */
export function wholeFile(file: string): ConfigPlace {
  return { file, path: '', line: null, column: null };
}

/** A problem as one sentence that begins with its place. */
export function placedSentence(place: ConfigPlace, problem: string): string {
  return `${describePlace(place)}: ${problem}${/[.?!]$/.test(problem) ? '' : '.'}`;
}

/** `profiles/models.yaml:12:7: timing.pollInterval`, as editors and terminals make a link of it. */
function describePlace({ file, path, line, column }: ConfigPlace): string {
  const position = line === null ? '' : `:${line}${column === null ? '' : `:${column}`}`;
  return `${file}${position}${path === '' ? '' : `: ${path}`}`;
}
