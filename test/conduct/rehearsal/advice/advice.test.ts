import { describe, expect, it } from '@jest/globals';
import { adviceFor } from '../../../../src/conduct/rehearsal/advice/advice.js';
import type { Pace } from '../../../../src/conduct/rehearsal/advice/reckoned-night.js';
import { wantOfTime } from '../../../../src/domain/rehearsal/rehearsal.js';
import { playNights, type PlayedNights } from '../../../../src/rehearse/play-nights.js';
import { rehearsalParts, type RehearsalWords } from '../../../support/rehearsal/small-fleet.js';

/** Some three minutes a phone, in a window of an hour: six slots move about a hundred. */
const narrow: RehearsalWords = { phones: 200, window: ['22:00-23:00'], maxUpgrading: 6 };

/** What is advised for a night, and what was played for it. */
async function advised(words: RehearsalWords): Promise<{
  advice: Awaited<ReturnType<typeof adviceFor>>;
  played: PlayedNights;
  tried: Pace[];
  /** How many of the nights that were tried stopped themselves. */
  stopped: number;
}> {
  const parts = rehearsalParts(words);
  const tried: Pace[] = [];
  let stopped = 0;
  const play = (pace: Partial<Pace>): Promise<PlayedNights> => playNights(parts, { seed: 1, nights: 1, ...pace });
  const played = await play({});
  const { pacing, concurrency, link } = parts.options;
  const advice = await adviceFor(played, { pacing, concurrency, link: link ?? null }, async (pace) => {
    tried.push(pace);
    const night = await play(pace);
    if (night.nights[0]!.stopped !== null) stopped += 1;
    return night;
  });
  return { advice, played, tried, stopped };
}

/** The option that is advised, with how many of the night's phones it still leaves. */
async function advisedIn(words: RehearsalWords): Promise<string> {
  const { advice, played } = await advised(words);
  expect(wantOfTime(played.nights[0]!)).toBeGreaterThan(0);
  return advice.map(({ option, fits }) => `${option}${fits ? '' : ' (not enough)'}`).join('; ');
}

describe('what would make a night fit', () => {
  it('is nothing where it fits', async () => {
    const { advice, tried } = await advised({ ...narrow, phones: 20 });
    expect([advice, tried]).toEqual([[], []]);
  });

  it('is about as many slots as are needed, found true by playing the night with them', async () => {
    const { advice, tried } = await advised(narrow);
    const slots = Number(/^--max-upgrading (\d+)$/.exec(advice[0]!.option)?.[1]);
    expect(advice).toMatchObject([{ fits: true, outsideWindow: 0 }]);
    expect(advice[0]!.windowLeftMs).toBeGreaterThan(-20 * 60_000);
    expect(tried.length).toBeLessThanOrEqual(2);
    const fewer = await advised({ ...narrow, maxUpgrading: Math.floor(slots * 0.8) });
    expect(wantOfTime(fewer.played.nights[0]!)).toBeGreaterThan(0);
  });

  it('is more slots a subnet where those are what is short', async () => {
    const phones = Array.from({ length: 200 }, (_, index) => ({ subnet: index % 4 }));
    const words = { ...narrow, phones, maxUpgrading: 100, maxUpgradingPerSubnet: 1 };
    expect(await advisedIn(words)).toMatch(/^--max-upgrading-per-subnet \d+$/);
  });

  it('is more of both where both are short', async () => {
    const phones = Array.from({ length: 200 }, (_, index) => ({ subnet: index % 4 }));
    const words = { ...narrow, phones, maxUpgrading: 6, maxUpgradingPerSubnet: 2 };
    expect(await advisedIn(words)).toMatch(/^--max-upgrading \d+ --max-upgrading-per-subnet \d+$/);
  });

  it("is more slots of a site where the site's own are short", async () => {
    const phones = Array.from({ length: 80 }, () => ({ site: 'Bern' }));
    const words = { ...narrow, phones, maxUpgrading: 100, sites: { Bern: { maxUpgrading: 2 } } };
    expect(await advisedIn(words)).toMatch(/^limits\.maxUpgrading \d+ of Bern$/);
  });

  it("counts by a site's own window where that is what closes", async () => {
    const phones = Array.from({ length: 80 }, () => ({ site: 'Bern' }));
    const sites = { Bern: { window: ['22:00-23:00'] } };
    const words = { ...narrow, phones, window: ['00:00-24:00'], maxUpgrading: 2, sites };
    expect(await advisedIn(words)).toMatch(/^--max-upgrading \d+$/);
  });

  it('is more connections where these cannot look after as many phones as there are slots', async () => {
    expect(await advisedIn({ ...narrow, window: ['22:00-22:20'], maxUpgrading: 100, concurrency: 1 })).toMatch(
      /^--concurrency \d+$/,
    );
  });

  it('is fewer waves where more slots do not help', async () => {
    const waves = '1,2%,4%,6%,8%,10%,12%,14%,16%,18%,20%,22%,24%,26%,28%,100%';
    expect(await advisedIn({ ...narrow, phones: 100, maxUpgrading: 100, waves })).toBe('--waves 1,100%');
  });

  it('is a longer window where neither helps, as there are no limits but waves', async () => {
    const { maxUpgrading: _slots, ...unlimited } = narrow;
    const { advice } = await advised({ ...unlimited, phones: 60, window: ['22:00-22:06'], waves: '1,100%' });
    expect(advice).toMatchObject([{ option: expect.stringMatching(/^--window 22:00-22:\d[05]$/), fits: true }]);
  });

  it('is a faster link where phones wait for it, and no more slots, which would make them wait longer', async () => {
    const { advice, played } = await advised({ ...narrow, phones: 60, maxUpgrading: 20, link: 10e6 });
    const [night] = played.nights;
    expect(night!.files[0]!.timesSlower).toBeGreaterThan(2);
    expect(advice).toMatchObject([{ option: expect.stringMatching(/^a link of \d+ Mbit\/s$/), fits: true }]);
    const speed = Number(/\d+/.exec(advice[0]!.option)![0]) * 1e6;
    const again = await advised({ ...narrow, phones: 60, maxUpgrading: 20, link: speed });
    expect(wantOfTime(again.played.nights[0]!)).toBe(0);
  });

  it('is a faster link and more slots where both are short', async () => {
    expect(await advisedIn({ ...narrow, link: 20e6 })).toMatch(/^--max-upgrading \d+ and a link of \d+ Mbit\/s$/);
  });

  it('is a number of slots where the thresholds alone limit them', async () => {
    const words = { phones: 100, window: ['22:00-22:30'], abortAfter: ['5%'] };
    expect(await advisedIn(words)).toMatch(/^--max-upgrading \d+$/);
  });

  it('is no pace at which the night would stop itself', async () => {
    // With few slots the window closes before the third has failed.
    const words = { ...narrow, phones: 100, maxUpgrading: 2, assume: ['failed:30%'], abortAfter: ['10'] };
    const { advice, played, stopped } = await advised(words);
    expect(played.nights[0]!.stopped).toBeNull();
    expect(stopped).toBeGreaterThan(0);
    for (const { fits } of advice) expect(fits).toBe(false);
  });

  it('is what helps most where nothing is enough, and says how many it still leaves', async () => {
    // The second wave opens after the window of their site has closed, whatever the slots.
    const phones = Array.from({ length: 60 }, () => ({ site: 'Bern' }));
    const sites = { Bern: { window: ['22:00-22:06'] } };
    const { advice } = await advised({ phones, sites, maxUpgrading: 2, waves: '50%,100%' });
    expect(advice).toMatchObject([
      { option: expect.stringMatching(/^--max-upgrading \d+$/), outsideWindow: 30, fits: false, windowLeftMs: null },
    ]);
  });

  it('plays but a few nights for it, and none twice', async () => {
    for (const words of [
      { ...narrow, maxUpgradingPerSubnet: 2, waves: '1,10,10%,50%,100%' },
      { ...narrow, phones: 600, link: 22e6 },
    ]) {
      const { tried } = await advised(words);
      expect(tried.length).toBeLessThanOrEqual(5);
      const texts = tried.map(({ pacing, concurrency, link }) => {
        const { waves, maxUpgrading, maxUpgradingPerSubnet, window } = pacing;
        return JSON.stringify([waves?.text, maxUpgrading, maxUpgradingPerSubnet, window?.text, concurrency, link]);
      });
      expect(new Set(texts).size).toBe(tried.length);
    }
  });

  it('suspects the link also where more slots make it so slow that the night gets worse', async () => {
    expect(await advisedIn({ ...narrow, phones: 600, link: 22e6 })).toMatch(/and a link of \d+ Mbit\/s/);
  });

  it('is nothing where phones are too slow for another reason than the link', async () => {
    const { advice, played } = await advised({ phones: 10, assume: ['duration:60m'] });
    expect(played.nights[0]!.tooSlow).toBe(10);
    expect(advice).toEqual([]);
  });

  it('can be copied into a shell', async () => {
    const { maxUpgrading: _slots, ...unlimited } = narrow;
    const words = { ...unlimited, phones: 60, window: ['Mon-Fri 22:00-22:06'], waves: '1,100%' };
    expect(await advisedIn(words)).toMatch(/^--window "Mon-Fri 22:00-22:\d[05]"$/);
  });
});
