import { printable } from '../../domain/text/printable.js';
import { outcomes } from '../../domain/progress/outcome.js';
import type { Rehearsal, RehearsedNight } from '../../domain/rehearsal/rehearsal.js';

/** `1,942`. */
export function number(count: number): string {
  return count.toLocaleString('en');
}

/** `1 phone`, `2,000 phones`. */
export function many(count: number, thing: string): string {
  return `${number(count)} ${thing}${count === 1 ? '' : 's'}`;
}

/** `is` or `are`. */
export function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are';
}

/** `22:00-05:00`, with its zone where that is another than the rehearsal's. */
export function windowText({ text, zone }: { text: string; zone: string }, rehearsal: Pick<Rehearsal, 'zone'>): string {
  return `${printable(text, 60)}${zone === rehearsal.zone ? '' : ` ${printable(zone, 60)}`}`;
}

/** The night that is told at length. @throws RangeError where none was played, which no rehearsal is without */
export function firstNight({ nights }: Pick<Rehearsal, 'nights'>): RehearsedNight {
  const [first] = nights;
  if (!first) throw new RangeError('the rehearsal has no night');
  return first;
}

/** `1,942 done, 20 failed`: outcomes in their usual order, other words with the most first. */
export function countsOf(counts: Readonly<Record<string, number>>): string {
  const usual = new Map<string, number>(outcomes.map((outcome, at) => [outcome, at]));
  const placeOf = (word: string): number => usual.get(word) ?? 0;
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([a, one], [b, other]) => placeOf(a) - placeOf(b) || other - one || (a < b ? -1 : 1))
    .map(([word, count]) => `${number(count)} ${word}`)
    .join(', ');
}
