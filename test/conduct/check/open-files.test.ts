import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitToFiles, openFilesLimit, refuseFewFiles, tellLowered } from '../../../src/conduct/check/open-files.js';
import { isUsageError } from '../../../src/domain/text/usage-error.js';
import type { MigrationProfile } from '../../../src/domain/plan/migration-profile.js';

const usual = { concurrency: 64, probeConcurrency: 512, scheme: 'auto', profile: null, dryRun: false } as const;
const writing = { ...usual, profile: { ways: ['partial-form', 'resync'] } as unknown as MigrationProfile };

describe('the limit of open files', () => {
  it('is what Linux says of this process', () => {
    const text =
      'Limit                     Soft Limit           Hard Limit           Units\nMax open files            1024                 4096                 files\n';
    expect(openFilesLimit(() => text)).toBe(1_024);
  });

  it('is unknown where nobody says', () => {
    const missing = (): never => {
      throw Object.assign(new Error('x'), { code: 'ENOENT' });
    };
    expect(openFilesLimit(missing)).toBeNull();
    expect(
      openFilesLimit(() => 'Max open files            unlimited            unlimited            files\n'),
    ).toBeNull();
  });

  it('under which nothing works is refused, with the number and what to do', () => {
    expect(() => refuseFewFiles(null)).not.toThrow();
    expect(() => refuseFewFiles(352)).not.toThrow();
    try {
      refuseFewFiles(256);
      expect('nothing').toBe('thrown');
    } catch (error) {
      expect(isUsageError(error)).toBe(true);
      expect((error as Error).message).toMatch(
        /only 256 files open and needs at least 352.*ulimit -n 4096.*LimitNOFILE=4096/,
      );
    }
  });
});

describe('how much is done at once', () => {
  it('is as wanted where it fits, or where nothing is known', () => {
    for (const limit of [null, 65_536, 4_096])
      expect(fitToFiles(usual, limit)).toMatchObject({ concurrency: 64, probeConcurrency: 512 });
  });

  it('is lowered to what fits, probes before phones', () => {
    expect(fitToFiles(usual, 400)).toEqual({ concurrency: 64, probeConcurrency: 104, fetching: 0 });
    expect(fitToFiles({ ...usual, concurrency: 1_024, probeConcurrency: 8_192 }, 1_024)).toEqual({
      ...{ concurrency: 240, probeConcurrency: 240, fetching: 0 },
    });
  });

  it('never needs more than there is, and never comes to nothing', () => {
    const wanted = fc.record({
      concurrency: fc.integer({ min: 1, max: 1_024 }),
      probeConcurrency: fc.integer({ min: 1, max: 8_192 }),
      scheme: fc.constantFrom('auto' as const, 'http' as const),
      profile: fc.constantFrom(null, writing.profile),
      dryRun: fc.boolean(),
    });
    fc.assert(
      fc.property(wanted, fc.integer({ min: 352, max: 30_000 }), (want, limit) => {
        const { concurrency, probeConcurrency, fetching } = fitToFiles(want, limit);
        const perPhone = want.profile === null ? 2 : 3;
        const perProbe = want.scheme === 'auto' ? 2 : 1;
        expect(64 + fetching + concurrency * perPhone + probeConcurrency * perProbe).toBeLessThanOrEqual(limit);
        expect(Math.min(concurrency, probeConcurrency)).toBeGreaterThanOrEqual(1);
        expect(concurrency).toBeLessThanOrEqual(want.concurrency);
        expect(probeConcurrency).toBeLessThanOrEqual(want.probeConcurrency);
        // Who can have both as wanted gets them.
        const all = 64 + fetching + want.concurrency * perPhone + want.probeConcurrency * perProbe;
        if (all <= limit) expect([concurrency, probeConcurrency]).toEqual([want.concurrency, want.probeConcurrency]);
      }),
    );
  });

  it('leaves room for phones that fetch their settings from us, where they may', () => {
    expect(fitToFiles(writing, 400).fetching).toBe(50);
    expect(fitToFiles({ ...writing, dryRun: true }, 400).fetching).toBe(0);
  });

  it('is told where it was lowered: as a warning with both numbers where somebody had asked for more', () => {
    const told: string[] = [];
    const log = {
      info: (text: string) => told.push(`info ${text}`),
      warn: (text: string) => told.push(`warn ${text}`),
    };
    tellLowered(usual, { concurrency: 64, probeConcurrency: 104 }, 400, () => false, log);
    tellLowered(usual, { concurrency: 30, probeConcurrency: 512 }, 400, () => true, log);
    tellLowered(usual, usual, 400, () => true, log);
    expect(told).toEqual([
      expect.stringMatching(/^info --probe-concurrency 512 .* lowered to 104/),
      expect.stringMatching(/^warn --concurrency 64 .* lowered to 30/),
    ]);
  });
});
