import { describe, expect, it } from '@jest/globals';
import { playNights } from '../../../src/rehearse/play-nights.js';
import type { RehearsedNight } from '../../../src/domain/rehearsal/rehearsal.js';
import { rehearsalParts, type RehearsalWords } from '../../support/rehearsal/small-fleet.js';

/** The first night of these phones: some three minutes each. */
async function nightOf(words: RehearsalWords): Promise<RehearsedNight> {
  const { nights } = await playNights(rehearsalParts(words), { seed: 1, nights: 1 });
  return nights[0]!;
}

const bern = { site: 'Bern' };

describe('the windows of a night', () => {
  it('is that of the run, which ends with the night', async () => {
    const { window, siteWindows, endsAt } = await nightOf({ phones: 4, window: ['22:00-23:00'] });
    expect(siteWindows).toEqual([]);
    expect(window).toMatchObject({ text: '22:00-23:00', endsAt, left: 0, closesAt: '2026-12-01T23:00:00.000Z' });
    expect(window?.leftMs).toBe(Date.parse('2026-12-01T23:00:00.000Z') - Date.parse(endsAt));
  });

  it('are those of sites beside it, each with its own phones', async () => {
    const night = await nightOf({
      phones: [{}, {}, ...Array.from({ length: 20 }, () => bern)],
      ...{ window: ['22:00-23:00'], maxUpgrading: 4 },
      sites: { Bern: { window: ['22:00-22:09'] } },
    });
    const { window, siteWindows } = night;
    expect(siteWindows).toMatchObject([{ site: 'Bern', text: '22:00-22:09' }]);
    expect(siteWindows[0]!.left).toBeGreaterThan(0);
    expect(siteWindows[0]!.left).toBe(night.failures['outside-window']);
    expect(window).toMatchObject({ left: 0 });
    expect(window!.endsAt < siteWindows[0]!.endsAt).toBe(true);
  });

  it('are those of sites alone where each phone is in one: that of the run holds for none', async () => {
    const sites = { Bern: { window: ['22:00-22:30'] } };
    const night = await nightOf({ phones: [bern, bern], window: ['22:00-23:00'], sites });
    expect(night.window).toBeNull();
    expect(night.siteWindows).toHaveLength(1);
  });

  it('has nothing left of one that opens on another day', async () => {
    const sites = { Bern: { window: ['Sat 08:00-12:00'] } };
    const { siteWindows } = await nightOf({ phones: [{}, bern, bern], window: ['22:00-23:00'], sites });
    expect(siteWindows).toMatchObject([{ site: 'Bern', left: 2, leftMs: null }]);
  });

  it('is the one that was open last, where the run has several', async () => {
    const window = ['22:00-22:06', '22:30-23:00'];
    const night = await nightOf({ phones: 20, window, maxUpgrading: 10, waves: '5,100%' });
    expect(night.window?.closesAt).toBe(
      night.endsAt < '2026-12-01T22:30' ? '2026-12-01T22:06:00.000Z' : '2026-12-01T23:00:00.000Z',
    );
    const later = await nightOf({ phones: 4, window, at: '2026-12-01 22:30' });
    expect(later.window).toMatchObject({ closesAt: '2026-12-01T23:00:00.000Z' });
  });

  it('is none that never closes', async () => {
    expect((await nightOf({ phones: 2, window: ['00:00-24:00'] })).window).toBeNull();
  });
});
