import type { JSX } from 'preact';
import { printable } from '../../../domain/text/printable.js';
import { utcMinute, utcSecond } from '../../plain-text.js';

interface TimeProps {
  /** ISO 8601. */
  at: string;
  /** To the second, where minutes would not tell it from another one beside it. */
  isExact?: boolean;
}

/** An instant for people, in UTC. */
export function Time({ at, isExact = false }: TimeProps): JSX.Element {
  return <time dateTime={printable(at, 40)}>{isExact ? utcSecond(at) : utcMinute(at)}</time>;
}

/** Whether these instants are within an hour, so that seconds matter. */
export function isShort(instants: readonly string[]): boolean {
  const times = instants.map((at) => Date.parse(at));
  return Math.max(...times) - Math.min(...times) < 3_600_000;
}
