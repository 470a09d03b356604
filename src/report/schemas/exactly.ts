import type * as z from 'zod';

/** A type without what a schema does not tell: what may be written to, and which types were joined. */
type Plain<T> = T extends readonly (infer Entry)[]
  ? Plain<Entry>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<T[Key]> }
    : T;

/** `true` where both types are the same one: the compiler compares functions over any `T` letter by letter. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/**
 * A schema that the compiler holds equal to a type: `exactly<T>()(schema)` does not compile where a key or a value of one is not in the other.
 */
export const exactly =
  <T>() =>
  <Schema extends z.ZodType>(schema: Same<Plain<z.infer<Schema>>, Plain<T>> extends true ? Schema : never): Schema =>
    schema;
