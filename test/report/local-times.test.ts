import { expect, it } from '@jest/globals';
import { localTimes } from '../../src/report/local-times.js';

const berlin = localTimes('Europe/Berlin');

it('shows an instant as the clocks of a zone do, daylight saving included', () => {
  expect(berlin.minute('2026-12-02T02:41:59.999Z')).toBe('2026-12-02 03:41');
  expect(berlin.minute('2026-07-01T22:00:00.000Z')).toBe('2026-07-02 00:00');
  expect(berlin.time('2026-03-29T00:59:59.000Z')).toBe('01:59:59');
  expect(berlin.time('2026-03-29T01:00:00.000Z')).toBe('03:00:00');
  expect(localTimes('Pacific/Kiritimati').day('2026-12-31T10:00:00.000Z')).toBe('2027-01-01');
  expect(localTimes('UTC').minute('2026-01-31T22:14:05.000Z')).toBe('2026-01-31 22:14');
});

it('leaves out the day where the time of day says which is meant', () => {
  const since = '2026-12-01T21:00:00.000Z';
  expect(berlin.clock('2026-12-02T02:41:00.000Z', since)).toBe('03:41');
  expect(berlin.clock('2026-12-02T20:59:00.000Z', since)).toBe('2026-12-02 21:59');
  expect(berlin.clock('2026-12-01T20:59:00.000Z', since)).toBe('2026-12-01 21:59');
});

it('knows what is no instant, and no zone', () => {
  expect([berlin.minute('soon'), berlin.clock('', '2026-12-01T21:00:00.000Z')]).toEqual(['-', '-']);
  expect(() => localTimes('Europe/Nowhere')).toThrow(RangeError);
});
