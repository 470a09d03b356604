/** A group of flags: what each is usually, and every other value it may take (none: any text or number). */
export interface FlagGroup<Flags> {
  usual: Readonly<Flags>;
  others: { readonly [Flag in keyof Flags]: readonly Flags[Flag][] };
}
