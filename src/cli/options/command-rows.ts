import { refuseProblems } from '../../domain/text/usage-error.js';
import { choice, numberUpTo, plainText, switchForm, wholeNumber } from '../../config/settings/forms.js';
import { flagValues } from '../../config/settings/flags.js';
import { listRows, type Rows, type ValuesOf } from './row.js';
import type { Words } from './sources.js';
import { readRows } from './table.js';

/** Options of one command only, which neither file nor environment sets. */
const group = 'Options';

/** Of `runs`. */
export const runsRows = {
  json: { group, form: switchForm, default: false, text: 'As JSON' },
  limit: { group, form: wholeNumber(1, 100_000), default: 30, text: 'Number of runs to list, the latest first' },
} as const satisfies Rows;
export type RunsWords = ValuesOf<typeof runsRows>;

/** Of `report`. Files that the configuration names are for runs: an earlier report must not overwrite them. */
export const reportRows = {
  report: {
    group,
    form: plainText('FILE'),
    many: true,
    text: 'Write the report to a file too; its ending (.json, .csv) says the format',
  },
  lists: {
    group,
    form: switchForm,
    default: false,
    text: 'The full lists of what needs attention, with reasons and hints',
  },
  diff: {
    group,
    form: switchForm,
    default: false,
    text: 'What changed from one run to another: the last two, one and the last, or two by their ids',
  },
  runs: { group, form: plainText('RUN'), many: true, text: 'Run ids' },
} as const satisfies Rows;
export type ReportWords = ValuesOf<typeof reportRows>;

/** Of `probe`. */
export const probeRows = {
  from: {
    group,
    form: plainText('FILE'),
    text: 'Read a capture (.zip) or a page saved from a browser (.html) instead of a phone; nothing is contacted',
  },
  output: { group, form: choice('text', 'json'), default: 'text', text: 'Words, or JSON for other programs' },
} as const satisfies Rows;
export type ProbeWords = ValuesOf<typeof probeRows>;

/** Of `capture`. */
export const captureRows = {
  out: {
    group,
    form: plainText('FILE'),
    text: 'The archive to write (-o FILE); a file that exists is not overwritten',
  },
  'keep-labels': {
    group,
    form: switchForm,
    default: false,
    text: 'Keep labels, headings and sentences of words that are not known, for a phone of another language; look them over for names afterwards',
  },
  check: {
    group,
    form: plainText('FILE'),
    text: 'Instead of a phone: list everything left in a capture, and what of it may be personal; exit code 1 if anything may',
  },
} as const satisfies Rows;
export type CaptureWords = ValuesOf<typeof captureRows>;

/** Of `simulate`. */
export const simulateRows = {
  scenario: {
    group,
    form: plainText('NAME|FILE'),
    default: 'demo',
    text: 'A built-in scenario (demo, every-flag, plain, hostile, mixed-generations) or a YAML file',
  },
  subnet: {
    group,
    form: plainText('CIDR'),
    default: '127.20.0.0/24',
    text: 'Subnet for the phones of a built-in scenario, in 127.0.0.0/8',
  },
  phones: { group, form: wholeNumber(1, 50_000), text: 'Number of phones, if the scenario leaves it open' },
  seed: { group, form: wholeNumber(0, 2_147_483_647), default: 1, text: 'Chooses models, versions and behavior' },
  'http-port': {
    group,
    form: wholeNumber(0, 65_535),
    default: 8080,
    text: 'Port of the phones for http; 0 for any free one',
  },
  'https-port': {
    group,
    form: wholeNumber(0, 65_535),
    default: 8443,
    text: 'Port of the phones for https; 0 for any free one',
  },
  'files-port': {
    group,
    form: wholeNumber(0, 65_535),
    default: 6970,
    text: 'Port of the file server; 0 for any free one',
  },
  'time-scale': { group, form: numberUpTo(100_000), default: 60, text: 'Simulated seconds per second' },
  'request-log': { group, form: plainText('FILE'), text: 'Append every request a phone gets to this NDJSON file' },
} as const satisfies Rows;
export type SimulateWords = ValuesOf<typeof simulateRows>;

/** The values of a command's own options. @throws UsageError with everything that is wrong */
export function readWords<R extends Rows>(rows: R, words: Words): ValuesOf<R> {
  const { values, problems } = flagValues(listRows(rows), words);
  refuseProblems(problems);
  return readRows(rows, values);
}
