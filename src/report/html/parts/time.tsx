import { createContext, type JSX } from 'preact';
import { printable } from '../../../domain/text/printable.js';
import { localTimes } from '../../local-times.js';
import { utcMinute, utcSecond } from '../../plain-text.js';

/** Whose clocks the times of a page are of, which the page says once; `null`: each time says UTC. */
export const Zone = createContext<string | null>(null);

interface TimeProps {
  /** ISO 8601. */
  at: string;
  /** To the second, where minutes would not tell it from another one beside it. */
  isExact?: boolean;
}

/** An instant for people. */
export function Time({ at, isExact = false }: TimeProps): JSX.Element {
  return (
    <Zone.Consumer>{(zone) => <time dateTime={printable(at, 40)}>{shown(at, zone, isExact)}</time>}</Zone.Consumer>
  );
}

function shown(at: string, zone: string | null, isExact: boolean): string {
  if (zone === null) return isExact ? utcSecond(at) : utcMinute(at);
  return localTimes(zone)[isExact ? 'second' : 'minute'](at);
}

/** Whether these instants are within an hour, so that seconds matter. */
export function isShort(instants: readonly string[]): boolean {
  const times = instants.map((at) => Date.parse(at));
  return Math.max(...times) - Math.min(...times) < 3_600_000;
}
