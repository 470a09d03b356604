import type {
  MissingLicense,
  Rehearsal,
  RehearsedNight,
  RehearsedSpread,
} from '../../../../src/domain/rehearsal/rehearsal.js';

/** The first night of 2,000 phones in Berlin; a test changes what it is about. */
export function sampleNight(change: Partial<RehearsedNight> = {}): RehearsedNight {
  return {
    night: 1,
    startsAt: '2026-12-01T21:00:00.000Z',
    endsAt: '2026-12-02T02:41:00.000Z',
    window: {
      ...{ text: '22:00-05:00', zone: 'Europe/Berlin' },
      ...{ closesAt: '2026-12-02T04:00:00.000Z', endsAt: '2026-12-02T02:41:00.000Z', leftMs: 79 * 60_000, left: 0 },
    },
    siteWindows: [],
    targets: 2_000,
    byOutcome: { done: 1_942, deferred: 20, failed: 18, unverified: 12, 'no-answer': 8 },
    failures: { busy: 20, 'upgrade-failed': 18, 'silent-after-upgrading': 12, timeout: 8 },
    moved: 1_942,
    movedTonight: 1_942,
    left: 58,
    tooSlow: 0,
    waves: [
      {
        ...{ wave: 1, phones: 1, byOutcome: { done: 1 } },
        ...{ firstWriteAt: '2026-12-01T21:02:00.000Z', lastEndAt: '2026-12-01T21:14:00.000Z' },
      },
      {
        ...{ wave: 2, phones: 1_971, byOutcome: { unverified: 12, done: 1_941, failed: 18 } },
        ...{ firstWriteAt: '2026-12-01T21:14:00.000Z', lastEndAt: '2026-12-02T02:41:00.000Z' },
      },
    ],
    stopped: null,
    mostAtOnce: [
      { place: null, phones: 100, at: '2026-12-01T21:40:00.000Z' },
      { place: 'Berlin', phones: 70, at: '2026-12-01T21:40:00.000Z' },
      { place: '10.0.4.0/24', phones: 31, at: '2026-12-01T23:05:00.000Z' },
    ],
    files: [
      {
        ...{ server: 'http://10.0.0.5:6970', phones: 1_972, bytes: 147_900_000_000 },
        ...{ peakBitsPerSecond: 50_000_000, peakAt: '2026-12-01T21:41:00.000Z', linkBitsPerSecond: 50_000_000 },
        timesSlower: 1.1,
      },
    ],
    ...change,
  };
}

/** A night that fits; a test changes what it is about. */
export function sampleRehearsal(change: Partial<Rehearsal> = {}): Rehearsal {
  return {
    schema: 'fleet-migrate/rehearsal@1',
    id: '20261130210000-0a1b2c',
    madeAt: '2026-11-30T21:00:00.000Z',
    version: '0.1.0',
    profile: 'mpp-to-enterprise',
    of: { run: '20261129200000-d3e4f5', at: '2026-11-29T20:00:00.000Z' },
    phones: 2_000,
    fromList: 12,
    unread: 0,
    seed: 7,
    zone: 'Europe/Berlin',
    assumed: [
      { name: 'busy', text: 'busy:1%', isUsual: true },
      { name: 'busy', text: 'busy:10% Mon-Fri 07:00-19:00', isUsual: true },
      { name: 'call', text: 'call:4m', isUsual: true },
      { name: 'failed', text: 'failed:2%', isUsual: false },
    ],
    timesFrom: { guess: 300, 'model-and-load': 1_672 },
    size: { bytes: 75_000_000, from: 'guess' },
    nights: [sampleNight()],
    licenses: { needed: 2_000, held: 2_000, missing: [] },
    advice: [],
    ...change,
  };
}

/** 400 phones do not get their turn before the window closes, and would with more slots. */
export function tooLong(change: Partial<Rehearsal> = {}): Rehearsal {
  const first = sampleNight({
    endsAt: '2026-12-02T04:12:00.000Z',
    window: {
      ...{ text: '22:00-05:00', zone: 'Europe/Berlin' },
      ...{ closesAt: '2026-12-02T04:00:00.000Z', endsAt: '2026-12-02T04:12:00.000Z', leftMs: -12 * 60_000, left: 400 },
    },
    byOutcome: { done: 1_542, deferred: 420, failed: 38 },
    failures: { 'outside-window': 400, 'upgrade-failed': 38, busy: 20 },
    ...{ moved: 1_542, movedTonight: 1_542, left: 458 },
  });
  const second = sampleNight({
    ...{ night: 2, startsAt: '2026-12-02T21:00:00.000Z', endsAt: '2026-12-02T23:10:00.000Z' },
    ...{ moved: 1_999, movedTonight: 457, left: 1, waves: [], files: [] },
    stopped: { text: '1 of 1 phone of wave 1 was written to and is not proven.', written: 1, notProven: 1 },
  });
  return sampleRehearsal({
    nights: [first, second],
    advice: [
      {
        ...{ option: '--max-upgrading 120', endsAt: '2026-12-02T04:10:00.000Z', outsideWindow: 3 },
        ...{ windowLeftMs: -10 * 60_000, fits: false },
      },
      {
        ...{ option: '--max-upgrading 130', endsAt: '2026-12-02T03:10:00.000Z', outsideWindow: 0 },
        ...{ windowLeftMs: 50 * 60_000, fits: true },
      },
    ],
    ...change,
  });
}

/** One phone from a list, moved in a night without window, waves or link. */
export function onePhone(): Rehearsal {
  const at = { firstWriteAt: '2026-12-01T21:02:00.000Z', lastEndAt: '2026-12-01T21:14:00.000Z' };
  const night = sampleNight({
    ...{
      endsAt: at.lastEndAt,
      window: null,
      targets: 1,
      byOutcome: { done: 1 },
      failures: {},
      moved: 1,
      movedTonight: 1,
      left: 0,
    },
    waves: [{ wave: null, phones: 1, byOutcome: { done: 1 }, ...at }],
    mostAtOnce: [null, 'Berlin'].map((place) => ({ place, phones: 1, at: at.firstWriteAt })),
    files: [
      {
        ...{ server: 'http://10.0.0.5:6970', phones: 1, bytes: 75_000_000 },
        ...{ peakBitsPerSecond: 1_000_000, peakAt: at.firstWriteAt, linkBitsPerSecond: null },
        timesSlower: 1,
      },
    ],
  });
  return sampleRehearsal({
    ...{ of: null, phones: 1, fromList: 1, assumed: [], timesFrom: { guess: 1 }, nights: [night] },
    licenses: { needed: 1, held: null, missing: [] },
  });
}

/** Twenty rehearsals of the sample night. */
export const sampleSpread: RehearsedSpread = {
  times: 20,
  endsAt: {
    ...{ least: '2026-12-02T02:00:00.000Z', middle: '2026-12-02T02:30:00.000Z', most: '2026-12-02T03:30:00.000Z' },
  },
  moved: { least: 1_930, middle: 1_942, most: 1_951 },
  left: { least: 49, middle: 58, most: 70 },
  stopped: 0,
  nights: { least: 2, middle: 2, most: null },
};

export function missingLicenses(count: number): MissingLicense[] {
  return Array.from({ length: count }, (_license, at) => ({
    ...{ address: `10.0.0.${at}`, mac: `00CCFC${at.toString(16).toUpperCase().padStart(6, '0')}`, model: '8841' },
  }));
}
