/** How many phones may be under way at once. `Infinity` for no limit. */
export interface SlotLimits {
  /** A function is called each time, for a limit that changes. */
  overall: number | (() => number);
  /** For every group, or by group. */
  perGroup: number | ((group: string) => number);
}

/**
 * Keeps which phones are under way: limited overall and per group (a site or a subnet, so that a branch link is not overloaded). A phone
 * that finds no slot waits in line. The oldest comes first, but one whose group is full does not hold up the others.
 *
 * It only keeps track: the caller starts the phones that are let in.
 */
export class SlotBook {
  /** Holder → group. */
  readonly #holders = new Map<string, string>();
  readonly #heldIn = new Map<string, number>();
  /** Waiting → group. */
  readonly #waiting = new Map<string, string>();
  /** Group → waiting phones with the number of their place in line, oldest first. */
  readonly #lines = new Map<string, Map<string, number>>();
  #arrivals = 0;

  /** @throws RangeError for a limit below one, with which no phone would ever be let in */
  constructor(private readonly limits: SlotLimits) {
    const { overall, perGroup } = limits;
    if ((typeof overall === 'number' && !(overall >= 1)) || (typeof perGroup === 'number' && !(perGroup >= 1)))
      throw new RangeError('a slot limit must be at least 1');
  }

  /** How many of a group hold a slot. */
  heldIn(group: string): number {
    return this.#heldIn.get(group) ?? 0;
  }

  /** True: the phone holds a slot, perhaps already before. False: it waits in line, and a later {@link release} returns it. */
  request(key: string, group: string): boolean {
    if (this.#holders.has(key)) return true;
    if (this.#waiting.has(key)) return false;
    // Phones wait only if there is no slot for them, so a newcomer that finds one overtakes none of them.
    if (this.#hasRoom(group)) {
      this.#hold(key, group);
      return true;
    }
    const line = this.#lines.get(group) ?? new Map<string, number>();
    line.set(key, this.#arrivals);
    this.#arrivals += 1;
    this.#lines.set(group, line);
    this.#waiting.set(key, group);
    return false;
  }

  /** Gives back a slot or a place in line. Returns the phone that is let in instead and holds a slot now; `null` if none is. */
  release(key: string): string | null {
    this.#leaveLine(key);
    const group = this.#holders.get(key);
    if (group === undefined) return null;
    this.#holders.delete(key);
    const left = this.heldIn(group) - 1;
    if (left > 0) this.#heldIn.set(group, left);
    else this.#heldIn.delete(group);
    return this.admit();
  }

  #hasRoom(group: string): boolean {
    const { overall, perGroup } = this.limits;
    const most = typeof perGroup === 'number' ? perGroup : perGroup(group);
    return this.#holders.size < (typeof overall === 'number' ? overall : overall()) && this.heldIn(group) < most;
  }

  #hold(key: string, group: string): void {
    this.#holders.set(key, group);
    this.#heldIn.set(group, this.heldIn(group) + 1);
  }

  /** Lets in the oldest phone whose group has room, and returns it; it holds a slot now. `null` if there is none. */
  admit(): string | null {
    let next: { key: string; group: string; place: number } | null = null;
    for (const [group, line] of this.#lines) {
      const [oldest] = line;
      if (!oldest || !this.#hasRoom(group)) continue;
      const [key, place] = oldest;
      if (next === null || place < next.place) next = { key, group, place };
    }
    if (next === null) return null;
    this.#leaveLine(next.key);
    this.#hold(next.key, next.group);
    return next.key;
  }

  #leaveLine(key: string): void {
    const group = this.#waiting.get(key);
    if (group === undefined) return;
    this.#waiting.delete(key);
    const line = this.#lines.get(group);
    line?.delete(key);
    if (line?.size === 0) this.#lines.delete(group);
  }
}
