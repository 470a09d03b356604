import { choice, plainText, portForm, switchForm } from '../../config/settings/forms.js';
import type { Rows, ValuesOf } from '../../conduct/options/row.js';

/** Options of one command only, which neither file nor environment sets. */
const group = 'Options';

/** Of `ucm check`. */
export const ucmCheckRows = {
  output: { group, form: choice('table', 'json'), default: 'table', text: 'How the result is shown' },
  'tftp-port': {
    group,
    form: portForm(69),
    default: 69,
    text: 'Port at which TFTP is asked; another only to rehearse, as phones know no other',
  },
} as const satisfies Rows;
export type UcmCheckWords = ValuesOf<typeof ucmCheckRows>;

/** Of `ucm list`. */
export const ucmListRows = {
  output: {
    group,
    form: choice('table', 'json', 'csv'),
    default: 'table',
    text: 'How the list is shown; --inventory reads json and csv',
  },
} as const satisfies Rows;
export type UcmListWords = ValuesOf<typeof ucmListRows>;

/** Of `ucm restore`. */
export const ucmRestoreRows = {
  yes: { group, form: switchForm, default: false, text: 'Do not ask before changing; required without a terminal' },
} as const satisfies Rows;
export type UcmRestoreWords = ValuesOf<typeof ucmRestoreRows>;

/** Of `ucm restart-tftp`. */
export const ucmRestartRows = {
  node: {
    group,
    form: plainText('NODE'),
    many: true,
    text: 'Only on this node, as the command shows it; all that have the service unless given',
  },
  yes: { group, form: switchForm, default: false, text: 'Do not ask before restarting; required without a terminal' },
} as const satisfies Rows;
export type UcmRestartWords = ValuesOf<typeof ucmRestartRows>;
