import { expect, it } from '@jest/globals';
import { groupBy } from '../../../src/domain/lists/group-by.js';

it('puts items under what they have in common, in the order in which each was met first', () => {
  expect([...groupBy(['cat', 'a', 'dog', 'b'], (word) => word.length)]).toEqual([
    [3, ['cat', 'dog']],
    [1, ['a', 'b']],
  ]);
  expect([...groupBy([], String)]).toEqual([]);
});
