import { UsageError } from '../../domain/text/usage-error.js';
import { duration, plainText, switchForm, textForm } from '../../config/settings/forms.js';
import type { Rows, ValuesOf } from '../../conduct/options/row.js';

const group = 'Options';

/** `all`, or names between commas. */
const sitesForm = textForm(
  'NAME,NAME|all',
  (text, flag): 'all' | readonly string[] => {
    if (text.trim() === 'all') return 'all';
    const names = text.split(',').map((name) => name.trim());
    if (names.every((name) => name !== '')) return names;
    throw new UsageError(`${flag} ${text} must be names of sites between commas, such as berlin,paris, or all.`);
  },
  { example: 'berlin,paris' },
);

/** Of `migrate` and `audit`, where workers reach the phones. */
export const sharingRows = {
  sites: {
    group,
    form: sitesForm,
    text: 'Have workers at these sites reach the phones, or at all of the configuration file and of the store (docs/many-sites.md); needs --db postgres://USER@HOST/DB',
  },
  detach: {
    group,
    form: switchForm,
    default: false,
    text: 'With --sites: return at once; status --watch shows how far the run is',
  },
} as const satisfies Rows;
export type SharingWords = ValuesOf<typeof sharingRows>;

/** Of `worker`. */
export const workerRows = {
  site: { group, form: plainText('NAME'), many: true, text: 'A site whose phones this worker reaches' },
  tag: {
    group,
    form: plainText('NAME'),
    many: true,
    text: 'The sites with this tag, besides those of --site',
  },
  lease: {
    group,
    form: duration(5_000, '60s'),
    default: '60s',
    text: "How long a phone is this worker's without a word from it; after that another one takes it. It is renewed at a third of it",
  },
  wait: {
    group,
    form: switchForm,
    default: true,
    text: 'Wait for a database that does not answer at the start; --no-wait ends with 2 then',
  },
} as const satisfies Rows;
export type WorkerWords = ValuesOf<typeof workerRows>;

/** Of `sites show`. */
export const sitesShowRows = {
  json: { group, form: switchForm, default: false, text: 'As JSON' },
} as const satisfies Rows;
export type SitesShowWords = ValuesOf<typeof sitesShowRows>;
