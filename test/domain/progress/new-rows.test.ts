import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newRows } from '../../../src/domain/progress/new-rows.js';

/** A row as `word@time`; `word@?` has no time that can be read. */
const kind = {
  text: (row: string) => row,
  key: (row: string) => row.split('@')[0] ?? '',
  time: (row: string) => (/@\d+$/.test(row) ? Number(row.split('@')[1]) : null),
};
const come = (before: string[], now: string[]): string[] => newRows(before, now, kind);

describe('a row is new', () => {
  it.each<[string, string[], string[], string[]]>([
    ['where there was none', [], ['ok@5'], ['ok@5']],
    ['where nothing like it was there', ['no@5'], ['ok@5', 'no@5'], ['ok@5']],
    ['where there are more like it, whatever their times', ['ok@9'], ['ok@1', 'ok@9'], ['ok@1']],
    ['where there are more like it, word for word', ['ok@9'], ['ok@9', 'ok@9'], ['ok@9']],
    [
      'where it has pushed the oldest out of a full list, later',
      ['ok@3', 'no@2', 'x@1'],
      ['ok@9', 'ok@3', 'no@2'],
      ['ok@9'],
    ],
    ['with another that came with it', ['ok@3', 'no@2', 'x@1'], ['ok@9', 'no@8', 'ok@3'], ['ok@9', 'no@8']],
  ])('%s', (_, before, now, expected) => {
    expect(come(before, now)).toEqual(expected);
  });
});

describe('a row is none', () => {
  it.each<[string, string[], string[]]>([
    ['as it was', ['ok@5'], ['ok@5']],
    ['with another time', ['ok@5'], ['ok@9']],
    ['in a list whose times have all changed', ['ok@3', 'ok@2', 'no@1'], ['ok@9', 'ok@8', 'no@7']],
    ['in front of a full list, but earlier', ['ok@3', 'no@2', 'ok@2'], ['ok@1', 'ok@3', 'no@2']],
    ['in front of a full list, at a time that cannot be read', ['ok@3', 'no@2', 'ok@2'], ['ok@?', 'ok@3', 'no@2']],
    ['in a list that has become shorter', ['ok@3', 'no@2'], ['no@2']],
  ])('%s', (_, before, now) => {
    expect(come(before, now)).toEqual([]);
  });
});

describe('whatever lists show', () => {
  const row = fc.tuple(fc.constantFrom('ok', 'no', 'x'), fc.nat(9)).map(([word, time]) => `${word}@${time}`);
  const list = fc.array(row, { maxLength: 3 });

  it('the same list has no new row, and neither has one whose times alone have changed', () => {
    fc.assert(
      fc.property(list, fc.integer({ min: 10, max: 20 }), (before, later) => {
        expect(come(before, before)).toEqual([]);
        expect(
          come(
            before,
            before.map((one) => `${kind.key(one)}@${later}`),
          ),
        ).toEqual([]);
      }),
    );
  });

  it('new rows are rows of the list, in its order, and a word that was not there is always new', () => {
    fc.assert(
      fc.property(list, list, (before, now) => {
        const found = come(before, now);
        expect(now.filter((one) => found.includes(one)).slice(0, found.length)).toHaveLength(found.length);
        for (const one of now)
          if (!before.some((other) => kind.key(other) === kind.key(one))) expect(found).toContain(one);
      }),
    );
  });
});
