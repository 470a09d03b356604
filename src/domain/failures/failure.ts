/** What went wrong with one phone: a code of `failure-codes.ts`, the facts of the case, the way out. */
export interface Failure {
  code: string;
  message: string;
  hint: string;
}

/** An observation that proves or disproves a step, in the order made. */
export interface Evidence {
  at: string;
  kind: string;
  text: string;
}
