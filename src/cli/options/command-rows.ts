import { refuseProblems, UsageError } from '../../domain/text/usage-error.js';
import { isIP } from 'node:net';
import { parseAddressRange } from '../../domain/network/ipv4.js';
import { shown } from '../../domain/text/printable.js';
import {
  bitRateForm,
  choice,
  endingsForm,
  ownPortForm,
  plainText,
  reportForm,
  switchForm,
  textForm,
  wholeNumber,
} from '../../config/settings/forms.js';
import { flagValues } from '../../config/settings/flags.js';
import { phonesRows } from './license-rows.js';
import { listRows, type Rows, type ValuesOf } from '../../conduct/options/row.js';
import type { Words } from '../../conduct/options/sources.js';
import { groupByForm } from './group-by.js';
import { serveAtForm } from '../../conduct/options/serve-at.js';
import { readRows } from '../../conduct/options/table.js';

/** Options of one command only, which neither file nor environment sets. */
const group = 'Options';

/** An address of this machine, to listen at. */
const ownAddressForm = textForm(
  'ADDRESS',
  (text, flag) => {
    if (isIP(text) !== 0) return text;
    throw new UsageError(`${flag} ${shown(text)} is no IP address; give one of this machine's, such as 10.0.0.5.`);
  },
  { example: '10.0.0.5' },
);

/** Of `dashboard`. */
export const dashboardRows = {
  port: { group, form: ownPortForm(8088), default: 8088, text: 'Port to listen at; 0 for any free one' },
  address: {
    group,
    form: ownAddressForm,
    default: '127.0.0.1',
    text: 'Address of this machine to listen at; only this machine reaches it unless given. Any other needs a token',
  },
  'token-env': {
    group,
    form: plainText('NAME'),
    text: 'Environment variable with the token: to give from other machines, and for --allow-control',
  },
  'token-file': { group, form: plainText('FILE'), text: 'File with that token in its first line' },
  'allow-control': {
    group,
    form: switchForm,
    default: false,
    text: 'Let those who give the token pause, continue and stop a run that goes on',
  },
} as const satisfies Rows;
export type DashboardWords = ValuesOf<typeof dashboardRows>;

/** Of `runs`. */
export const runsRows = {
  json: { group, form: switchForm, default: false, text: 'As JSON' },
  limit: { group, form: wholeNumber(1, 100_000, 30), default: 30, text: 'Number of runs to list, the latest first' },
} as const satisfies Rows;
export type RunsWords = ValuesOf<typeof runsRows>;

export const statusRows = {
  watch: { group, form: switchForm, default: false, text: 'Look on until the run has ended' },
  json: { group, form: switchForm, default: false, text: 'As JSON' },
} as const satisfies Rows;
export type StatusWords = ValuesOf<typeof statusRows>;

/** Of `report`. Files that the configuration names are for runs: an earlier report must not overwrite them. */
export const reportRows = {
  report: {
    group,
    form: reportForm,
    many: true,
    text: 'Write the report to a file too; its ending (.json, .csv, .html) says the format; {date}, {time} and {run} in its name are those of the run',
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
  only: {
    group,
    form: endingsForm,
    many: true,
    text: 'Only phones that ended so, such as failed,unverified or license-missing',
  },
  'group-by': {
    group,
    form: groupByForm,
    many: true,
    text: 'Count the phones by model, firmware, site or authorization, or by several of them, such as model,firmware',
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

/** Of `firmware check`. */
export const firmwareRows = {
  output: { group, form: choice('table', 'json'), default: 'table', text: 'A table, or JSON for other programs' },
} as const satisfies Rows;
export type FirmwareWords = ValuesOf<typeof firmwareRows>;

/** Of `demo`. */
export const demoRows = {
  direction: {
    group,
    form: choice('m2e', 'e2m'),
    default: 'm2e',
    text: 'Multiplatform phones that move to Enterprise, or (e2m) Enterprise phones of a Unified CM that move to Multiplatform',
  },
} as const satisfies Rows;
export type DemoWords = ValuesOf<typeof demoRows>;

/** Of `serve`. */
export const serveRows = {
  'http-port': {
    group,
    form: ownPortForm(6970),
    default: 6970,
    text: 'Port to serve at over HTTP, as phones ask Unified CM; 0 for any free one',
  },
  'tftp-port': {
    group,
    form: ownPortForm(69),
    default: 69,
    text: 'Port to serve at over TFTP; 0 for any free one. Ports below 1024 need a right',
  },
  http: { group, form: switchForm, default: true, text: 'Serve over HTTP; --no-http leaves it out' },
  tftp: { group, form: switchForm, default: true, text: 'Serve over TFTP; --no-tftp leaves it out' },
  address: {
    group,
    form: ownAddressForm,
    default: '0.0.0.0',
    text: 'Address of this machine to serve at; all IPv4 addresses unless given',
  },
  allow: {
    group,
    form: textForm(
      'CIDR',
      (text, flag) => {
        const range = parseAddressRange(text);
        if (range !== null) return range;
        throw new UsageError(`${flag} ${shown(text)} is no subnet; write 10.0.0.0/24, 10.0.0.5-10.0.0.40 or 10.0.0.7.`);
      },
      { example: '10.0.0.0/24' },
    ),
    many: true,
    text: 'Clients that may ask; all unless given',
  },
  'limit-client': { group, form: bitRateForm, text: 'Most that one client gets, such as 10Mbit or 2MB/s' },
  'limit-total': { group, form: bitRateForm, text: 'Most that all clients get together' },
  direction: {
    group,
    form: choice('e2m', 'm2e'),
    text: 'The held license that is served where both directions are held for a phone and the name asked for does not say which',
  },
  convert: {
    group,
    form: choice('e2m'),
    text: 'Also answer the settings files that make Enterprise phones Multiplatform, without Unified CM: for eligible phones of the last audit whose license is held, and no others',
  },
  ...phonesRows,
  profile: {
    group,
    form: plainText('NAME|FILE'),
    text: 'With --convert: the profile that names the Multiplatform loads, instead of upgrade-mpp; its license rule counts if it has one, otherwise that of authorize-mpp',
  },
  advertise: {
    group,
    form: serveAtForm,
    text: 'With --convert: the address that phones are told to fetch from, instead of the one that they came to',
  },
} as const satisfies Rows;
export type ServeWords = ValuesOf<typeof serveRows>;

/** The values of a command's own options. @throws UsageError with everything that is wrong */
export function readWords<R extends Rows>(rows: R, words: Words): ValuesOf<R> {
  const { values, problems } = flagValues(listRows(rows), words);
  refuseProblems(problems);
  return readRows(rows, values);
}
