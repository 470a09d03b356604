import { SqlError } from './query.js';

/** A word, a number, a text in quotes, or a sign. Words are in lower case. */
export interface Token {
  kind: 'word' | 'number' | 'text' | 'sign';
  text: string;
}

const TOKEN = /\s+|(?<word>[a-z_]\w*)|(?<number>\d+)|'(?<text>(?:[^']|'')*)'|(?<sign><=|>=|<>|!=|[=<>().,*])/iy;

/** @throws SqlError for a sign that no query has */
export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  const text = sql.trim().replace(/;$/, '');
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined) throw syntaxError();
    const { word, number, text: quoted, sign } = groups;
    if (word !== undefined) tokens.push({ kind: 'word', text: word.toLowerCase() });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll("''", "'") });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign === '!=' ? '<>' : sign });
  }
  return tokens;
}

/** What the database says of any statement that it cannot read. */
export function syntaxError(): SqlError {
  return new SqlError(201, 'A syntax error has occurred.');
}
