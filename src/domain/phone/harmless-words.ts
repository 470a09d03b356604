/**
 * What says nothing about anybody, so that a capture keeps it: `profiles/capture.yaml`. Everything else is replaced. Words are
 * compared without regard to case; patterns are regular expressions, matched without regard to case.
 */
export interface HarmlessWords {
  source: string;
  /** Labels, tags and keys whose values are kept, besides those of the phone profiles that readers need. */
  keptLabels: string[];
  /** Whole values that say nothing about anybody. */
  harmlessValues: string[];
  /** Parts of values that are kept wherever they stand: loads, product names, versions, dates. */
  keptPatterns: string[];
  /** Endings of files, so that `phone.cfg` is not taken for a host. */
  fileEndings: string[];
  /** Headings of lists of people, where even labels are names. */
  peopleListPatterns: string[];
  /** Words and numbers of labels, headings, messages, links and scripts: whatever else stands there is replaced. */
  pageWords: string[];
  /** Response headers whose values are kept. */
  keptHeaders: string[];
}
