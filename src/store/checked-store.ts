/** What was found of a store, for those who look after it. */
export interface CheckedStore {
  path: string;
  /** One line each: what was looked at, and how it is. */
  facts: readonly (readonly [what: string, how: string])[];
  /** One sentence each. `refused`: no run could begin with it; `warning`: one can, and something of it is not as it should be. */
  problems: readonly { weight: 'refused' | 'warning'; sentence: string }[];
}
