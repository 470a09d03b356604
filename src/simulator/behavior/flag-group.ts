/** A group of flags: the default of each, and every other value it may take (none listed: any text or number). */
export interface FlagGroup<Flags> {
  usual: Readonly<Flags>;
  others: { readonly [Flag in keyof Flags]: readonly Flags[Flag][] };
}
