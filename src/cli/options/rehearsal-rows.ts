import { choice, plainText, reportForm, wholeNumber } from '../../config/settings/forms.js';
import type { Rows, ValuesOf } from '../../conduct/options/row.js';

/** Options of one command only, which neither file nor environment sets. */
const group = 'Options';

/** Read by the commands: help need not know what may be assumed. */
export const assumptionForm = plainText('WHAT:HOW-MUCH');

/** Of `rehearse`. Its report files are its own: those of the configuration are for runs. */
export const rehearseRows = {
  at: {
    group,
    form: plainText('TIME'),
    text: 'When the night begins, such as "2026-12-01 22:00", or 22:00 for the next time it is that; when the window opens next unless given (now while it is open), without one now',
  },
  assume: {
    group,
    form: assumptionForm,
    many: true,
    text: 'What nobody knows beforehand, such as failed:1%, silent:1%, deferred:1%, no-answer:1%, page-off:5%, "busy:20% Mon-Fri 08:00-18:00", call:4m, duration:12m, size:75MB',
  },
  seed: {
    group,
    form: wholeNumber(0, 1_000_000_000, 7),
    default: 1,
    text: 'Which phones fail, are in a call and so on is drawn by this number: the same one gives the same night',
  },
  times: {
    group,
    form: wholeNumber(1, 1_000, 20),
    default: 1,
    text: 'Rehearse so often, each time with the next seed, and tell the ranges',
  },
  nights: {
    group,
    form: wholeNumber(1, 60, 3),
    default: 3,
    text: 'Nights to play at most, as long as phones are left: each is a run with the same options',
  },
  output: { group, form: choice('table', 'json', 'html'), default: 'table', text: 'Words, JSON, or a page' },
  report: {
    group,
    form: reportForm,
    many: true,
    text: 'Write the rehearsal to a file too; its ending (.json, .html) says the format; {date}, {time} and {run} in its name are those of the rehearsal',
  },
  show: {
    group,
    form: plainText('REHEARSAL'),
    text: 'Show an earlier rehearsal again, without its phones (its id, the beginning of it, or latest)',
  },
} as const satisfies Rows;
export type RehearseWords = ValuesOf<typeof rehearseRows>;
