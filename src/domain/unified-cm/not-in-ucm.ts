import type { Note } from '../failures/failure.js';

/** What tells that Unified CM does not have a phone that it should have. */
const kind = 'unified-cm';

/** Evidence that Unified CM does not have a phone, as a sentence. */
export function notInUcm(text: string): Note {
  return { kind, text };
}

/** Whether a piece of evidence says that. */
export function isNotInUcm(evidence: Pick<Note, 'kind'>): boolean {
  return evidence.kind === kind;
}
