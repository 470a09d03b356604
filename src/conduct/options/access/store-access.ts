import type { Settings } from '../../../config/settings/merge.js';
import { placed } from '../../../config/settings/where.js';
import { messageOf } from '../../../domain/text/error-reason.js';
import { isAddress, type ServerAccess } from '../../../store/place.js';
import { readCertificates } from '../checks/files.js';
import type { RunSettings } from '../table.js';
import { readNamedPassword, type SecretIo, strength } from './named-password.js';

/** Where the store is, and how it is entered. What a command does not take is absent. */
export type StoreSettings = Pick<RunSettings, 'db'> &
  Partial<Pick<RunSettings, 'dbCa' | 'dbPasswordEnv' | 'dbPasswordFile'>>;

/**
 * The options that name the database's password, with only the one from the stronger source: what opens the store later does not know where
 * they are from.
 */
export function strongerPassword<Named extends Pick<RunSettings, 'dbPasswordEnv' | 'dbPasswordFile'>>(
  settings: Named,
  { origin }: Pick<Settings, 'origin'>,
): Named {
  const lead = strength(origin['db-password-env']) - strength(origin['db-password-file']);
  if (settings.dbPasswordEnv === null || settings.dbPasswordFile === null || lead === 0) return settings;
  return { ...settings, [lead > 0 ? 'dbPasswordFile' : 'dbPasswordEnv']: null };
}

/**
 * How the server of a store is entered. What cannot be read is added to `problems`, which never repeat a password.
 * @returns `null` for a store in a file, which asks for nothing
 */
export function serverAccess(
  { db, dbCa = null, dbPasswordEnv = null, dbPasswordFile = null }: StoreSettings,
  { origin, where }: Pick<Settings, 'origin' | 'where'>,
  io: SecretIo,
  problems: string[],
): ServerAccess | null {
  if (db === null || !isAddress(db)) return null;
  const named = readNamedPassword(
    {
      env: { name: 'db-password-env', value: dbPasswordEnv },
      file: { name: 'db-password-file', value: dbPasswordFile },
    },
    { origin, where },
    io,
    problems,
  );
  try {
    return { password: named?.password ?? null, ca: dbCa === null ? null : readCertificates(dbCa, '--db-ca') };
  } catch (error) {
    problems.push(placed('db-ca', where['db-ca']?.[0], messageOf(error)));
    return null;
  }
}
