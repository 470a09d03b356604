import { formatBytes } from '../../domain/text/bytes.js';
import type { CheckedStore } from '../checked-store.js';
import { migrations } from '../schema/migrations.js';
import { storedVersion } from '../schema/migrate.js';
import { type FileOptions, openFileToRead } from './open-file.js';
import { statSync } from 'node:fs';

/** Reads a whole file, and makes sure that it is sound. @throws StoreOpenError where it is not, or cannot be read */
export async function checkFile(options: Omit<FileOptions, 'thorough'>): Promise<CheckedStore> {
  const { db, path, close } = await openFileToRead({ ...options, thorough: true });
  try {
    return {
      path,
      facts: [
        ['file', 'sound'],
        ['schema', `${await storedVersion(db)} (this fleet-migrate needs ${migrations.length})`],
        ['size', formatBytes(statSync(path).size)],
      ],
      problems: [],
    };
  } finally {
    await close();
  }
}
