import type { OptionRow } from './row.js';
import { runOptions } from './run-options.js';
import { surroundingOptions } from './surrounding-options.js';

export type { OptionRow };

/** All options of `migrate` and `audit`; docs/options.md and the configuration file's keys are made from this. */
export const optionTable: readonly OptionRow[] = [...runOptions, ...surroundingOptions];
