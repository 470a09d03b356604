import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assume, parseAssumption, type Assumptions } from '../../../src/domain/rehearsal/assumptions.js';
import { drawOf, type Fate, fateOf, isPageOff } from '../../../src/domain/rehearsal/fate.js';

const assumed = (...texts: string[]): Assumptions => assume(texts.map((text) => parseAssumption(text)));
const phones = Array.from({ length: 5_000 }, (_, index) => `00CCFC${index.toString(16).padStart(6, '0')}`);

/** How many of five thousand phones have each fate in a night. */
function counted(assumptions: Assumptions, seed = 1, night = 1): Record<Fate, number> {
  const counts: Record<Fate, number> = { well: 0, 'no-answer': 0, deferred: 0, failed: 0, silent: 0 };
  for (const phone of phones) counts[fateOf(seed, phone, night, assumptions)] += 1;
  return counts;
}

describe('a draw', () => {
  it('is from 0 to below 1, and depends on seed, phone and question alone', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), fc.string(), (seed, key, what) => {
        const draw = drawOf(seed, key, what);
        expect(draw).toBeGreaterThanOrEqual(0);
        expect(draw).toBeLessThan(1);
        expect(drawOf(seed, key, what)).toBe(draw);
      }),
    );
  });

  it.each([
    ['phone', (index: number) => drawOf(1, phones[index]!, 'fate 1')],
    ['seed', (index: number) => drawOf(index, 'a phone', 'fate 1')],
    ['question', (index: number) => drawOf(1, 'a phone', `call ${index}`)],
  ])('is as likely anywhere, from one %s to the next', (_what, draw) => {
    const tenths = new Array<number>(10).fill(0);
    for (let index = 0; index < 5_000; index += 1) tenths[Math.floor(draw(index) * 10)]! += 1;
    for (const count of tenths) expect(Math.abs(count - 500)).toBeLessThan(100);
  });
});

describe('the fate of phones', () => {
  it('is shared out as assumed', () => {
    const counts = counted(assumed('no-answer:5%', 'deferred:10%', 'failed:20%', 'silent:1%'));
    const percent = Object.fromEntries(Object.entries(counts).map(([fate, count]) => [fate, count / 50]));
    for (const [fate, share] of Object.entries({ 'no-answer': 5, deferred: 10, failed: 20, silent: 1, well: 64 }))
      expect(Math.abs(percent[fate]! - share)).toBeLessThan(2);
  });

  it('is nobody’s where nothing is assumed, and everybody’s at 100 %', () => {
    const none = ['no-answer:0%', 'deferred:0%', 'silent:0%'];
    expect(counted(assumed(...none, 'failed:0%')).well).toBe(5_000);
    expect(counted(assumed(...none, 'failed:100%')).failed).toBe(5_000);
    expect(counted(assumed('no-answer:25%', 'deferred:25%', 'silent:25%', 'failed:25%')).well).toBe(0);
  });

  it('is another in another night, and with another seed', () => {
    const half = assumed('failed:50%', 'no-answer:0%', 'deferred:0%', 'silent:0%');
    const failed = (seed: number, night: number): string[] =>
      phones.filter((phone) => fateOf(seed, phone, night, half) === 'failed');
    const first = new Set(failed(1, 1));
    for (const others of [failed(1, 2), failed(2, 1)]) {
      const both = others.filter((phone) => first.has(phone)).length;
      expect(Math.abs(both - 1_250)).toBeLessThan(150);
    }
  });

  it('stays with those who had it, where more is assumed of what is drawn last', () => {
    const [less, more] = [assumed('silent:5%'), assumed('silent:30%')];
    for (const phone of phones) {
      const fate = fateOf(1, phone, 1, less);
      if (fate !== 'well') expect(fateOf(1, phone, 1, more)).toBe(fate);
    }
  });
});

describe('whether a page is off', () => {
  it('stays so from night to night, for the share that is assumed', () => {
    const off = (percent: number): number =>
      phones.filter((phone) => isPageOff(1, phone, { 'page-off': percent / 100 })).length;
    expect([off(0), off(100)]).toEqual([0, 5_000]);
    expect(Math.abs(off(30) - 1_500)).toBeLessThan(150);
  });
});
