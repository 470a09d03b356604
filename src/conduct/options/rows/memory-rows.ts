import { plainText, wholeNumber } from '../../../config/settings/forms.js';
import { lockFolderCheck, storeCheck } from '../checks/files.js';
import type { Rows } from '../row.js';

/** The store, and what else is there before a run and after it. */
export const memoryRows = {
  db: {
    group: 'Memory',
    form: plainText('PATH'),
    resume: 'anew',
    file: 'written',
    check: storeCheck,
    text: 'Where runs are remembered; a file in the state folder ($XDG_STATE_HOME, on Windows %LOCALAPPDATA%) unless given',
  },
  keep: {
    group: 'Memory',
    form: wholeNumber(1, 1_000_000, 100),
    resume: 'anew',
    default: 100,
    text: 'Finished runs to keep; older ones are deleted, but not what is known about their phones',
  },
  'lock-folder': {
    group: 'Memory',
    form: plainText('PATH'),
    writes: true,
    needsProfile: true,
    resume: 'anew',
    check: lockFolderCheck,
    text: 'Folder where runs on this machine lock the phones they work on; must be the same for all runs. Default: fleet-migrate in /run/lock, else /dev/shm, else /tmp; on Windows in the temporary folder of the user',
  },
  config: {
    group: 'Memory',
    form: plainText('FILE'),
    resume: 'anew',
    file: 'read',
    text: 'Configuration file; fleet-migrate.yaml in the working folder or the configuration folder unless given; --no-config reads none',
  },
} as const satisfies Rows;
