import { describe, expect, it } from '@jest/globals';
import type { FirmwareDemand } from '../../../src/domain/firmware/demand.js';
import { firmwareSentences } from '../../../src/report/summary/firmware.js';

const demand: FirmwareDemand = {
  ...{ server: 'http://10.0.0.5:6970', phones: 120, bytes: 7_920_000_000, knownBytes: 7_920_000_000, atMost: false },
  ...{ slots: 10, linkBitsPerSecond: 50_000_000, seconds: 1_268 },
};

describe('what the phones will pull', () => {
  it.each<[Partial<FirmwareDemand>, string]>([
    [
      {},
      'These 120 phones will pull 7.9 GB from http://10.0.0.5:6970, about 21 minutes at 10 slots over 50 Mbit/s; restarts come on top.',
    ],
    [
      { atMost: true, linkBitsPerSecond: null, seconds: null, slots: null },
      'These 120 phones will pull at most 7.9 GB from http://10.0.0.5:6970.',
    ],
    [
      { phones: 1, slots: 1, linkBitsPerSecond: null, seconds: null },
      'This phone will pull 7.9 GB from http://10.0.0.5:6970 at 1 slot.',
    ],
    [
      { slots: null, seconds: 80 },
      'These 120 phones will pull 7.9 GB from http://10.0.0.5:6970, about 80 seconds over 50 Mbit/s; restarts come on top.',
    ],
    [
      { seconds: 9_000 },
      'These 120 phones will pull 7.9 GB from http://10.0.0.5:6970, about 2.5 hours at 10 slots over 50 Mbit/s; restarts come on top.',
    ],
    [
      { bytes: null, seconds: null, slots: null, atMost: true },
      'These 120 phones will pull 7.9 GB and files of unknown size from http://10.0.0.5:6970.',
    ],
    [
      { bytes: null, knownBytes: 0, seconds: null, slots: null },
      'These 120 phones will pull an unknown amount (the server does not tell sizes) from http://10.0.0.5:6970.',
    ],
  ])('%j', (change, sentence) => {
    expect(firmwareSentences([{ ...demand, ...change }])).toEqual([sentence]);
  });
});
