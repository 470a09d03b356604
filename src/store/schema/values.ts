/** JSON of a value that must have one. @throws TypeError for what JSON cannot hold, such as a loop or a bigint */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

/** The value of JSON text that this program has written; `null` if there is none. */
// What was written is what is read: the caller names its type.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function valueOf<T>(json: string | null): T | null {
  return json === null ? null : (JSON.parse(json) as T);
}

// Most texts contain nothing of the kind, and this check is faster.
const suspicious = /[\0\uD800-\uDFFF]/;
// A surrogate that is not one of a pair is matched by this; pairs are whole characters to a regular expression with `u`.
const unstorable = /[\0\p{Surrogate}]/gu;

/**
 * A phone's text as every SQL database can hold it: SQLite cuts a text at a NUL, PostgreSQL refuses it, and neither has half characters.
 * JSON needs no such care, as it escapes all of them.
 */
export function storable<T extends string | null>(text: T): T {
  return (text === null || !suspicious.test(text) ? text : text.replace(unstorable, '\uFFFD')) as T;
}
