/** Which of the targets a run takes at most (`--limit`). */
export interface LimitSpec {
  /** This many phones; `null`: any number. */
  most: number | null;
  /** Path of a list of addresses and MACs; `null`: all targets. */
  list: string | null;
}
