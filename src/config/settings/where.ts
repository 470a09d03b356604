import { type ConfigPlace, placedSentence } from '../yaml/config-error.js';
import { configKey, environmentVariable } from './option.js';

/** Where a value was written. */
export type Where =
  | { from: 'flag' | 'env' | 'default' }
  | { from: 'file'; place: ConfigPlace }
  /** `The site berlin of postgres://…`. */
  | { from: 'store'; place: string };

/**
 * A problem of an option with the place to fix it: the sentence about the flag begins with the variable, or with file, line and
 * column, if the value comes from there.
 */
export function placed(name: string, where: Where | undefined, sentence: string): string {
  if (where?.from === 'file') return placedSentence(where.place, sentence);
  if (where?.from === 'store') return `${where.place}: ${sentence}${/[.?!]$/.test(sentence) ? '' : '.'}`;
  const whole = /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
  return where?.from === 'env' ? `${environmentVariable(name)}: ${whole}` : whole;
}

/** A value's option and place within a sentence: `--report`, `FLEET_MIGRATE_REPORT`, `report (f.yaml:3:1)`. */
export function nameAt(name: string, where: Where | undefined): string {
  if (where?.from === 'env') return environmentVariable(name);
  if (where?.from === 'store') return `${configKey(name)} (${where.place.replace(/^The/, 'the')})`;
  if (where?.from !== 'file') return `--${name}`;
  const { file, line, column } = where.place;
  return `${configKey(name)} (${file}${line === null ? '' : `:${line}:${column ?? 1}`})`;
}
