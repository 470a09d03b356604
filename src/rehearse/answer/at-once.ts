import type { MostAtOnce } from '../../domain/rehearsal/rehearsal.js';

/** Something that lasts, in one place. Instants are ms since the epoch. */
export interface Span {
  place: string;
  from: number;
  to: number;
}

/** So many places are told. */
const mostPlaces = 20;

/** The most that lasts at once, everywhere and place by place, the most first. */
export function mostAtOnce(spans: readonly Span[]): MostAtOnce[] {
  if (spans.length === 0) return [];
  const byPlace = new Map<string, Span[]>();
  for (const span of spans) {
    const those = byPlace.get(span.place);
    if (those) those.push(span);
    else byPlace.set(span.place, [span]);
  }
  const places = [...byPlace].map(([place, those]) => ({
    place,
    ...peakOf(those.map((one) => ({ ...one, much: 1 }))),
  }));
  places.sort((a, b) => b.much - a.much || (a.place < b.place ? -1 : 1));
  const everywhere = { place: null, ...peakOf(spans.map((one) => ({ ...one, much: 1 }))) };
  return [everywhere, ...places.slice(0, mostPlaces)].map(({ place, much, at }) => ({
    ...{ place, phones: much, at: new Date(at).toISOString() },
  }));
}

/** When the sum of what lasts is greatest first, and how much it is then. @param most more than this it never is */
export function peakOf(
  spans: readonly { from: number; to: number; much: number }[],
  most = Number.POSITIVE_INFINITY,
): { much: number; at: number } {
  const changes = spans.flatMap(({ from, to, much }) => [
    { at: from, by: much },
    { at: to, by: -much },
  ]);
  // What ends makes room before what begins at the same moment.
  changes.sort((a, b) => a.at - b.at || a.by - b.by);
  let [sum, best, at] = [0, 0, changes[0]?.at ?? 0];
  for (const change of changes) {
    sum += change.by;
    const now = Math.min(sum, most);
    if (now > best + 1e-6) [best, at] = [now, change.at];
  }
  return { much: best, at };
}
