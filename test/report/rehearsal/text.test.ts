import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Rehearsal } from '../../../src/domain/rehearsal/rehearsal.js';
import { renderRehearsal } from '../../../src/report/rehearsal/text.js';
import { anyText } from '../../support/any-text.js';
import { playedRehearsal } from './support/played.js';
import { missingLicenses, onePhone, sampleNight, sampleRehearsal, sampleSpread, tooLong } from './support/sample.js';

/** The text as one line, as its lines are broken anywhere. */
const flat = (rehearsal: Rehearsal): string => renderRehearsal(rehearsal).replace(/\s+/g, ' ');

/** What is said before the first table. */
const answer = (rehearsal: Rehearsal): string =>
  flat({ ...rehearsal }).replace(/ (?:The night|Night by night): .*/, '');

/** The titles, in their order. */
const titles = (rehearsal: Rehearsal): string[] =>
  renderRehearsal(rehearsal)
    .split('\n')
    .filter((line) => /^\S.*:$/.test(line));

describe('a rehearsal as text', () => {
  it('has the answer first, then its numbers, and last what it rests on', () => {
    expect(renderRehearsal(sampleRehearsal())).toBe(`\
Rehearsal of mpp-to-enterprise. The night would end at 03:41, 1h 19m before its
window (22:00-05:00) closes; 1,942 of 2,000 phones would be moved, 58 are left
for the next night. It would not stop itself.

The night:
  night  begins            ends              window left  moved  left
      1  2026-12-01 22:00  2026-12-02 03:41  1h 19m       1,942    58

How phones would end:
  1,942 done, 20 deferred, 18 failed, 12 unverified, 8 no-answer.
  What would stand in the way: 20 busy, 18 upgrade-failed, 12
  silent-after-upgrading, 8 timeout (fleet-migrate explain WORD).

Waves:
  wave  phones  opens  ends   would end
     1       1  22:02  22:14  1 done
     2   1,971  22:14  03:41  1,941 done, 18 failed, 12 unverified

The most phones under way at once:
  where        phones  at
  everywhere      100  22:40
  Berlin           70  22:40
  10.0.4.0/24      31  00:05

The file server:
  1,972 phones would fetch 148 GB from http://10.0.0.5:6970; its link of 50
  Mbit/s would be full at times, first at 22:41: phones fetch 1.1 times as long
  as without it.

Licenses:
  2,000 licenses are needed and held.

What it rests on:
  Phones     2,000 phones of the run 20261129200000-d3e4f5 (2026-11-29 21:00),
             12 of them known from lists alone
  Durations  1,672 steps as phones of the same model took to the same load; 300
             steps guessed, as nothing is known of earlier runs
  Firmware   75 MB a load, guessed
  Assumed    busy:1% (usual), busy:10% Mon-Fri 07:00-19:00 (usual), call:4m
             (usual), failed:2%
  Seed       7: the same seed draws the same night again
  Times      of Europe/Berlin
  Rehearsal  20261130210000-0a1b2c, made 2026-11-30 22:00 by fleet-migrate
             0.1.0; no phone or server was contacted
`);
  });

  it('of a night that does not fit says how many its window is too short for, and what would fit', () => {
    expect(answer(tooLong())).toBe(
      'Rehearsal of mpp-to-enterprise. The night would end at 05:12, 12m 00s after its window (22:00-05:00) has closed; ' +
        '1,542 of 2,000 phones would be moved, 458 are left for the next night, 400 of them as the window closes first. ' +
        'After 2 nights 1 is still left.',
    );
    const text = flat(tooLong());
    expect(text).toContain('12m 00s over 1,542 458');
    expect(text).toContain(
      'What to change: --max-upgrading 120 would end at 05:10, 10m 00s after the window has closed, and still leave 3 for want of time. --max-upgrading 130 would end at 04:10. What',
    );
    expect(flat(tooLong({ advice: [] }))).toContain(
      'What to change: Nothing that was tried is enough: give it a longer window, or more nights.',
    );
    expect(flat(sampleRehearsal())).not.toContain('What to change');
  });

  it('names the link where phones wait for it, and counts those that are well and too slow', () => {
    const [files] = sampleNight().files;
    const slow = { ...files!, linkBitsPerSecond: 5_000_000, peakBitsPerSecond: 5_000_000, timesSlower: 6.3 };
    const { nights } = tooLong();
    const late = flat(tooLong({ nights: nights.map((night) => ({ ...night, files: [slow] })) }));
    expect(late).toContain('as the window closes first. Phones would wait for the link of 5 Mbit/s.');
    expect(late).toContain(
      'its link of 5 Mbit/s would be full at times, first at 22:41: phones fetch 6.3 times as long as without it.',
    );
    const answerOf = (night: Parameters<typeof sampleNight>[0]): string =>
      answer(sampleRehearsal({ nights: [sampleNight(night)] }));
    expect(answerOf({ tooSlow: 30, files: [slow] })).toContain(
      '30 phones would not be through within the time that each is given (--deadline), though they are well: the link of 5 Mbit/s is too slow.',
    );
    expect(answerOf({ tooSlow: 1 })).toContain(
      '1 phone would not be through within the time that each is given (--deadline), though it is well.',
    );
    expect(answerOf({ files: [slow] })).not.toContain('too slow');
    const { nights: few } = sampleRehearsal({ nights: [sampleNight({ tooSlow: 1 })] });
    expect(flat(sampleRehearsal({ nights: few }))).toContain(
      'give it a longer window, or more nights, or each phone more time (--deadline).',
    );
  });

  it('tells window by window where sites have their own', () => {
    const at = { zone: 'Europe/Berlin', closesAt: '2026-12-02T02:00:00.000Z', endsAt: '2026-12-02T02:10:00.000Z' };
    const siteWindows = [{ site: 'Bern', text: '23:00-03:00', ...at, leftMs: -10 * 60_000, left: 7 }];
    const rehearsal = sampleRehearsal({ nights: [sampleNight({ siteWindows })] });
    expect(answer(rehearsal)).toContain('The night would end at 03:41; 1,942 of');
    expect(flat(rehearsal)).toContain(
      'Windows: phones of window end window left left outside ' +
        'Bern 23:00-03:00 03:10 10m 00s over 7 all others 22:00-05:00 03:41 1h 19m 0 ',
    );
    expect(titles(sampleRehearsal())).not.toContain('Windows:');
    expect(flat(rehearsal)).toContain('night begins ends moved left 1 2026-12-01');
  });

  it('says of a window that opens later that it was not open, and not that it closed', () => {
    const at = { zone: 'Europe/Berlin', closesAt: '2026-12-02T02:00:00.000Z', endsAt: '2026-12-01T21:00:00.000Z' };
    const siteWindows = [{ site: 'Bern', text: '23:00-03:00', ...at, leftMs: null, left: 50 }];
    const night = sampleNight({ siteWindows, failures: { 'outside-window': 52 } });
    const rehearsal = sampleRehearsal({ nights: [night] });
    expect(answer(rehearsal)).toContain(
      '58 are left for the next night, 2 of them as the window closes first, 50 of them as the window of their site is not open yet.',
    );
    expect(flat(rehearsal)).toContain('Bern 23:00-03:00 - not open yet 50 ');
    expect(flat(rehearsal)).toContain(
      'Begin when the windows of its sites are open (--at): 50 phones are left as they are not yet.',
    );
  });

  it('says why and after how many phones a night would have stopped itself, the first one in the answer alone', () => {
    const text =
      '3 of 11 phones of wave 2 were written to and are not proven (27.3 %), more than 5 %: 3 upgrade-failed.';
    const stopped = sampleNight({ stopped: { text, written: 12, notProven: 3 } });
    const rehearsal = sampleRehearsal({ nights: [stopped] });
    expect(answer(rehearsal)).toMatch(
      /^Rehearsal of mpp-to-enterprise\. The night would have stopped itself after 12 phones, 3 of them not proven in the end: 3 of 11 phones of wave 2 .* The night would end at 03:41/,
    );
    expect(flat(rehearsal).split('would have stopped itself')).toHaveLength(2);
    expect(flat(rehearsal)).not.toContain('would not stop itself');
    expect(flat(tooLong())).toContain(
      'What the thresholds would do later: Night 2 would have stopped itself after 1 phone, not proven in the end: 1 of 1 phone',
    );
    const stops = (written: number, notProven: number): string =>
      answer(sampleRehearsal({ nights: [sampleNight({ stopped: { text: 'Why.', written, notProven } })] }));
    expect(stops(0, 0)).toContain('stopped itself before a phone was written to: Why.');
    expect(stops(2, 2)).toContain('after 2 phones, none of them proven in the end: Why.');
    expect(stops(2, 0)).toContain('after 2 phones, all of them proven in the end: Why.');
    expect(stops(1, 0)).toContain('after 1 phone, proven in the end: Why.');
  });

  it('says nothing of a window, waves, files and licenses where there are none', () => {
    const night = sampleNight({ window: null, waves: [], mostAtOnce: [], files: [], byOutcome: { deferred: 58 } });
    const { licenses: _none, ...rest } = sampleRehearsal({ nights: [night] });
    expect(titles(rest)).toEqual(['The night:', 'How phones would end:', 'What it rests on:']);
    expect(flat(rest)).not.toMatch(/window|null|undefined|NaN/);
    expect(answer(rest)).toContain('The night would end at 03:41; 1,942 of');
  });

  it('of one phone speaks of one', () => {
    const text = flat(onePhone());
    expect(answer(onePhone())).toContain('1 of 1 phone would be moved, none is left. It would not stop itself.');
    expect(text).toContain('1 phone would fetch 75 MB from http://10.0.0.5:6970, at most 1 Mbit/s (at 22:02).');
    expect(text).toContain('1 license is needed. None is held, so it is taken to be on the file server');
    expect(text).toContain('Phones written to: phones first ends would end 1 22:02 22:14 1 done');
    // Its place is everywhere: it is named once.
    expect(text).toContain('where phones at Berlin 1 22:02 ');
    expect(text).not.toContain('everywhere');
    expect(text).toContain('Phones 1 phone, known from lists alone Durations 1 step guessed');
    expect(text).toContain('Assumed nothing');
    expect(text).not.toMatch(/\b1 (?:phones|licenses|steps|are)\b/);
  });

  it('counts phones that could not be read', () => {
    expect(answer(sampleRehearsal({ unread: 5 }))).toContain(
      '5 phones could not be read in the audit, or not whole, and would not be now',
    );
    expect(answer(sampleRehearsal({ unread: 1 }))).toContain('1 phone could not be read');
    expect(answer(sampleRehearsal())).not.toContain('could not be read');
  });

  it('counts phones that are there already, and those that stay as they are', () => {
    const night = sampleNight({ byOutcome: { done: 1_842, 'already-done': 100, ineligible: 30 }, left: 28 });
    expect(answer(sampleRehearsal({ nights: [night] }))).toContain(
      '1,942 of 2,000 phones would be where the profile leads, where 100 are already, 28 are left for the next night. 30 phones would stay as they are.',
    );
  });

  it('lists the first licenses that would be missing, and says where all are', () => {
    const text = flat(sampleRehearsal({ licenses: { needed: 2_000, held: 1_988, missing: missingLicenses(12) } }));
    expect(text).toContain('2,000 licenses are needed, and 12 would be missing.');
    expect(text).toContain('10.0.0.4 00CCFC000004 8841 … and 7 more (--output json lists all).');
    expect(text).not.toContain('00CCFC000005');
    const few = flat(sampleRehearsal({ licenses: { needed: 2, held: 0, missing: missingLicenses(2) } }));
    expect(few).toContain('00CCFC000001');
    expect(few).not.toContain('more (');
  });

  it('tells the ranges of several rehearsals', () => {
    const spread = renderRehearsal(sampleRehearsal({ spread: sampleSpread }))
      .split('\n\n')
      .at(-2);
    expect(spread).toBe(`\
How much it depends on luck:
  Rehearsed 20 times, each with other draws. The first night:
                             least  middle   most
  ends at                    03:00   03:30  04:30
  moved                      1,930   1,942  1,951
  left                          49      58     70
  nights until none is left      2       2   more
  It would have stopped itself in none of 20.
  more: phones were still left after all nights that were rehearsed.`);
  });

  it('names the link that is not full, and another zone than that of the rehearsal', () => {
    const [files] = sampleNight().files;
    const night = sampleNight({ files: files ? [{ ...files, peakBitsPerSecond: 20_000_000 }] : [] });
    expect(flat(sampleRehearsal({ nights: [night] }))).toContain(
      'from http://10.0.0.5:6970, at most 20 Mbit/s (at 22:41) over a link of 50 Mbit/s.',
    );
    expect(answer(sampleRehearsal({ zone: 'UTC' }))).toContain(
      'at 02:41, 1h 19m before its window (22:00-05:00 Europe/Berlin) closes',
    );
  });

  it('tells what the runner itself played', async () => {
    const [rehearsal] = await playedRehearsal(40, ['failed:30%']);
    expect(answer(rehearsal)).toMatch(
      /^Rehearsal of mpp-to-enterprise\. The night would have stopped itself after \d+ phones/,
    );
    expect(titles(rehearsal)).toEqual([
      ...['Night by night:', 'How phones of the first night would end:', 'Waves of the first night:'],
      ...['The most phones under way at once:', 'The file server:', 'What the thresholds would do later:'],
      'What it rests on:',
    ]);
    expect(flat(rehearsal)).toContain('deferred:1% (usual), failed:30%, silent:1% (usual)');
  });

  it('keeps to 80 columns, and lets no text act on the terminal', () => {
    const small = fc.nat({ max: 99_999 });
    fc.assert(
      fc.property(anyText({ maxLength: 300 }), small, small, small, (text, moved, left, count) => {
        const night = sampleNight({
          ...{ moved, left, failures: { 'outside-window': count, [text]: count } },
          stopped: { text, written: count, notProven: left },
          mostAtOnce: [{ place: text, phones: count, at: text }],
        });
        const [files] = night.files;
        const rehearsal = tooLong({
          ...{ profile: text, id: text, version: text, spread: sampleSpread, nights: [night, night] },
          licenses: { needed: count, held: left, missing: [{ address: text, mac: text, model: text }] },
          advice: [{ option: text, endsAt: text, outsideWindow: count, windowLeftMs: -count, fits: false }],
        });
        if (files) night.files = [{ ...files, server: text, phones: count }];
        const lines = renderRehearsal(rehearsal).split('\n');
        expect(lines.filter((line) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(line))).toEqual([]);
        // Only a word that is longer than half of it may leave a line.
        const isWide = (line: string): boolean =>
          line.length > 80 && line.split(' ').every((word) => word.length <= 40);
        expect(lines.filter(isWide)).toEqual([]);
      }),
    );
  });
});
