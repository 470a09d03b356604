import { configFileName } from '../../config/settings/option.js';
import { plainText, switchForm } from '../../config/settings/forms.js';
import type { Rows, ValuesOf } from '../../conduct/options/row.js';
import { filesRows } from '../../conduct/options/rows/files-rows.js';
import { runRows } from '../../conduct/options/rows/run-rows.js';
import { surroundingRows } from '../../conduct/options/rows/surrounding-rows.js';
import { ucmRows } from '../../conduct/options/rows/ucm-rows.js';

const group = 'Options';

/** What `init` asks for, or takes as options: rows of a run, written to the file by the same names. */
export const answerRows = {
  subnet: runRows.subnet,
  target: runRows.target,
  inventory: runRows.inventory,
  profile: runRows.profile,
  files: filesRows.files,
  'authorization-rule': runRows['authorization-rule'],
  ucm: ucmRows.ucm,
  'ucm-username': ucmRows['ucm-username'],
  'ucm-password-env': ucmRows['ucm-password-env'],
  'password-env': surroundingRows['password-env'],
  'password-file': surroundingRows['password-file'],
  concurrency: runRows.concurrency,
  window: runRows.window,
  report: surroundingRows.report,
} as const satisfies Rows;

/** Of `init`. */
export const initRows = {
  config: { group, form: plainText('FILE'), default: configFileName, text: 'The configuration file to write' },
  force: { group, form: switchForm, default: false, text: 'Overwrite the file if it exists' },
  ...answerRows,
} as const satisfies Rows;
export type InitWords = ValuesOf<typeof initRows>;

/** The name of an answer, as its option. */
export type AnswerName = keyof typeof answerRows;

/** Answers as they were written, by option; an option without one is absent. */
export type Answers = { [Name in AnswerName]?: readonly string[] };
