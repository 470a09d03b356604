import { describe, expect, it } from '@jest/globals';
import type { Rehearsal } from '../../../src/domain/rehearsal/rehearsal.js';
import type { RunStory } from '../../../src/domain/report/story/story.js';
import { renderRehearsalHtml } from '../../../src/report/rehearsal/html.js';
import { rowsOfPage } from '../support/page-rows.js';
import { playedRehearsal } from './support/played.js';
import { missingLicenses, onePhone, sampleRehearsal, sampleSpread, tooLong } from './support/sample.js';

const page = (rehearsal: Rehearsal, story: RunStory | null = null): string =>
  [...renderRehearsalHtml(rehearsal, story, { style: '', script: '' })].join('');

const headings = (html: string): string[] => [...html.matchAll(/<h2[^>]*>([^<]*)</g)].map(([, text = '']) => text);

/** The words of a page, without its marks. */
const words = (html: string): string =>
  html
    .replace(/<script.*?<\/script>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

describe('a rehearsal as a page', () => {
  it('says in its title and its headline that it is a rehearsal, and what would be', () => {
    const html = page(sampleRehearsal());
    expect(html).toContain('<title>Rehearsal of mpp-to-enterprise, 20261130210000-0a1b2c</title>');
    expect(html).toContain('<h1>Rehearsal of mpp-to-enterprise</h1>');
    expect(words(html)).toContain('The night would end at 03:41, 1h 19m before its window (22:00-05:00) closes;');
    expect(words(html)).toContain('This is a rehearsal, not a run: no phone or server was contacted');
    expect(words(html)).toContain('Would end 2026-12-02 03:41');
    expect(words(html)).toContain('All times are of Europe/Berlin.');
    expect(words(html)).not.toContain('UTC');
  });

  it('has all parts of the text, and no links to phones that it does not have', () => {
    const licenses = { needed: 2_000, held: 1_988, missing: missingLicenses(12) };
    const html = page(tooLong({ spread: sampleSpread, licenses }));
    expect(headings(html)).toEqual([
      ...['Night by night', 'How phones of the first night would end', 'Waves of the first night'],
      ...['The most phones under way at once', 'The file server', 'Licenses', 'What the thresholds would do later'],
      ...['How much it depends on luck', 'What to change', 'What it rests on'],
    ]);
    expect(words(html)).toContain('Phone by phone, a rehearsal is only told when it is made');
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, to]) => to)).toEqual(['#rests-on']);
    expect(html).not.toContain('id="course-chart"');
    expect(html).toContain('id="rests-on"');
  });

  it('with its phones has them in a table, each with how it would end, and nothing that was done', async () => {
    const [rehearsal, story] = await playedRehearsal(40, ['failed:10%']);
    const html = page(rehearsal, story);
    expect(headings(html)).toEqual([
      ...['Night by night', 'How phones of the first night would end', 'What would stand in the way'],
      ...['Waves of the first night', 'The most phones under way at once', 'The file server'],
      ...['What the thresholds would do later', 'What it rests on', 'Phones, and how each would end'],
    ]);
    expect(html).toContain('id="course-chart"');
    expect(html).toContain('"durations":null,"zone":"Europe/Berlin"');
    expect(words(html)).not.toMatch(/It was written to|What happened|Took\b|UTC/);
    const rows = rowsOfPage(html);
    expect(rows).toHaveLength(40);
    const failed = rows.find(({ code }) => code === 'upgrade-failed');
    const names = failed?.facts.map(([name]) => name);
    expect(names).toEqual(
      expect.arrayContaining(['What would go wrong', 'Would take', 'Would be written to', 'Would end']),
    );
    expect(names).not.toEqual(expect.arrayContaining(['Asked of it']));
    expect(Object.fromEntries(failed?.facts ?? [])['Would be written to']).toMatch(/^2026-12-01 2[23]:\d\d$/);
    const waiting = rows.find(({ cells }) => cells.outcome === 'aborted');
    expect(waiting?.facts.map(([name]) => name)).not.toContain('Would be written to');
  });

  it('shows texts as texts, wherever they come from', () => {
    const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(2)>\x1b\u202e';
    const { nights, ...rest } = tooLong({ spread: sampleSpread });
    const story = onePhone();
    const html = page({
      ...{ ...rest, profile: hostile, id: hostile, version: hostile, of: { run: hostile, at: hostile } },
      assumed: [{ name: 'failed', text: hostile, isUsual: true }],
      licenses: { needed: 3, held: 1, missing: [{ address: hostile, mac: hostile, model: hostile }] },
      advice: [{ option: hostile, endsAt: hostile, outsideWindow: 1, windowLeftMs: -1, fits: false }],
      nights: nights.map((night) => ({
        ...{ ...night, failures: { [hostile]: 1 }, mostAtOnce: [{ place: hostile, phones: 1, at: hostile }] },
        stopped: { text: hostile, written: 1, notProven: 1 },
        window: { text: hostile, zone: hostile, closesAt: hostile, endsAt: hostile, leftMs: 1, left: 1 },
        siteWindows: [
          { site: hostile, text: hostile, zone: hostile, closesAt: hostile, endsAt: hostile, leftMs: 1, left: 1 },
        ],
        files: (story.nights[0]?.files ?? []).map((one) => ({ ...one, server: hostile })),
      })),
    });
    expect(html.split('&lt;script>').length).toBeGreaterThan(10);
    expect(html).not.toMatch(/<script>alert|<img|\x1b|\u202e/);
  });
});
