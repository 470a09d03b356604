/** How many may be under way at once. `Infinity` for no limit. */
export interface SlotLimits {
  /** One that changes is asked each time. */
  overall: number | (() => number);
  /** For every group, or what a group allows. */
  perGroup: number | ((group: string) => number);
}

/**
 * Who may be under way: at most so many overall and so many per group (a site or a subnet, so that a branch line is not drowned). Who
 * finds no slot waits in line. The oldest comes first, but one whose group is full does not hold up the others.
 *
 * It only keeps the book: the caller starts those who are let in.
 */
export class SlotBook {
  /** Holder → group. */
  readonly #holders = new Map<string, string>();
  readonly #heldIn = new Map<string, number>();
  /** Waiting → group. */
  readonly #waiting = new Map<string, string>();
  /** Group → who waits with the number of their place in line, oldest first. */
  readonly #lines = new Map<string, Map<string, number>>();
  #arrivals = 0;

  /** @throws RangeError for a limit below one, with which nobody would ever be let in. */
  constructor(private readonly limits: SlotLimits) {
    const { overall, perGroup } = limits;
    if ((typeof overall === 'number' && !(overall >= 1)) || (typeof perGroup === 'number' && !(perGroup >= 1)))
      throw new RangeError('a slot limit must be at least 1');
  }

  /** How many hold a slot. */
  get held(): number {
    return this.#holders.size;
  }

  /** How many wait in line. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** How many of a group hold a slot. */
  heldIn(group: string): number {
    return this.#heldIn.get(group) ?? 0;
  }

  /** True: the slot is theirs, also when it was before. False: they wait in line, and a later {@link release} names them. */
  request(key: string, group: string): boolean {
    if (this.#holders.has(key)) return true;
    if (this.#waiting.has(key)) return false;
    // Whoever waits has no slot to take, so a newcomer who finds one overtakes nobody.
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

  /** Gives a slot back, or the place in line up. Answers who is let in instead: they hold a slot now; `null` for nobody. */
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

  /** Lets in the oldest of those whose group has room: they hold a slot now; `null` for nobody. */
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
