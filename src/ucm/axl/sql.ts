import { UcmError } from '../ucm.js';
import { childrenOf, type Element } from '../soap/element.js';
import { escaped } from '../soap/escape.js';
import type { Axl } from './axl.js';

/** A row of a query: its columns by name; an empty one and a missing one are both absent. */
export type Row = ReadonlyMap<string, string>;

/** A text as a literal of SQL. @throws UcmError for control characters, which no name has */
export function sqlText(text: string): string {
  if (/\p{Cc}/u.test(text))
    throw new UcmError('ucm-refused', 'A name for a query holds a control character; nothing was asked.', true);
  return `'${text.replaceAll("'", "''")}'`;
}

/** What a query found: its rows, or how many would fit into an answer. */
export type Rows = { kind: 'rows'; rows: readonly Row[] } | { kind: 'too-large'; rows: number };

/** Runs a query that changes nothing. @throws UcmError */
export async function query(axl: Axl, sql: string): Promise<Rows> {
  const answer = await axl.call('executeSQLQuery', `<sql>${escaped(sql)}</sql>`);
  if (answer.kind === 'fault') throw axl.refused('executeSQLQuery', answer.fault);
  if (answer.kind === 'too-large') return answer;
  return { kind: 'rows', rows: childrenOf(answer.result, 'row').map(rowOf) };
}

function rowOf(row: Element): Row {
  return new Map(row.children.filter(({ text }) => text !== '').map(({ name, text }) => [name.toLowerCase(), text]));
}
