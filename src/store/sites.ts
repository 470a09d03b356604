import type { Kysely } from 'kysely';
import type { NamedSite, WrittenSite } from '../domain/network/written-site.js';
import type { StoreTables } from './schema/tables.js';
import { jsonOf, valueOf } from './schema/values.js';
import type { SiteChanges, StoredSite } from './store-rows.js';

/** The sites that were imported, in the order in which they were written. */
export async function storedSites(db: Kysely<StoreTables>): Promise<StoredSite[]> {
  const rows = await db.selectFrom('sites').select(['name', 'site', 'changed_at']).orderBy('position').execute();
  return rows.map(({ name, site, changed_at: changedAt }) => ({
    name,
    site: valueOf<WrittenSite>(site) ?? {},
    changedAt,
  }));
}

/**
 * Replaces all sites by these, or none where that fails.
 * @param at ISO 8601
 * @returns what became of each: compared within the same transaction, so that of two imports at once each tells what it has changed itself
 */
export async function replaceSites(
  db: Kysely<StoreTables>,
  sites: readonly NamedSite[],
  at: string,
): Promise<SiteChanges> {
  return db.transaction().execute(async (trx) => {
    const before = new Map(
      (await trx.selectFrom('sites').selectAll().execute()).map((row) => [row.name, row] as const),
    );
    const rows = sites.map(({ name, site }, position) => {
      const text = jsonOf(site);
      const earlier = before.get(name);
      return { name, position, site: text, changed_at: earlier?.site === text ? earlier.changed_at : at };
    });
    await trx.deleteFrom('sites').execute();
    for (const row of rows) await trx.insertInto('sites').values(row).execute();
    const now = new Set(rows.map(({ name }) => name));
    return {
      added: sites.filter(({ name }) => !before.has(name)).map(({ name }) => name),
      changed: sites.flatMap(({ name, site }) => {
        const earlier = before.get(name);
        const keys = earlier === undefined ? [] : differing(valueOf<WrittenSite>(earlier.site) ?? {}, site);
        return keys.length === 0 ? [] : [{ name, keys }];
      }),
      removed: [...before.keys()].filter((name) => !now.has(name)).sort(),
      unchanged: rows.filter(({ name, site }) => before.get(name)?.site === site).map(({ name }) => name),
    };
  });
}

/** The keys whose values are not the same. */
function differing(one: WrittenSite, other: WrittenSite): string[] {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])] as (keyof WrittenSite)[];
  return keys.filter((key) => jsonOf(one[key]) !== jsonOf(other[key]));
}
