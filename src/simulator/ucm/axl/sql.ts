import { parseQuery } from '../sql/parse.js';
import { SqlError } from '../sql/query.js';
import { runQuery } from '../sql/run.js';
import { tablesOf } from '../sql/tables.js';
import { AxlFault } from '../soap/answer.js';
import { child } from '../soap/read.js';
import { leaf } from '../soap/write.js';
import type { UcmSpec } from '../spec.js';
import { type Operation, refuseTooLarge } from './phones.js';

/** executeSQLQuery: each row an element `row`, each column one within it. */
export const executeSqlQuery =
  (spec: UcmSpec): Operation =>
  (operation, { database, tooLargeAbove }) => {
    const rows = queried(child(operation, 'sql')?.text ?? '', () => tablesOf(database, spec));
    refuseTooLarge(rows.length, tooLargeAbove);
    return rows.map((row) => `<row>${row.map(([name, value]) => leaf(name, value ?? '')).join('')}</row>`).join('');
  };

function queried(sql: string, tables: () => ReturnType<typeof tablesOf>): ReturnType<typeof runQuery> {
  try {
    return runQuery(parseQuery(sql), tables());
  } catch (error) {
    if (error instanceof SqlError) throw new AxlFault(error.code, error.message);
    throw error;
  }
}
