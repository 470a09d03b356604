import { choice, numberUpTo, ownPortForm, plainText, reportForm, wholeNumber } from '../../config/settings/forms.js';
import type { Rows, ValuesOf } from '../../conduct/options/row.js';

/** Options of one command only, which neither file nor environment sets. */
const group = 'Options';

/** Read by the commands: help need not know what may be assumed. */
const assumptionForm = plainText('WHAT:HOW-MUCH');

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

/** Of `simulate`. */
export const simulateRows = {
  scenario: {
    group,
    form: plainText('NAME|FILE'),
    default: 'demo',
    text: 'A built-in scenario (demo, enterprise, every-flag, plain, hostile, mixed-generations) or a YAML file',
  },
  subnet: {
    group,
    form: plainText('CIDR'),
    default: '127.20.0.0/24',
    text: 'Subnet for the phones of a built-in scenario, in 127.0.0.0/8',
  },
  phones: { group, form: wholeNumber(1, 50_000, 50), text: 'Number of phones, if the scenario leaves it open' },
  'from-run': {
    group,
    form: plainText('RUN'),
    text: 'Instead of a scenario: the phones of this run in the store (its id, the beginning of it, or latest), their addresses mapped into 127.0.0.0/8',
  },
  assume: {
    group,
    form: assumptionForm,
    many: true,
    text: 'With --from-run: what befalls its phones, as in a rehearsal, such as failed:1% or duration:8m',
  },
  'inventory-out': {
    group,
    form: plainText('FILE'),
    text: 'With --from-run: write the phones at their mapped addresses to this list (CSV), to run with --inventory',
  },
  seed: {
    group,
    form: wholeNumber(0, 2_147_483_647, 1),
    default: 1,
    text: 'Chooses models, versions and behavior; with --from-run, whom what is assumed befalls',
  },
  'http-port': {
    group,
    form: ownPortForm(8080),
    default: 8080,
    text: 'Port of the phones for http; 0 for any free one',
  },
  'https-port': {
    group,
    form: ownPortForm(8443),
    default: 8443,
    text: 'Port of the phones for https; 0 for any free one',
  },
  'files-port': {
    group,
    form: ownPortForm(6970),
    default: 6970,
    text: 'Port of the file server; 0 for any free one',
  },
  'ucm-port': {
    group,
    form: ownPortForm(9443),
    default: 9443,
    text: 'Port of the Unified CM of a scenario that has one; 0 for any free one',
  },
  'ucm-files-port': {
    group,
    form: ownPortForm(9970),
    default: 9970,
    text: 'Port of its files, over HTTP, HTTPS and TFTP; 0 for any free one',
  },
  'time-scale': { group, form: numberUpTo(100_000, 60), default: 60, text: 'Simulated seconds per second' },
  'request-log': { group, form: plainText('FILE'), text: 'Append every request a phone gets to this NDJSON file' },
} as const satisfies Rows;
export type SimulateWords = ValuesOf<typeof simulateRows>;
