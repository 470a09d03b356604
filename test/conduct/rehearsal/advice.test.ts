import { describe, expect, it } from '@jest/globals';
import { adviceFor } from '../../../src/conduct/rehearsal/advice.js';
import { parseWaves } from '../../../src/domain/pacing/waves.js';
import { leftForWantOfTime, type RehearsedNight } from '../../../src/domain/rehearsal/rehearsal.js';
import { type Pacing, unpaced } from '../../../src/fleet/pacing/pacing.js';

/** A night that had room for so many of 100 phones. */
function night(written: number): RehearsedNight {
  const left = 100 - written;
  return {
    ...{ night: 1, startsAt: '2026-12-01T21:00:00.000Z', window: null, targets: 100, byOutcome: {} },
    endsAt: new Date(Date.parse('2026-12-02T04:00:00.000Z') - written).toISOString(),
    failures: left === 0 ? {} : { 'outside-window': left },
    ...{ moved: written, left, stopped: null, mostAtOnce: [], files: [] },
    waves: [{ wave: 1, phones: written, byOutcome: {}, firstWriteAt: '', lastEndAt: null }],
  };
}

/** Plays nights that move so many phones a slot. */
function playing(movesASlot: number): { play: (pacing: Pacing) => Promise<RehearsedNight>; asked: number[] } {
  const asked: number[] = [];
  const play = (pacing: Pacing): Promise<RehearsedNight> => {
    asked.push(pacing.maxUpgrading);
    return Promise.resolve(night(Math.min(100, Math.floor(pacing.maxUpgrading * movesASlot))));
  };
  return { play, asked };
}

describe('what would make a night fit', () => {
  it('is nothing where it fits', async () => {
    const { play, asked } = playing(10);
    expect(await adviceFor(night(100), { ...unpaced, maxUpgrading: 10 }, play)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('is so many slots, found out by playing the night with them', async () => {
    const { play, asked } = playing(5);
    const advice = await adviceFor(night(50), { ...unpaced, maxUpgrading: 10 }, play);
    expect(advice).toEqual([{ option: '--max-upgrading 22', endsAt: night(100).endsAt, outsideWindow: 0, fits: true }]);
    expect(asked).toEqual([22]);
  });

  it('is the most that helps, where none fits', async () => {
    const play = (pacing: Pacing): Promise<RehearsedNight> =>
      Promise.resolve(night(pacing.maxUpgrading > 30 ? 80 : pacing.maxUpgrading > 20 ? 70 : 50));
    expect(await adviceFor(night(50), { ...unpaced, maxUpgrading: 10 }, play)).toMatchObject([
      { outsideWindow: 20, fits: false },
    ]);
  });

  it('is nothing to do with slots where more of them do not help, and fewer waves are tried', async () => {
    const waves = parseWaves('1,10,50%,100%');
    const play = (pacing: Pacing): Promise<RehearsedNight> =>
      Promise.resolve(night(pacing.waves?.text === '1,100%' ? 100 : 50));
    expect(await adviceFor(night(50), { ...unpaced, maxUpgrading: 10, waves }, play)).toMatchObject([
      { option: '--waves 1,100%', fits: true },
    ]);
  });

  it('is no pace at which the night would stop itself, nor one that leaves as many', async () => {
    const waves = parseWaves('1,10,50%,100%');
    const play = (pacing: Pacing): Promise<RehearsedNight> =>
      Promise.resolve(
        pacing.maxUpgrading > 10
          ? { ...night(100), stopped: { text: 'too many failed', written: 20, notProven: 3 } }
          : night(50),
      );
    expect(await adviceFor(night(50), { ...unpaced, maxUpgrading: 10, waves }, play)).toEqual([]);
  });

  it('says nothing of phones that another reason holds back', () => {
    expect(leftForWantOfTime({ failures: { busy: 3, 'license-missing': 4 } })).toBe(0);
    expect(leftForWantOfTime({ failures: { busy: 3, 'outside-window': 4 } })).toBe(4);
  });
});
