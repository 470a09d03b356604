import { expect, it } from '@jest/globals';
import { load } from 'cheerio/slim';
import { render } from 'preact-render-to-string';
import { wavesOf } from '../../../../src/domain/report/story/course.js';
import { CourseOfRun } from '../../../../src/report/html/parts/course.js';
import { Headline } from '../../../../src/report/html/parts/headline.js';
import { samplePhone, sampleReport } from '../../support/sample.js';

/** The times of the waves of a run, and of its headline, where it ended at that time. */
function timesShown(endedAt: string): string[] {
  const writtenAt = '2026-01-31T22:14:05.000Z';
  const phone = samplePhone({ outcome: 'done', touched: true });
  const course = CourseOfRun({ waves: wavesOf([{ phone, moments: [], wave: 1, writtenAt, endedAt }]) });
  const headline = Headline({ report: sampleReport([phone], { run: { startedAt: writtenAt, finishedAt: endedAt } }) });
  const page = load(`${render(headline)}${course && render(course)}`);
  return page('time')
    .toArray()
    .map((time) => page(time).text());
}

it('is to the second where a run took less than an hour, and to the minute otherwise', () => {
  const short = ['2026-01-31 22:14:05 UTC', '2026-01-31 22:14:25 UTC'];
  expect(timesShown('2026-01-31T22:14:25.000Z')).toEqual([...short, ...short]);
  const long = ['2026-01-31 22:14 UTC', '2026-01-31 23:15 UTC'];
  expect(timesShown('2026-01-31T23:15:00.000Z')).toEqual([...long, ...long]);
});
