import type { JSX } from 'preact';
import { printable } from '../../../domain/text/printable.js';
import { utcMinute } from '../../plain-text.js';

/** An instant for people, in UTC to the minute. */
export function Time({ at }: { at: string }): JSX.Element {
  return <time dateTime={printable(at, 40)}>{utcMinute(at)}</time>;
}
