import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import { safeJson } from '../../../src/domain/text/printable.js';
import { cutLines, linesOf } from '../../../src/report/notify/cut-lines.js';
import { headline, isQuietNight } from '../../../src/report/notify/headline.js';
import { slackMessage } from '../../../src/report/notify/slack.js';
import { teamsMessage } from '../../../src/report/notify/teams.js';
import { anyText } from '../../support/any-text.js';
import { printer, samplePhone, sampleReport } from '../support/sample.js';

const failed = samplePhone({ outcome: 'failed', touched: true, failure: failure('wrong-load', 'x') });
const night = sampleReport([samplePhone({ outcome: 'done' }), samplePhone({ outcome: 'done' }), failed], {
  noAnswer: { 'connect-timeout': 9 },
});
const summary = 'Run 20260131-221405\n  2 done\n  1 failed <@here> & `more`\n\nNext:\n';

describe('the line of a run', () => {
  it('has what needs somebody first, and those that never answered last', () => {
    expect(headline(night)).toBe('mpp-to-enterprise: 1 failed, 2 done, 9 no-answer of 12 targets');
    expect(isQuietNight(night)).toBe(false);
  });

  it('says what it was and how it ended', () => {
    const of = (run: object): string => headline(sampleReport([samplePhone()], { run }));
    expect(of({ profile: null })).toBe('audit: 1 audited of 1 targets');
    expect(of({ dryRun: true })).toBe('mpp-to-enterprise (dry run): 1 audited of 1 targets');
    expect(of({ interrupted: 'SIGTERM' })).toMatch(/ · interrupted \(SIGTERM\)$/);
    expect(of({ abortedBy: '4 of 52' })).toMatch(/ · stopped itself$/);
    expect(of({ declined: true })).toMatch(/ · not confirmed$/);
    expect(of({ profile: 'a\nb' })).toMatch(/^a\\x0ab: /);
    expect(headline(sampleReport([]))).toBe('mpp-to-enterprise: nothing of 0 targets');
  });

  it('of a quiet night has nothing for anybody', () => {
    expect(isQuietNight(sampleReport([samplePhone({ outcome: 'done' }), printer]))).toBe(true);
    expect(isQuietNight(sampleReport([], { run: { interrupted: 'SIGINT' } }))).toBe(false);
    expect(isQuietNight(sampleReport([], { run: { abortedBy: 'x' } }))).toBe(false);
  });
});

describe('a long text', () => {
  const size = (line: string): number => line.length + 1;

  it('keeps its beginning and its end, and says what is left out', () => {
    const lines = Array.from({ length: 100 }, (_, at) => `line ${at}`);
    expect(cutLines(lines, 10_000, size, 'r1')).toBe(lines);
    const cut = cutLines(lines, 300, size, 'r1');
    expect(cut[0]).toBe('line 0');
    expect(cut.slice(-12)).toEqual(lines.slice(-12));
    expect(cut.find((line) => line.startsWith('…'))).toBe(
      `… ${100 - (cut.length - 1)} lines are left out; fleet-migrate report r1 shows them`,
    );
    expect(cut.reduce((sum, line) => sum + size(line), 0)).toBeLessThanOrEqual(300);
  });

  it('has no half characters where a line is cut', () => {
    expect(linesOf(`abc\n${'😀'.repeat(5)}\n\n`, 6)).toEqual(['abc', '😀😀…']);
  });
});

describe('a message for Slack', () => {
  it('is a header, the summary as it was printed, and what run it was', () => {
    expect(slackMessage(night, summary)).toEqual({
      text: 'mpp-to-enterprise: 1 failed, 2 done, 9 no-answer of 12 targets',
      blocks: [
        {
          type: 'header',
          text: {
            type: 'plain_text',
            text: 'mpp-to-enterprise: 1 failed, 2 done, 9 no-answer of 12 targets',
            emoji: false,
          },
        },
        {
          type: 'section',
          text: {
            type: 'mrkdwn',
            text: "```\nRun 20260131-221405\n  2 done\n  1 failed &lt;@here&gt; &amp; 'more'\n\nNext:\n```",
          },
        },
        {
          type: 'context',
          elements: [
            {
              type: 'mrkdwn',
              text: '*Run* 20260131-221405   *Ended* 2026-01-31 22:17 UTC   *Took* 3m 20s   *Version* 0.1.0',
            },
          ],
        },
      ],
    });
  });

  it('keeps within what Slack takes, and lets no text out of its block, whatever it is', () => {
    const texts = fc.array(
      fc.oneof(anyText({ maxLength: 900 }), fc.constant('&'.repeat(5_000)), fc.constant('`'.repeat(2_000))),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 20 }), (parts, times) => {
        const text = Array.from({ length: times }, () => parts.join('\n')).join('\n');
        const { blocks, text: fallback } = slackMessage(sampleReport([], { run: { profile: parts[0] ?? null } }), text);
        expect(blocks.length).toBeLessThanOrEqual(50);
        expect(fallback).not.toMatch(/[<>]/);
        for (const block of blocks) {
          const shown = block.type === 'context' ? (block.elements[0]?.text ?? '') : block.text.text;
          expect(shown.length).toBeLessThanOrEqual(block.type === 'header' ? 150 : 3_000);
          if (block.type !== 'section') continue;
          expect(shown).toMatch(/^```\n[^`<>]*\n```$/);
          expect(shown.replaceAll(/&(?:amp|lt|gt);/g, '')).not.toContain('&');
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a message for Teams', () => {
  it('is a card with the line of the run, its summary line by line, and what run it was', () => {
    const { type, attachments } = teamsMessage(night, '  1 failed **bold** [x](http://a)\n\nNext:\n');
    expect(type).toBe('message');
    expect(attachments[0].contentType).toBe('application/vnd.microsoft.card.adaptive');
    const { body, ...card } = attachments[0].content;
    expect(card).toEqual({
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      msteams: { width: 'Full' },
    });
    const line = (text: string): object => ({
      type: 'RichTextBlock',
      spacing: 'None',
      inlines: [{ type: 'TextRun', text, fontType: 'Monospace', size: 'Small' }],
    });
    expect(body.slice(1, -1)).toEqual([
      line('\u00a0\u00a01 failed **bold** [x](http://a)'),
      line('\u00a0'),
      line('Next:'),
    ]);
    expect(body[0]).toMatchObject({ type: 'Container', style: 'attention' });
    expect(JSON.stringify(body[0])).toContain('mpp-to-enterprise: 1 failed, 2 done');
    expect(JSON.stringify(body.at(-1))).toContain('Run 20260131-221405 · Ended 2026-01-31 22:17 UTC');
    expect(teamsMessage(sampleReport([]), '').attachments[0].content.body[0]).toMatchObject({ style: 'good' });
  });

  it('keeps within 28 KB, whatever the text', () => {
    const texts = fc.array(
      fc.oneof(anyText({ maxLength: 900 }), fc.constant('電'.repeat(5_000)), fc.constant('\u0001'.repeat(2_000))),
      {
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 20 }), (parts, times) => {
        const text = Array.from({ length: times }, () => parts.join('\n')).join('\n');
        const message = teamsMessage(sampleReport([], { run: { profile: parts[0] ?? null } }), text);
        expect(Buffer.byteLength(safeJson(message))).toBeLessThanOrEqual(28_000);
      }),
      { numRuns: 60 },
    );
  });
});
