import { describe, expect, it } from '@jest/globals';
import { timeless } from '../../../../scripts/docs/pictures/timeless.js';

describe('what differs by time alone', () => {
  it.each([
    ['Run 20261130084057-0187af · mpp-to-enterprise · 10s', 'Run 20261129000000-ffffff · mpp-to-enterprise · 1m 05s'],
    ['took  440ms  2026-11-30 08:38 UTC', 'took  15s    2026-12-01 00:00 UTC'],
    ['fleet-migrate: 2026-11-30T08:38Z run: 7s', 'fleet-migrate: 2026-12-01T23:59Z run: 1h 02m'],
    ['The phone says: [11/30/2026 08:50:38] no', 'The phone says: [01/02/2027 23:00:00] no'],
    ['61 of 61 MB in 12 s', '61 of 61 MB in 0.1 s'],
    ['failed 0 · 12s · at most 2m left of this wave', 'failed 0 · 1m 02s'],
    ['failed 0 · 12s · at least 80s left of this wave', 'failed 0 · 1m 02s'],
    ['failed 0 · 12s · 3m to 44m left', 'failed 0 · 1m 02s · about 6m left'],
    ['has been using the store (pid 17 on', 'has been using the store (pid 4711 on'],
  ])('is equal: %s', (one, other) => {
    expect(timeless(one)).toBe(timeless(other));
  });

  it.each([
    ['5 done', '6 done'],
    ['failed 1', 'failed 0'],
    ['sip88xx.14-2-1-0101-26', 'sip88xx.14-2-1-0101-27'],
    ['http://10.0.0.5:6970', 'http://10.0.0.5:6971'],
    ['silent: it vanished', 'silent-after-upgrading: it vanished'],
    ['61 of 61 MB in 12 s', '60 of 61 MB in 12 s'],
  ])('does not hide what differs otherwise: %s', (one, other) => {
    expect(timeless(one)).not.toBe(timeless(other));
  });
});
