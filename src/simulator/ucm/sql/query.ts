/** A column by the alias of its table; an empty alias: whichever table has it. */
export interface Column {
  table: string;
  name: string;
}

/** A column, or a value. */
export type Operand = { column: Column } | { value: string };

/** One condition of `on` or `where`; all of them must hold. */
export type Condition =
  | { kind: 'compare'; left: Operand; operator: '=' | '<>' | '<' | '>' | '<=' | '>='; right: Operand }
  | { kind: 'in'; left: Operand; values: readonly string[]; not: boolean }
  | { kind: 'like'; left: Operand; pattern: string; not: boolean }
  | { kind: 'null'; left: Operand; not: boolean }
  | { kind: 'any'; of: readonly (readonly Condition[])[] };

/** A table that is read. */
export interface Source {
  table: string;
  alias: string;
  /** `outer`: a row without a match is kept. */
  join: 'inner' | 'outer';
  on: readonly Condition[];
}

/** A query of the few forms that the simulated database answers. */
export interface Query {
  skip: number;
  first: number | null;
  distinct: boolean;
  /** `*`, `count(*)`, or columns with the names they have in the answer. */
  selected: 'all' | { count: string } | readonly { column: Column; as: string }[];
  sources: readonly Source[];
  where: readonly Condition[];
  order: readonly { column: Column; down: boolean }[];
}

/** What the database says of a statement that it cannot run. */
export class SqlError extends Error {
  constructor(
    /** docs/knowledge/unified-cm.md#throttling-and-faults */
    readonly code: 201 | 206 | 217,
    message: string,
  ) {
    super(message);
  }
}
