import type { Range, Rehearsal, RehearsedNight } from '../../domain/rehearsal/rehearsal.js';

/** How rehearsals with other draws differ. @param all the nights of each, the first one's first; at least one rehearsal */
export function spreadOf(all: readonly (readonly RehearsedNight[])[]): Required<Rehearsal>['spread'] {
  const firsts = all.flatMap(([first]) => first ?? []);
  const nights = all.map((those) => (those.at(-1)?.left === 0 ? those.length : null));
  return {
    times: all.length,
    endsAt: rangeOf(firsts.map(({ endsAt }) => endsAt)),
    moved: rangeOf(firsts.map(({ moved }) => moved)),
    left: rangeOf(firsts.map(({ left }) => left)),
    stopped: firsts.filter(({ stopped }) => stopped !== null).length,
    // Those that did not come to an end took longer than all others.
    nights: rangeOf(nights, (night) => night ?? Number.POSITIVE_INFINITY),
  };
}

function rangeOf<Value>(
  values: readonly Value[],
  weight: (value: Value) => number | string | Value = (value) => value,
): Range<Value> {
  const sorted = [...values].sort((a, b) => (weight(a) < weight(b) ? -1 : weight(a) > weight(b) ? 1 : 0));
  const at = (index: number): Value => sorted[index] as Value;
  return { least: at(0), middle: at(Math.floor((sorted.length - 1) / 2)), most: at(sorted.length - 1) };
}
