import type { Clock } from '../../domain/ports/clock.js';
import { deferrals } from '../../fleet/memory/deferrals.js';
import type { RunMemory } from '../../fleet/memory/memory.js';
import { noopMemory } from '../../fleet/memory/memory.js';
import type { Deferral } from '../../store/store-rows.js';

/** What rehearsed nights remember of each other: nothing of it comes from the store, or goes there. */
export class NightMemory {
  readonly #deferrals = new Map<string, Deferral>();

  /** @param known deferrals of the runs before, by MAC */
  constructor(known: ReadonlyMap<string, Deferral>) {
    for (const [mac, deferral] of known) this.#deferrals.set(mac, deferral);
  }

  /** The memory of one night's run. Its own deferrals count from the next night on. */
  ofNight(clock: Clock, random: () => number): RunMemory {
    return {
      ...noopMemory,
      ...deferrals({
        known: new Map(this.#deferrals),
        ...{ clock, random },
        save: (mac, deferral) => {
          if (deferral) this.#deferrals.set(mac, deferral);
          else this.#deferrals.delete(mac);
        },
      }),
    };
  }
}
