import { like } from './like.js';
import { type Column, type Condition, type Operand, type Query, type Source, SqlError } from './query.js';

/** A row of a table by column; `null` is the database's own null. */
export type TableRow = Readonly<Record<string, string | null>>;

/** Tables by name: their columns, and their rows. */
export type Tables = ReadonlyMap<string, { columns: readonly string[]; rows: readonly TableRow[] }>;

/** The rows of all sources side by side, by alias; an alias without a row is the missing side of an outer join. */
type Joined = ReadonlyMap<string, TableRow>;

/**
 * Runs a query. Returns rows as lists of named values.
 * @throws SqlError for a table (206) or column (217) that there is not
 */
export function runQuery(query: Query, tables: Tables): (readonly [name: string, value: string | null])[][] {
  const scope = new Scope(query.sources, tables);
  const { selected } = query;
  const shown = selected === 'all' || 'count' in selected ? [] : selected.flatMap((one) => scope.shown(one));
  for (const { column } of query.order) scope.check(column);
  const conditions = query.where;
  scope.checkAll([...conditions, ...query.sources.flatMap(({ on }) => on)]);

  let joined: Joined[] = [new Map()];
  for (const source of query.sources) joined = joinAll(joined, scope.joiner(source));
  const found = joined.filter((row) => conditions.every((condition) => scope.holds(condition, row)));
  for (const { column, down } of [...query.order].reverse())
    found.sort((one, other) => compare(scope.valueOf(column, one), scope.valueOf(column, other)) * (down ? -1 : 1));
  if (selected !== 'all' && 'count' in selected) return [[[selected.count, String(found.length)]]];
  const columns = selected === 'all' ? scope.all() : shown;
  const all = found.map((row) => columns.map(({ column, as }) => [as, scope.valueOf(column, row)] as const));
  const rows = query.distinct ? [...new Map(all.map((row) => [JSON.stringify(row), row])).values()] : all;
  return rows.slice(query.skip, query.skip + (query.first ?? rows.length));
}

/** More than any query here has a use for; joins without a condition would fill the memory. */
const MOST_JOINED = 100_000;

function joinAll(rows: readonly Joined[], join: (row: Joined) => Joined[]): Joined[] {
  const all: Joined[] = [];
  for (const row of rows) {
    for (const one of join(row)) all.push(one);
    if (all.length > MOST_JOINED) throw new SqlError(201, 'The query joins more rows than the simulator keeps.');
  }
  return all;
}

class Scope {
  readonly #columns: ReadonlyMap<string, readonly string[]>;

  constructor(
    sources: readonly Source[],
    private readonly tables: Tables,
  ) {
    this.#columns = new Map(sources.map(({ table, alias }) => [alias, this.#table(table).columns]));
  }

  #table(name: string): { columns: readonly string[]; rows: readonly TableRow[] } {
    const table = this.tables.get(name);
    if (table === undefined) throw new SqlError(206, `The specified table (${name}) is not in the database.`);
    return table;
  }

  /** The alias of the table that a column is in. */
  check({ table, name }: Column): string {
    const alias = [...this.#columns].find(
      ([one, columns]) => (table === '' || one === table) && columns.includes(name),
    )?.[0];
    if (alias !== undefined) return alias;
    throw new SqlError(217, `Column (${name}) not found in any table in the query (or SLV is undefined).`);
  }

  checkAll(conditions: readonly Condition[]): void {
    for (const condition of conditions) {
      if (condition.kind === 'any') condition.of.forEach((all) => this.checkAll(all));
      else {
        this.#checkOperand(condition.left);
        if (condition.kind === 'compare') this.#checkOperand(condition.right);
      }
    }
  }

  #checkOperand(operand: Operand): void {
    if ('column' in operand) this.check(operand.column);
  }

  all(): { column: Column; as: string }[] {
    return [...this.#columns].flatMap(([table, columns]) =>
      columns.map((name) => ({ column: { table, name }, as: name })),
    );
  }

  /** One selected column, or those that `d.*` stands for. */
  shown(one: { column: Column; as: string }): { column: Column; as: string }[] {
    if (one.column.name === '*') return this.all().filter(({ column }) => column.table === one.column.table);
    this.check(one.column);
    return [one];
  }

  valueOf(column: Column, row: Joined): string | null {
    return row.get(this.check(column))?.[column.name] ?? null;
  }

  /** Joins a source to the rows so far, through an index on the first equality, if there is one. */
  joiner(source: Source): (row: Joined) => Joined[] {
    const { rows } = this.#table(source.table);
    const key = this.#keyOf(source);
    const index = new Map<string, TableRow[]>();
    for (const row of rows) {
      const value = key === null ? null : (row[key.own] ?? null);
      if (value === null) continue;
      const same = index.get(value);
      if (same) same.push(row);
      else index.set(value, [row]);
    }
    return (before) => {
      const candidates = key === null ? rows : (index.get(this.#operandValue(key.other, before) ?? '\0') ?? []);
      const matches = candidates
        .map((row): Joined => new Map([...before, [source.alias, row]]))
        .filter((row) => source.on.every((condition) => this.holds(condition, row)));
      return matches.length === 0 && source.join === 'outer' ? [before] : matches;
    };
  }

  #keyOf({ alias, on }: Source): { own: string; other: Operand } | null {
    for (const condition of on) {
      if (condition.kind !== 'compare' || condition.operator !== '=') continue;
      const { left, right } = condition;
      for (const [one, other] of [
        [left, right],
        [right, left],
      ] as const)
        if ('column' in one && this.check(one.column) === alias && !this.#isOf(other, alias))
          return { own: one.column.name, other };
    }
    return null;
  }

  #isOf(operand: Operand, alias: string): boolean {
    return 'column' in operand && this.check(operand.column) === alias;
  }

  #operandValue(operand: Operand, row: Joined): string | null {
    return 'value' in operand ? operand.value : this.valueOf(operand.column, row);
  }

  /** Nothing holds of null, but that it is. */
  holds(condition: Condition, row: Joined): boolean {
    if (condition.kind === 'any') return condition.of.some((all) => all.every((one) => this.holds(one, row)));
    const left = this.#operandValue(condition.left, row);
    if (condition.kind === 'null') return (left === null) !== condition.not;
    if (left === null) return false;
    switch (condition.kind) {
      case 'in':
        return condition.values.includes(left) !== condition.not;
      case 'like':
        return like(left, condition.pattern) !== condition.not;
      case 'compare': {
        const right = this.#operandValue(condition.right, row);
        return right !== null && OPERATORS[condition.operator](compare(left, right));
      }
    }
  }
}

const OPERATORS = {
  '=': (order: number) => order === 0,
  '<>': (order: number) => order !== 0,
  '<': (order: number) => order < 0,
  '>': (order: number) => order > 0,
  '<=': (order: number) => order <= 0,
  '>=': (order: number) => order >= 0,
};

/** Numbers as numbers, the rest by code; null comes first. */
function compare(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  const areNumbers = /^\d{1,15}$/.test(one) && /^\d{1,15}$/.test(other);
  if (areNumbers) return Number(one) - Number(other);
  return one < other ? -1 : one > other ? 1 : 0;
}
