import type { EventNamed, RunEvent } from '../../../src/domain/report/events.js';
import type { RehearsedNight } from '../../../src/domain/rehearsal/rehearsal.js';
import { playNights, type PlayedNights } from '../../../src/rehearse/play-nights.js';
import type { RehearsalParts } from '../../../src/rehearse/parts.js';

/** What happened in one night, in order, and what is told of it. */
export interface NightCourse {
  events: readonly RunEvent[];
  told: RehearsedNight;
}

/** Plays nights and keeps what happened in each. */
export async function playAll(
  parts: RehearsalParts,
  { seed = 1, nights = 1 }: { seed?: number; nights?: number } = {},
): Promise<Omit<PlayedNights, 'nights'> & { nights: NightCourse[] }> {
  const courses: RunEvent[][] = [];
  const notify = (event: RunEvent): void => {
    if (event.event === 'run-started') courses.push([]);
    courses.at(-1)?.push(event);
  };
  const played = await playNights({ ...parts, notify }, { seed, nights });
  return { ...played, nights: played.nights.map((told, index) => ({ told, events: courses[index] ?? [] })) };
}

/** What matters to the pace: a phone was first written to in this night, it ended, or the run stopped itself. */
export type Turn =
  | { is: 'written'; address: string; at: number; event: EventNamed<'intent'> }
  | { is: 'ended'; address: string; at: number; event: EventNamed<'outcome'> }
  | { is: 'tripped'; address: null; at: number; event: EventNamed<'threshold-tripped'> };

/** The turns of a night, in order. Times are ms since the epoch. */
export function turnsOf({ events }: Pick<NightCourse, 'events'>): Turn[] {
  const seen = new Set<string>();
  return events.flatMap((event): Turn[] => {
    const at = Date.parse(event.at);
    switch (event.event) {
      case 'intent': {
        // Of its second step nothing is asked here: a phone between two steps goes on.
        if (seen.has(event.address)) return [];
        seen.add(event.address);
        return [{ is: 'written', address: event.address, at, event }];
      }
      case 'outcome':
        return [{ is: 'ended', address: event.address, at, event }];
      case 'threshold-tripped':
        return [{ is: 'tripped', address: null, at, event }];
      default:
        return [];
    }
  });
}
