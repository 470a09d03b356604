import { describe, expect, it } from '@jest/globals';
import { load } from 'cheerio/slim';
import fc from 'fast-check';
import { render } from 'preact-render-to-string';
import { SitesPage } from '../../../src/dashboard/pages/sites.js';
import { failure, type FailureCodeName } from '../../../src/domain/failures/failure-codes.js';
import { isTouched, states } from '../../../src/domain/progress/state.js';
import { outcomes } from '../../../src/domain/progress/outcome.js';
import { onlyThose } from '../../../src/domain/report/endings.js';
import type { ListedPhone, PhoneReport, RunReport } from '../../../src/domain/report/report.js';
import { phonesByReport } from '../../../src/domain/report/story/story.js';
import { chosenRows, viewOf } from '../../../src/report/html/page/choose.js';
import { searched } from '../../../src/report/html/page/search.js';
import { pageRow } from '../../../src/report/html/rows.js';
import { Story } from '../../../src/report/html/story.js';
import { samplePhone, sampleReport } from '../support/sample.js';
import { sampleUnfinished } from '../support/unfinished.js';

const codes: readonly FailureCodeName[] = [
  ...(['connect-refused', 'not-a-phone', 'license-missing', 'beyond-limit', 'not-confirmed'] as const),
];

const long = 'x'.repeat(90);

/** Texts that are easily taken for one another once they are shown; few, so that phones are alike. */
const likeNothing = fc.constantFrom(null, '-');
const likeEmpty = fc.constantFrom('', '(empty)');

/** What of a phone may be of any kind, whatever became of it. */
const shown = fc.record({
  ...{ model: likeNothing, softwareVersion: fc.constantFrom(`${long}1`, `${long}2`) },
  ...{ transitionAuthorizationType: likeEmpty, site: likeNothing, named: fc.boolean() },
  eligibility: fc.constantFrom(null, samplePhone().eligibility),
});

const endings = fc.record({
  outcome: fc.constantFrom(...outcomes),
  failure: fc.option(fc.constantFrom(...codes).map((code) => failure(code, 'x'))),
});

const reports = fc
  .record({
    ended: fc.array(fc.tuple(shown, endings), { maxLength: 12 }),
    left: fc.array(fc.tuple(shown, fc.constantFrom(...states)), { maxLength: 4 }),
    state: fc.constantFrom(undefined, 'running' as const, 'cut off' as const),
    silent: fc.nat(3),
    only: fc.option(fc.constantFrom('failed', 'no-answer', 'license-missing')),
  })
  .map(({ ended, left, state, silent, only }): RunReport => {
    const phones = ended.map(([phone, ending], at) =>
      samplePhone({
        ...phone,
        ...ending,
        address: `10.0.0.${at}`,
        mac: `00CCFC0000${at + 10}`,
      } as Partial<PhoneReport>),
    );
    const unfinished = left.map(([phone, stands], at) =>
      sampleUnfinished({
        ...{
          ...phone,
          address: `10.0.1.${at}`,
          mac: `00CCFC0001${at + 10}`,
          state: stands,
          touched: isTouched(stands),
        },
      }),
    );
    const noAnswer = silent === 0 ? {} : { 'connect-timeout': silent };
    const report = sampleReport(phones, { run: state === undefined ? {} : { state }, noAnswer });
    report.totals.targets += unfinished.length;
    return onlyThose(state === undefined ? report : { ...report, unfinished }, only === null ? [] : [only]);
  });

function rowsOf(report: RunReport) {
  const context = { isCutOff: report.run.state === 'cut off', isChoice: report.only !== undefined };
  return phonesByReport(report).map((phone) => searched(pageRow(phone, context)));
}

/** The number that each link of a page names, and how many rows it leads to. */
function linksOf(html: string, report: RunReport): [text: string, named: number, rows: number][] {
  const rows = rowsOf(report);
  const $ = load(html, null, false);
  return $('a[href*="#"]')
    .toArray()
    .flatMap((link): [string, number, number][] => {
      const [hash = ''] = /#.*=.*$/.exec($(link).attr('href') ?? '') ?? [];
      const told = viewOf(hash);
      const text = $(link).text();
      const named = /^\d+/.exec(text);
      return told && named ? [[text, Number(named[0]), chosenRows(rows, told.view).length]] : [];
    });
}

describe('a number on a page that leads to phones', () => {
  it('leads to exactly as many, whatever the report', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const story = { report, phones: phonesByReport(report), changes: null };
        const links = linksOf(render(Story({ story, next: {} })), report);
        expect(links.map(([text, , rows]) => [text, rows])).toEqual(links.map(([text, named]) => [text, named]));
      }),
      { numRuns: 200 },
    );
  });

  it('so do those of the sites', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const links = linksOf(render(SitesPage({ report })), report);
        expect(links.map(([text, , rows]) => [text, rows])).toEqual(links.map(([text, named]) => [text, named]));
      }),
      { numRuns: 100 },
    );
  });

  it('says what is only counted, where not all are listed', () => {
    const silent = samplePhone({ outcome: 'no-answer', failure: failure('connect-refused', 'x') });
    const report = sampleReport([silent], { noAnswer: { 'connect-timeout': 193 } });
    const $ = load(render(Story({ story: { report, phones: phonesByReport(report), changes: null }, next: {} })));
    const item = $('ul.outcomes li.of-no-answer');
    expect(item.text()).toContain('194 no-answer');
    expect(item.text()).toContain('1 listed; the others are only counted');
    expect(item.find('a').text()).toBe('1 listed');
  });
});

describe('the verdict of a phone on a page', () => {
  it('is the one of the report, so that a choice shows as many as the fleet has', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const all: ListedPhone[] = [...report.phones, ...(report.unfinished ?? [])];
        const rows = rowsOf(report).filter(({ row }) => row.cells.verdict === 'eligible');
        expect(rows).toHaveLength(all.filter(({ eligibility }) => eligibility?.verdict === 'eligible').length);
      }),
      { numRuns: 50 },
    );
  });
});
