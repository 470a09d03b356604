/** The keys of a record in the order they are written; the compiler checks that none is missing. */
export type Keys<T> = Record<keyof T, true>;

/** The same record with its keys in that order. What is absent stays absent in JSON. */
export function inOrder<T extends object>(record: T, keys: Keys<T>): T {
  const names = Object.keys(keys) as (keyof T & string)[];
  return Object.fromEntries(names.map((name) => [name, record[name]])) as T;
}
