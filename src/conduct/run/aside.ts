/** Where what a run has to tell goes, before it has a log and beside its results. */
export interface Aside {
  /** A line about what goes on. */
  say: (line: string) => void;
  /** A whole sentence that somebody should know. */
  tell: (sentence: string) => void;
}
