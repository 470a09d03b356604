import { readFileSync, statSync } from 'node:fs';
import type { SettingsSources } from '../../config/settings/merge.js';
import { defaultStorePath } from '../../store/file/default-path.js';
import { openStore, openStoreToRead, type StoreOptions } from '../../store/open-store.js';
import { codeOf } from '../../domain/text/error-reason.js';
import { printable } from '../../domain/text/printable.js';
import { refuseProblems, UsageError } from '../../domain/text/usage-error.js';
import type { Store } from '../../store/store.js';
import { isAddress, plainAccess, type ServerAccess } from '../../store/place.js';
import { isStoreError } from '../../store/store-error.js';
import type { Aside } from '../run/aside.js';
import { serverAccess, type StoreSettings } from './access/store-access.js';
import { systemClock } from '../system-clock.js';

/**
 * How long intents may wait to share a commit (ms). Shorter than any phone's response, and it saves most of the store's cost. @public for
 * bench/
 */
export const gatherMs = 50;

/** For a run: a damaged store is found before anything is contacted. */
export const forRun = { thorough: true } as const;

/** Opens the store that the command line names, or the usual one, for as long as `use` runs. @throws UsageError */
export async function withStore<T>(
  settings: StoreSettings,
  use: (store: Store) => Promise<T>,
  { thorough = false }: Pick<StoreOptions, 'thorough'> = {},
): Promise<T> {
  const store = await openStore({ ...placeOf(settings), clock: systemClock, gatherMs, thorough });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** What makes the store in which a command looks for something. */
export interface StoreMaker {
  what: string;
  notYet: string;
}

const aRun: StoreMaker = { what: 'a run', notYet: 'no run was made here yet' };

/**
 * The same for commands that only read it. They do not check it first, as that means reading all of it; it is checked once something
 * cannot be read or found. @throws UsageError also for a damaged store
 */
export async function readStore<T>(
  settings: StoreSettings,
  use: (store: Store) => Promise<T>,
  makes: StoreMaker = aRun,
): Promise<T> {
  existingStore(settings, makes);
  const place = placeOf(settings);
  const store = await openStoreToRead({ ...place, clock: systemClock });
  try {
    return await use(store);
  } catch (error) {
    if (!isAddress(place.path)) await (await openStoreToRead({ ...place, clock: systemClock, thorough: true })).close();
    throw error;
  } finally {
    await store.close();
  }
}

/** The same for commands that can do without a store: where there is none, they use `null`, and one that was named is missed. */
export function readStoreIfAny<T>(
  settings: StoreSettings,
  { tell }: Pick<Aside, 'tell'>,
  use: (store: Store | null) => Promise<T>,
): Promise<T> {
  if (!isMissing(storePath(settings))) return readStore(settings, use);
  if (settings.db !== null)
    tell(`--db ${printable(settings.db)}: there is no such store yet, so nothing is known from one.`);
  return use(null);
}

/** Where the store is. Opening would make one, and a mistyped path would look like one without runs. @throws UsageError if there is none */
export function existingStore(settings: StoreSettings, makes: StoreMaker = aRun): string {
  const { db } = settings;
  const path = storePath(settings);
  if (!isMissing(path)) return path;
  throw new UsageError(
    db === null
      ? `There is no store at ${path}: ${makes.notYet}. For the store of a job, name it with --db, or give the job's --config or XDG_STATE_HOME.`
      : `--db ${printable(db)}: there is no such store; ${makes.what} makes one. Check the path.`,
  );
}

/** Whether nothing is at a path. What cannot be looked at may be a store: opening it says what is wrong. */
export function isMissing(path: string): boolean {
  if (isAddress(path)) return false;
  try {
    statSync(path);
    return false;
  } catch (error) {
    return codeOf(error) === 'ENOENT';
  }
}

/** Where the store is. */
export function storePath({ db }: StoreSettings, env: SettingsSources['env'] = process.env): string {
  return db ?? defaultStorePath(env);
}

/** The store as it is opened. @throws UsageError for a password or a certificate that cannot be read */
export function placeOf(settings: StoreSettings): { path: string; access: ServerAccess } {
  const problems: string[] = [];
  const io = { env: process.env, readFile: (path: string) => readFileSync(path, 'utf8') };
  // Which of two named passwords counts was found when the settings were read.
  const access = serverAccess(settings, { origin: {}, where: {} }, io, problems) ?? plainAccess;
  refuseProblems(problems);
  return { path: storePath(settings), access };
}

/** Deletes old runs. Failing to do so never changes how the run ended. */
export async function pruneAfterwards(store: Store, keep: number, { tell }: Pick<Aside, 'tell'>): Promise<void> {
  try {
    await store.prune(keep);
  } catch (error) {
    if (!isStoreError(error)) throw error;
    tell(`old runs could not be deleted. ${error.message}`);
  }
}
