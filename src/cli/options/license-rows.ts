import {
  choice,
  columnForm,
  inventoryForm,
  plainText,
  switchForm,
  textForm,
  wholeNumber,
} from '../../config/settings/forms.js';
import { sheetFields, type SheetField } from '../../domain/licenses/sheet-fields.js';
import { shown } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import type { Rows, ValuesOf } from '../../conduct/options/row.js';

/** Options of one command only, which neither file nor environment sets. */
const group = 'Options';

/** A column of a sheet and what it is to be called. */
interface Title {
  field: SheetField;
  title: string;
}

/** Which phones are meant. */
export const phonesRows = {
  inventory: {
    group,
    form: inventoryForm,
    many: true,
    text: 'The phones of this list (any that a run takes), with what earlier runs have read of them, instead of the last audit',
  },
  column: {
    group,
    form: columnForm,
    many: true,
    text: 'Read a column of --inventory that goes by a name of its own, such as mac="Device Name"',
  },
  'from-run': {
    group,
    form: plainText('RUN'),
    text: 'The phones of this run (its id, the beginning of it, or latest) instead of the last audit',
  },
} as const satisfies Rows;

const directionRow = {
  group,
  form: choice('e2m', 'm2e'),
  text: 'e2m: from Enterprise to Multiplatform; m2e: from Multiplatform to Enterprise',
} as const;

/** Of `licenses plan`. */
export const licensesPlanRows = {
  direction: directionRow,
  ...phonesRows,
  output: { group, form: choice('table', 'json', 'csv'), default: 'table', text: 'How the plan is shown' },
  macs: {
    group,
    form: plainText('FILE'),
    text: "Write the MACs still to order for, for the portal's bulk upload; its ending (.csv, .xlsx) says the format",
  },
  devices: {
    group,
    form: plainText('FILE'),
    text: 'Write PID, VID, MAC and serial number of the phones still to order for (.csv, .xlsx)',
  },
  sku: { group, form: plainText('SKU'), text: 'Only phones of this order number in --macs and --devices' },
  title: {
    group,
    form: textForm('FIELD=TITLE', parseTitle, {
      example: 'mac=MAC_ADDRESS',
      expected: 'a field and its title, such as mac=MAC_ADDRESS',
    }),
    many: true,
    text: `What a column of these files is called (${sheetFields.join(', ')}), as in the portal's template: mac=MAC_ADDRESS`,
  },
  'part-size': {
    group,
    form: wholeNumber(1, 1_000_000, 500),
    default: 1_000_000,
    text: 'Phones in one file at most; more go to further files: macs-1.csv, macs-2.csv …',
  },
} as const satisfies Rows;
export type LicensesPlanWords = ValuesOf<typeof licensesPlanRows>;

/** Of `licenses import`. */
export const licensesImportRows = {
  direction: {
    ...directionRow,
    text: `The direction of licenses that do not say it themselves. ${directionRow.text}`,
  },
  'dry-run': { group, form: switchForm, default: false, text: 'Show what would be imported, store nothing' },
  output: { group, form: choice('table', 'json'), default: 'table', text: 'How the summary is shown' },
} as const satisfies Rows;
export type LicensesImportWords = ValuesOf<typeof licensesImportRows>;

/** Of `licenses list`. */
export const licensesListRows = {
  direction: { ...directionRow, text: `Only licenses of this direction. ${directionRow.text}` },
  output: { group, form: choice('table', 'json'), default: 'table', text: 'How the list is shown' },
} as const satisfies Rows;
export type LicensesListWords = ValuesOf<typeof licensesListRows>;

/** Of `licenses check`. */
export const licensesCheckRows = {
  ...phonesRows,
  output: { group, form: choice('table', 'json'), default: 'table', text: 'How the result is shown' },
} as const satisfies Rows;
export type LicensesCheckWords = ValuesOf<typeof licensesCheckRows>;

/** Reads `mac=MAC_ADDRESS`. @throws UsageError */
function parseTitle(text: string, flag: string): Title {
  const [, word = '', title = ''] = /^([^=]*)=([^]*)$/.exec(text) ?? [];
  const field = sheetFields.find((one) => one.toLowerCase() === word.trim().toLowerCase());
  if (field !== undefined && title.trim() !== '') return { field, title: title.trim() };
  throw new UsageError(
    `${flag} ${JSON.stringify(shown(text))}: write one of ${sheetFields.join(', ')}, and what its column is called, such as ${flag} mac=MAC_ADDRESS.`,
  );
}
