import { exitCodes } from '../../../conduct/exit-code.js';
import { existingStore, placeOf } from '../../../conduct/options/store-option.js';
import type { Given } from '../../../conduct/options/sources.js';
import { systemClock } from '../../../conduct/system-clock.js';
import { shellWord } from '../../../domain/text/shell-word.js';
import { twoColumns, wrap } from '../../../report/plain-text.js';
import type { CheckedStore } from '../../../store/checked-store.js';
import { openStore } from '../../../store/open-store.js';
import { isAddress } from '../../../store/place.js';
import { roomOn } from '../../terminal/room.js';
import { writeOut } from '../../terminal/write-out.js';

/** `db migrate`: makes the tables of a store, or brings them up to date. @throws UsageError */
export async function dbMigrateCommand({ settings }: Given): Promise<number> {
  const place = placeOf(settings);
  const said = isAddress(place.path) ? await migrateServer(place) : await migrateFile(place.path);
  await writeOut(process.stdout, [`${said}\n`]);
  return exitCodes.ok;
}

async function migrateServer({ path, access }: ReturnType<typeof placeOf>): Promise<string> {
  const { migrateDatabase } = await import('../../../store/postgres/open-database.js');
  const { before, now } = await migrateDatabase({ path, access });
  if (before === now) return `The database ${path} is up to date: its schema is ${now}.`;
  return `The database ${path} has the schema ${now} now (${before === null ? 'it had none' : `it had ${before}`}).`;
}

/** Opening a file is all that it takes. */
async function migrateFile(path: string): Promise<string> {
  await (await openStore({ path, clock: systemClock, thorough: true })).close();
  return `The store ${path} is up to date.`;
}

/**
 * `db check`: whether a store can be used, and how well. Changes nothing. Exit code 2 where it cannot be used at all, 1 where something of it is
 * not as it should be, as where this user may only read: enough for a dashboard. @throws UsageError where it cannot be opened at all
 */
export async function dbCheckCommand({ settings }: Given): Promise<number> {
  existingStore(settings);
  const { path, access } = placeOf(settings);
  const checked = isAddress(path)
    ? await (await import('../../../store/postgres/check-database.js')).checkDatabase({ path, access })
    : await (await import('../../../store/file/check-file.js')).checkFile({ path, clock: systemClock });
  const width = roomOn(process.stdout);
  await writeOut(process.stdout, [[...linesOf(checked, width), ''].join('\n')]);
  if (checked.problems.some(({ weight }) => weight === 'refused')) return exitCodes.usage;
  return checked.problems.length > 0 ? exitCodes.attention : exitCodes.ok;
}

function linesOf({ path, facts, problems }: CheckedStore, width: number): string[] {
  const sentences = problems.flatMap(({ sentence }) => wrap(sentence, width));
  return [
    ...wrap(shellWord(path), width),
    ...twoColumns(facts, width),
    ...(problems.length === 0 ? ['It can be used.'] : ['', ...sentences]),
  ];
}
