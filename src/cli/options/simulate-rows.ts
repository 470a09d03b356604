import { numberUpTo, ownPortForm, plainText, wholeNumber } from '../../config/settings/forms.js';
import type { Rows, ValuesOf } from '../../conduct/options/row.js';
import { assumptionForm } from './rehearsal-rows.js';

/** Options of this command only, which neither file nor environment sets. */
const group = 'Options';

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
