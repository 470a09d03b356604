import { plainText, wholeNumber } from '../../../config/settings/forms.js';
import { variableForm } from '../access/variable-name.js';
import { dbCertificateCheck, lockFolderCheck, storeCheck } from '../checks/files.js';
import type { Companions, Rows } from '../row.js';

/** Of no use for a file. The configuration may hold it for a job whose store is elsewhere. */
const ofDatabase: Companions = {
  any: ['db=postgres*'],
  say: 'does nothing without --db postgres://USER@HOST/DB; add it, or leave this out.',
  elsewhere: 'fine',
};

/** The store, and what else is there before a run and after it. */
export const memoryRows = {
  db: {
    group: 'Memory',
    form: plainText('PATH|URL'),
    resume: 'anew',
    file: 'written',
    check: storeCheck,
    text: 'Where runs are remembered: a file, or a PostgreSQL database as postgres://USER@HOST/DB (docs/postgresql.md); a file in the state folder ($XDG_STATE_HOME, on Windows %LOCALAPPDATA%) unless given',
  },
  'db-password-env': {
    group: 'Memory',
    form: variableForm('DB_PASSWORD'),
    resume: 'anew',
    needs: ofDatabase,
    text: "Environment variable with the database's password; else PGPASSWORD and .pgpass are looked at",
  },
  'db-password-file': {
    group: 'Memory',
    form: plainText('FILE'),
    resume: 'anew',
    file: 'read',
    isPrivate: true,
    needs: ofDatabase,
    text: 'File with that password as its only line; a relative path starts at the working folder, in the configuration file at its folder',
  },
  'db-ca': {
    group: 'Memory',
    form: plainText('FILE'),
    resume: 'anew',
    file: 'read',
    check: dbCertificateCheck,
    needs: ofDatabase,
    text: "PEM file with the certificate of the database's authority",
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
