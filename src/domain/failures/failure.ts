/** What went wrong with one phone: a code of `failure-codes.ts`, the facts of the case, what to do next. */
export interface Failure {
  code: string;
  message: string;
  hint: string;
}

/** Something for a phone's evidence, before it is said when it was seen. */
export interface Note {
  kind: string;
  text: string;
}

/** An observation that proves or disproves a step. */
export interface Evidence extends Note {
  at: string;
}

/** The meaning of one failure code. */
export interface FailureCode {
  /** One sentence for `explain`, without the facts of a case. */
  meaning: string;
  /** What to do next. */
  hint: string;
  /**
   * `transient`: may be gone by the next run (for retries within a run see `surveyRetries` and each code's hint) · `permanent`: stays
   * until it is fixed · `observed`: seen after a write, where nothing is repeated · `ours`: says nothing about the phone, the run itself
   * ended first (a stop, a pause, its window, a bug); where nothing was written, a resume plans the phone anew.
   */
  kind: 'transient' | 'permanent' | 'observed' | 'ours';
}

/** Where to ask when a license or a migration fails (G11). */
export const licensing =
  'For license questions open a case with the licensing team; for a migration that fails, the small-business support center (guide G11).';

/** How to reset a phone without its password or web page, as the end of a sentence (G9). A key out of order resets nothing. */
export const factoryReset =
  'unplug it, wait five seconds, hold # while plugging it in, and once MUTE is dark and line, headset and speaker stay green, press 123456789*0# (guide G9).';
