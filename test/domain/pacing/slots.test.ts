import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SlotBook } from '../../../src/domain/pacing/slots.js';

describe('the slot book', () => {
  it('lets in up to its limit and then makes wait', () => {
    const book = new SlotBook({ overall: 2, perGroup: Infinity });
    expect(['a', 'b', 'c'].map((key) => book.request(key, 'site'))).toEqual([true, true, false]);
    expect(book.release('a')).toBe('c');
  });

  it('keeps a group from taking more than its share, while others go on', () => {
    const book = new SlotBook({ overall: 10, perGroup: 1 });
    expect(book.request('a', 'branch')).toBe(true);
    expect(book.request('b', 'branch')).toBe(false);
    expect(book.request('c', 'elsewhere')).toBe(true);
    expect(book.release('a')).toBe('b');
    expect(book.heldIn('branch')).toBe(1);
  });

  it('lets in the oldest whose group has room', () => {
    const book = new SlotBook({ overall: 2, perGroup: 1 });
    book.request('a1', 'a');
    book.request('b1', 'b');
    book.request('a2', 'a');
    book.request('c1', 'c');
    book.request('b2', 'b');
    expect(book.release('b1')).toBe('c1');
    expect(book.release('c1')).toBe('b2');
    expect(book.release('a1')).toBe('a2');
  });

  it('knows who asks twice: a holder still holds, a waiting one keeps their place', () => {
    const book = new SlotBook({ overall: 1, perGroup: 1 });
    expect(book.request('a', 'g')).toBe(true);
    expect(book.request('a', 'g')).toBe(true);
    book.request('b', 'g');
    book.request('c', 'g');
    expect(book.request('b', 'g')).toBe(false);
    expect(book.release('a')).toBe('b');
  });

  it('lets one in line give up their place, and takes no notice of a stranger', () => {
    const book = new SlotBook({ overall: 1, perGroup: 1 });
    book.request('a', 'g');
    book.request('b', 'g');
    book.request('c', 'g');
    expect(book.release('b')).toBeNull();
    expect(book.release('nobody')).toBeNull();
    expect(book.release('a')).toBe('c');
    expect(book.release('c')).toBeNull();
    expect(book.heldIn('g')).toBe(0);
    expect([book.request('d', 'g'), book.release('d')]).toEqual([true, null]);
  });

  it.each([0, -1, NaN])('refuses a limit of %d, with which nobody would ever be let in', (limit) => {
    expect(() => new SlotBook({ overall: limit, perGroup: 1 })).toThrow(RangeError);
    expect(() => new SlotBook({ overall: 1, perGroup: limit })).toThrow(RangeError);
  });
});

type Move = { kind: 'request'; key: number } | { kind: 'release'; key: number };

type Limits = { overall: number; perGroup: number };

const limits: fc.Arbitrary<Limits> = fc.record({
  overall: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constant(Infinity)),
  perGroup: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(Infinity)),
});
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.record({ kind: fc.constantFrom('request', 'release'), key: fc.nat(40) }),
  { maxLength: 120 },
);
const groupOf = (key: number | string): string => `group ${Number(key) % 5}`;
const groups = [0, 1, 2, 3, 4].map(groupOf);

/** What the book should do, found without any cleverness: one list, looked through from its oldest. */
class Model {
  readonly holders = new Set<string>();
  line: string[] = [];

  constructor(readonly limits: Limits) {}

  heldIn(group: string): number {
    return [...this.holders].filter((key) => groupOf(key) === group).length;
  }

  request(key: string): boolean {
    if (this.holders.has(key)) return true;
    if (!this.line.includes(key)) this.line.push(key);
    this.admit();
    return this.holders.has(key);
  }

  release(key: string): string | null {
    this.line = this.line.filter((other) => other !== key);
    return this.holders.delete(key) ? this.admit() : null;
  }

  private admit(): string | null {
    const { overall, perGroup } = this.limits;
    if (this.holders.size >= overall) return null;
    const next = this.line.find((key) => this.heldIn(groupOf(key)) < perGroup);
    if (next === undefined) return null;
    this.line = this.line.filter((key) => key !== next);
    this.holders.add(next);
    return next;
  }
}

describe('whatever is asked of the slot book', () => {
  it('no limit is passed, no slot is left empty, and the oldest that can comes next', () => {
    fc.assert(
      fc.property(limits, moves, (limit, list) => {
        const book = new SlotBook(limit);
        const model = new Model(limit);
        for (const { kind, key: number } of list) {
          const key = String(number);
          if (kind === 'request') expect(book.request(key, groupOf(key))).toBe(model.request(key));
          else expect(book.release(key)).toBe(model.release(key));
          const held = groups.map((group) => book.heldIn(group));
          expect(held).toEqual(groups.map((group) => model.heldIn(group)));
          expect(Math.max(...held)).toBeLessThanOrEqual(limit.perGroup);
          expect(held.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(limit.overall);
        }
        // Those left in line are the same, in the same order.
        for (const key of model.holders) expect(book.release(key)).toBe(model.release(key));
        expect(groups.map((group) => book.heldIn(group))).toEqual(groups.map(() => 0));
      }),
    );
  });

  it('everybody who asks is let in once those before them are done', () => {
    fc.assert(
      fc.property(
        limits,
        fc.uniqueArray(fc.nat(200), { maxLength: 60 }),
        fc.infiniteStream(fc.nat()),
        (limit, keys, chance) => {
          const book = new SlotBook(limit);
          const served = new Set<string>();
          const under: string[] = keys.map(String).filter((key) => book.request(key, groupOf(key)));
          while (under.length > 0) {
            const [done = ''] = under.splice((chance.next().value ?? 0) % under.length, 1);
            served.add(done);
            const next = book.release(done);
            if (next !== null) under.push(next);
          }
          expect(served.size).toBe(keys.length);
        },
      ),
    );
  });
});
