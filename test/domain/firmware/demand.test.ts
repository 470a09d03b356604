import { describe, expect, it } from '@jest/globals';
import { firmwareDemand, type Pull } from '../../../src/domain/firmware/demand.js';

const pull = (phone: string, bytes: number | null, change: Partial<Pull> = {}): Pull => ({
  phone,
  server: 'http://10.0.0.5:6970',
  loadFamily: 'sip88xx',
  files: [
    { name: 'sip88xx.1.loads', bytes: 500 },
    { name: 'rootfs88xx.1.sbn', bytes },
  ],
  ...change,
});
const pace = { slots: 10, linkBitsPerSecond: 50_000_000 };

describe('what phones will fetch', () => {
  it('adds up by file server, with how long the link needs', () => {
    const phones = Array.from({ length: 120 }, (_, n) => pull(String(n), 65_999_500));
    const other = pull('x', 1_000, { server: 'tftp://10.0.0.9' });
    expect(firmwareDemand([other, ...phones], pace)).toEqual([
      {
        ...{ server: 'http://10.0.0.5:6970', phones: 120, bytes: 7_920_000_000, knownBytes: 7_920_000_000 },
        ...{ atMost: false, ...pace, seconds: 1_268 },
      },
      { server: 'tftp://10.0.0.9', phones: 1, bytes: 1_500, knownBytes: 1_500, atMost: false, ...pace, seconds: 1 },
    ]);
  });

  it('counts a phone that steps up first once, with both loads', () => {
    expect(firmwareDemand([pull('a', 500), pull('a', 500)], pace)[0]).toMatchObject({ phones: 1, bytes: 2_000 });
  });

  it('is not known where one size is not, or where nothing was looked at', () => {
    const [demand] = firmwareDemand([pull('a', 500), pull('b', null)], pace);
    expect(demand).toMatchObject({ bytes: null, knownBytes: 1_500, seconds: null });
    expect(firmwareDemand([pull('a', 0, { files: null })], pace)[0]).toMatchObject({ bytes: null, knownBytes: 0 });
  });

  it('is at most that where a load holds images of several platforms', () => {
    const files = ['rootfs88xx.1.sbn', 'rootfs288xx.1.sbn'].map((name) => ({ name, bytes: 1 }));
    expect(firmwareDemand([pull('a', 1, { files })], pace)[0]?.atMost).toBe(true);
  });

  it('has no duration without the speed of the link', () => {
    const noLink = { slots: null, linkBitsPerSecond: null };
    expect(firmwareDemand([pull('a', 1)], noLink)[0]).toMatchObject({ ...noLink, bytes: 501, seconds: null });
    expect(firmwareDemand([], noLink)).toEqual([]);
  });
});
