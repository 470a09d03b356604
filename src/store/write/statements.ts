import type { CompiledQuery, Kysely, Transaction } from 'kysely';
import type { StoreTables } from '../schema/tables.js';

type Value = string | number | null;

/** A query whose text was made once and whose values are given each time it runs: making the text costs more than running it. */
export interface Statement<Row> {
  all(trx: Transaction<StoreTables>, values: readonly Value[]): Promise<Row[]>;
}

/** Wraps a compiled query; the values are given in the order in which the query has them. */
export function statement<Row>(compiled: CompiledQuery<Row>): Statement<Row> {
  return {
    all: async (trx, values) => (await trx.executeQuery<Row>({ ...compiled, parameters: values })).rows,
  };
}

/** Writes rows of one table, many in one statement where there are many. */
export interface RowWriter<Row> {
  write(trx: Transaction<StoreTables>, rows: readonly Row[]): Promise<void>;
}

/** Rows per statement, the largest first: larger ones save little more, and a few sizes serve any number. */
const sizes = [16, 8, 4, 2, 1] as const;

/**
 * A writer of rows with these columns.
 * @param onConflict columns by which a row is the same one; it is then replaced, except for the columns in `keep`
 */
export function rowWriter<Name extends keyof StoreTables>(
  db: Kysely<StoreTables>,
  table: Name,
  columns: readonly (keyof StoreTables[Name] & string)[],
  onConflict: { columns: readonly string[]; keep?: readonly string[] } | null = null,
): RowWriter<StoreTables[Name]> {
  const replaced = columns.filter(
    (column) => !onConflict?.columns.includes(column) && !onConflict?.keep?.includes(column),
  );
  const compile = (rows: number): Statement<unknown> => {
    const sample = Object.fromEntries(columns.map((column) => [column, '']));
    const query = db.insertInto(table).values(Array.from({ length: rows }, () => sample) as never);
    if (!onConflict) return statement(query.compile());
    return statement(
      query
        .onConflict((conflict) =>
          conflict
            .columns(onConflict.columns as never)
            .doUpdateSet(
              (eb) =>
                Object.fromEntries(replaced.map((column) => [column, eb.ref(`excluded.${column}` as never)])) as never,
            ),
        )
        .compile(),
    );
  };
  const bySize = new Map(sizes.map((size) => [size, compile(size)]));
  return {
    write: async (trx, rows) => {
      for (const [size, chunk] of chunksOf(rows)) {
        const values: Value[] = [];
        for (const row of chunk) for (const column of columns) values.push(row[column] as Value);
        await bySize.get(size)?.all(trx, values);
      }
    },
  };
}

/** Reads rows of one table by their key. */
export interface RowReader<Row> {
  /** The rows that exist, in any order. */
  read(trx: Transaction<StoreTables>, keys: readonly string[]): Promise<Row[]>;
}

/** A reader of the rows whose `key` is one of those asked for, many in one statement where many are. */
export function rowReader<Name extends keyof StoreTables>(
  db: Kysely<StoreTables>,
  table: Name,
  key: keyof StoreTables[Name] & string,
): RowReader<StoreTables[Name]> {
  const compile = (keys: number): Statement<StoreTables[Name]> => {
    const sample = Array.from({ length: keys }, () => '');
    return statement(
      db
        .selectFrom(table as 'phones')
        .selectAll()
        .where(key as 'mac', 'in', sample)
        .compile() as CompiledQuery as CompiledQuery<StoreTables[Name]>,
    );
  };
  const bySize = new Map(sizes.map((size) => [size, compile(size)]));
  return {
    read: async (trx, keys) => {
      const rows: StoreTables[Name][] = [];
      for (const [size, chunk] of chunksOf(keys)) {
        rows.push(...((await bySize.get(size)?.all(trx, chunk)) ?? []));
      }
      return rows;
    },
  };
}

/** As few chunks as these sizes allow, each with its size. */
function* chunksOf<T>(items: readonly T[]): Generator<[(typeof sizes)[number], T[]]> {
  let at = 0;
  for (const size of sizes) {
    for (; items.length - at >= size; at += size) yield [size, items.slice(at, at + size)];
  }
}
