import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { outcomes } from '../../../src/domain/progress/outcome.js';
import type { PhoneReport, RunReport } from '../../../src/domain/report/report.js';
import type { RunDiff } from '../../../src/domain/report/run-diff.js';
import { jsonLine, textLine } from '../../../src/log/line.js';
import { renderDiff, renderDiffJson } from '../../../src/report/runs/diff.js';
import { explainCommand } from '../../../src/cli/commands/explain.js';
import { renderLists } from '../../../src/report/summary/lists.js';
import { formatEvent } from '../../../src/report/formats/ndjson.js';
import { notifyBody } from '../../../src/report/notify/notify-body.js';
import { outputFormats, renderReport } from '../../../src/report/formats/render-report.js';
import { renderRunsTable, renderRunsJson } from '../../../src/report/runs/table.js';
import { renderSummary } from '../../../src/report/summary/summary.js';
import { samplePhone, sampleReport } from '../support/sample.js';
import { backgroundOfReport as background } from '../support/background.js';
import { runs } from '../../support/depth.js';
import { anyText } from '../../support/any-text.js';

/* Every way out, with a stranger's text in every place where a phone or a stored row could put one. */

/** What a terminal, an editor or a log reader acts on, and what nobody sees. */
const acts = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const withoutLineEnds = (text: string): string => text.replaceAll('\r\n', '').replaceAll('\n', '');

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '\x1b[2J',
          '\x1b]0;title\x07',
          '\x9b31m',
          '\x90',
          '\r\n',
          '\n',
          '\r',
          '\t',
          '\0',
          '\u2028',
          '\u0085',
          '\u202e',
          '\u2066',
        ],
        ...[
          '\u200b',
          '\ufeff',
          '\u3164',
          '\u{e0041}',
          '\ud800',
          '=',
          '+1',
          '-1',
          '@SUM(A1)',
          '=cmd|x!A1',
          ';=1',
          '"',
          "'",
          ',',
          ' ',
        ],
        ...[
          '<script>alert(1)</script>',
          '{"event":"outcome"}',
          '22:14:05.000 info  10.0.0.1 all fine',
          '\\',
          '%s',
          '电话',
        ],
      ),
      anyText({ maxLength: 3 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((pieces) => pieces.join(''));

/** A phone that lies with every word; `end` decides where it is listed. */
function liar(text: string, end: number): PhoneReport {
  return samplePhone({
    address: text,
    mac: text,
    model: text,
    productId: text,
    vid: text,
    serial: text,
    softwareVersion: text,
    hardwareVersion: text,
    transitionAuthorizationType: text,
    eligibility: {
      direction: 'm2e',
      verdict: 'unknown',
      reasons: [{ rule: text, text }],
      warnings: [{ rule: 'G2', text }],
    },
    plan: [{ step: 'convert', load: text, set: { upgradeRule: text }, note: text }],
    changes: [{ field: 'upgradeRule', from: text, to: text }],
    outcome: outcomes[end % outcomes.length] ?? 'failed',
    failure: end % 3 === 0 ? null : { code: end % 3 === 1 ? 'http-error' : text, message: text, hint: text },
    evidence: [{ at: text, kind: text, text }],
    site: text,
    note: text,
  });
}

const reports: fc.Arbitrary<RunReport> = fc
  .tuple(fc.array(fc.tuple(hostile, fc.nat(35)), { minLength: 1, maxLength: 4 }), hostile, fc.boolean())
  .map(([phones, run, isAudit]) =>
    sampleReport(
      phones.map(([text, end]) => liar(text, end)),
      {
        run: { id: run, profile: isAudit ? null : run, interrupted: run, abortedBy: run },
        noAnswer: { [run]: 2 },
      },
    ),
  );

const show = async (report: RunReport, format: (typeof outputFormats)[number], width = Infinity): Promise<string> =>
  [...(await renderReport(report, format, { table: { width, color: false }, background, csvFor: 'programs' }))].join(
    '',
  );

describe('a stranger’s text', () => {
  it('does nothing in any format of a report', async () => {
    await fc.assert(
      fc.asyncProperty(
        reports,
        fc.constantFrom(...outputFormats),
        fc.constantFrom(60, 100, Infinity),
        async (report, format, width) => {
          expect(withoutLineEnds(await show(report, format, width))).not.toMatch(acts);
        },
      ),
      { numRuns: runs(150, 1_500), seed: 4 },
    );
  });

  it('does nothing in the summary, the lists and the message of a run, and adds no line to them', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const [said, plain] = [report, JSON.parse(JSON.stringify(report)) as RunReport];
        for (const text of [renderSummary(said, { reportFiles: [said.run.id] }), renderLists(said)]) {
          expect(withoutLineEnds(text)).not.toMatch(acts);
        }
        // As many phones listed as there are: a list is as long with liars as with honest phones.
        plain.phones = plain.phones.map((phone) => ({
          ...phone,
          address: '10.0.0.1',
          mac: 'm',
          model: 'm',
          site: 's',
        }));
        const count = (text: string): number => text.split('\n').length;
        expect(count(renderLists(said))).toBe(count(renderLists(plain)));
        expect(notifyBody(said, renderSummary(said)).text).toBe(renderSummary(said));
      }),
      { numRuns: runs(50, 500), seed: 4 },
    );
  });

  it('does nothing in the list of runs and in what changed between two', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const run = {
          id: text,
          startedAt: text,
          finishedAt: text,
          profile: text,
          dryRun: true,
          state: text,
          declined: false,
        };
        const end = { workedMs: null, interrupted: text, abortedBy: text, declined: false, pausedSince: text };
        const runs = [{ ...run, ...end, totals: { targets: 1, byOutcome: { done: 1 } } }];
        const ref = { mac: text, address: text, model: text };
        const change = { mac: text, address: text, from: text, to: text };
        const diff: RunDiff = {
          ...{ from: run, to: run, added: [ref], notSeen: [ref], moved: [change] },
          ...{ firmware: [change], authorization: [change], newlyEligible: [ref] },
          ...{ outcomes: [], askedOnlyIn: { from: 0, to: 0 }, notKnown: [{ ...ref, seenIn: 'from' }] },
          ...{ compared: 1, outcomesCompared: false },
        };
        const lines = renderRunsTable(runs);
        expect(lines.split('\n')).toHaveLength(
          renderRunsTable([{ ...(runs[0] ?? never()), id: 'a' }]).split('\n').length,
        );
        for (const output of [lines, renderRunsJson(runs), renderDiff(diff), renderDiffJson(diff)]) {
          expect(withoutLineEnds(output)).not.toMatch(acts);
        }
      }),
      { numRuns: runs(50, 500), seed: 4 },
    );
  });

  it('is one line of a log and of an event stream, whatever it stands in', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, name) => {
        const fields = { [name]: text, deep: { [name]: [text, { cause: new Error(text) }] } };
        const entry = { at: 0, level: 'info' as const, address: text, mac: text, message: text, fields };
        const event = formatEvent({
          event: text,
          at: text,
          address: text,
          mac: text,
          detail: fields,
          error: new Error(text),
        });
        for (const line of [textLine(entry, true), jsonLine(entry, true), event.slice(0, -1)]) {
          expect(line).not.toMatch(acts);
        }
        expect(JSON.parse(jsonLine(entry))).toMatchObject({ level: 'info' });
        expect(textLine(entry)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d info {2}/);
      }),
      { numRuns: runs(100, 1_000), seed: 4 },
    );
  });

  it('is shown as text where it is asked for as a failure code', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const message = expect.not.stringMatching(acts) as unknown;
        await expect(explainCommand([text])).rejects.toThrow(expect.objectContaining({ code: 'usage', message }));
      }),
    );
  });
});

describe('a stranger’s text in a spreadsheet', () => {
  it.each([',', ';', '\t'])('is no formula where cells are parted at %j', async (delimiter) => {
    await fc.assert(
      fc.asyncProperty(reports, async (report) => {
        const text = await show(report, 'csv');
        const rows = parse(text, { delimiter, relaxColumnCount: true, relaxQuotes: true }) as string[][];
        // A program that parts at the comma knows our quotes; for one that does not, every cell counts by itself.
        const cells = delimiter === ',' ? rows.flat() : text.split(/\r\n/).flatMap((line) => line.split(delimiter));
        for (const cell of cells) expect(cell).not.toMatch(/^[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20]/);
      }),
      { numRuns: runs(50, 500), seed: 4 },
    );
  });
});

function never(): never {
  throw new RangeError('there is a run');
}
