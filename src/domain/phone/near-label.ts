import { printable } from '../text/printable.js';

/** A label that a page shows and that is a letter or two off one that we know. */
export interface NearLabel {
  /** As the page spells it; not to be trusted in output. */
  shown: string;
  /** The known label it resembles. */
  meant: string;
}

const mostTold = 3;

/** The near misses of a page within a failure's message, with a blank before; empty when there is none. */
export function didYouMean(near: readonly NearLabel[] | undefined): string {
  if (near === undefined || near.length === 0) return '';
  const told = near
    .slice(0, mostTold)
    .map(({ shown, meant }) => `"${printable(shown, 60)}" (did you mean "${meant}"?)`);
  return ` It shows ${told.join(', ')}; where that is the same, add it as a label with --phone-profiles.`;
}
