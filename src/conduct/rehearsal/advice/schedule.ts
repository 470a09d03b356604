import TinyQueue from 'tinyqueue';

/** A phone of a night whose course is only reckoned. Times are ms. */
export interface ScheduledPhone {
  /** The place whose slots it takes: its site, else its subnet. */
  place: string;
  /** From its write to its end. */
  takesMs: number;
  /** When it may be written to at the latest, after the first phone of the night; `Infinity`: at any time. */
  latestMs: number;
}

/** At which pace. */
export interface SchedulePace {
  /** Phones of each wave, first wave first. */
  waves: readonly number[];
  slots: number;
  slotsOf: (place: string) => number;
  /** From which part of `latestMs` on a phone comes too late: 1 for all of it. */
  within: number;
}

/** What comes of it. */
export interface Scheduled {
  /** Phones that come too late. */
  left: number;
  /** When the last phone is written to (ms after the first one). */
  lastWriteMs: number;
}

/**
 * Reckons in which time phones get through waves and slots, by how long each takes and by nothing else. It is good enough to say which night is
 * worth playing, ten thousand phones in a moment.
 * @param phones in the order in which they have their turn
 */
export function schedule(phones: readonly ScheduledPhone[], pace: SchedulePace): Scheduled {
  const result: Scheduled = { left: 0, lastWriteMs: 0 };
  let [from, opensMs] = [0, 0];
  for (const size of pace.waves) {
    opensMs = scheduleWave(phones.slice(from, from + size), pace, opensMs, result);
    from += size;
  }
  return result;
}

/** @returns when the wave ends, which is when the next one opens (ms) */
function scheduleWave(
  phones: readonly ScheduledPhone[],
  { slots, slotsOf, within }: SchedulePace,
  opensMs: number,
  result: Scheduled,
): number {
  const places = new Map<string, { waiting: ScheduledPhone[]; next: number; free: number }>();
  for (const phone of phones) {
    const place = places.get(phone.place) ?? { waiting: [], next: 0, free: slotsOf(phone.place) };
    place.waiting.push(phone);
    places.set(phone.place, place);
  }
  /** Those in which phones wait. */
  let waiting = [...places.values()];
  const underWay = new TinyQueue<{ endsMs: number; of: (typeof waiting)[number] }>([], (a, b) => a.endsMs - b.endsMs);
  let now = opensMs;
  const start = (of: (typeof waiting)[number]): void => {
    while (of.free > 0 && underWay.length < slots) {
      const phone = of.waiting[of.next];
      if (!phone) return;
      of.next += 1;
      if (now > within * phone.latestMs) {
        result.left += 1;
        continue;
      }
      result.lastWriteMs = Math.max(result.lastWriteMs, now);
      of.free -= 1;
      underWay.push({ endsMs: now + phone.takesMs, of });
    }
  };
  waiting.forEach(start);
  for (let first = underWay.pop(); first; first = underWay.pop()) {
    now = first.endsMs;
    first.of.free += 1;
    // Where all slots were taken, the one that is free may be for a phone of any place.
    if (underWay.length + 1 < slots) start(first.of);
    else {
      waiting = waiting.filter((of) => of.next < of.waiting.length);
      for (const of of waiting) if (underWay.length < slots) start(of);
    }
  }
  return now;
}
