import type { Kysely } from 'kysely';
import type { Direction } from '../../domain/phone/models.js';
import type { LicensesTable, StoreTables } from '../schema/tables.js';
import { storable } from '../schema/values.js';
import type { HeldLicense } from '../store-rows.js';

type Db = Kysely<StoreTables>;

/** All licenses that are held, by MAC, then direction. */
export async function heldLicenses(db: Db): Promise<HeldLicense[]> {
  const rows = await db
    .selectFrom('licenses')
    .select(['mac', 'direction', 'file', 'sha256', 'bytes', 'source', 'imported_at'])
    .orderBy('mac')
    .orderBy('direction')
    .execute();
  return rows.map(toLicense);
}

/** The files held for a phone, by direction. */
export async function licenseFiles(
  db: Db,
  mac: string,
): Promise<{ direction: Direction; file: string; content: Uint8Array }[]> {
  const rows = await db
    .selectFrom('licenses')
    .select(['direction', 'file', 'content'])
    .where('mac', '=', mac)
    .orderBy('direction')
    .execute();
  return rows.map(({ direction, file, content }) => ({
    direction: direction as Direction,
    file,
    content: Buffer.from(content, 'base64'),
  }));
}

/** Stores licenses, all of them or none; one of the same phone and direction is replaced. */
export async function keepLicenses(
  db: Db,
  licenses: readonly (HeldLicense & { content: Uint8Array })[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const license of licenses) {
      const values = { ...toRow(license), content: Buffer.from(license.content).toString('base64') };
      await trx
        .insertInto('licenses')
        .values(values)
        .onConflict((conflict) => conflict.columns(['mac', 'direction']).doUpdateSet(values))
        .execute();
    }
  });
}

function toRow({ importedAt, ...license }: HeldLicense): Omit<LicensesTable, 'content'> {
  const { mac, direction, file, sha256, bytes, source } = license;
  return { mac, direction, file: storable(file), sha256, bytes, source: storable(source), imported_at: importedAt };
}

function toLicense({ mac, direction, imported_at: importedAt, ...row }: Omit<LicensesTable, 'content'>): HeldLicense {
  return { ...row, mac, direction: direction as Direction, importedAt };
}
