import type { PhoneStory } from '../../domain/report/story/story.js';
import { pageRow } from '../html/rows.js';
import type { PageRow } from '../html/page-row.js';
import { localTimes } from '../local-times.js';

/** A phone of the first night as a row of a page: how it would end, and when. @param zone whose clocks the page shows */
export function rehearsedRow(story: PhoneStory, zone: string): PageRow {
  const { minute } = localTimes(zone);
  const { writtenAt, endedAt, phone } = story;
  // Nobody was asked.
  const { requests: _requests, ...unasked } = phone;
  const row = pageRow({ ...story, phone: unasked }, { wrong: 'What would go wrong', took: 'Would take' });
  const times: [string, string][] = [
    ...(writtenAt === null ? [] : [['Would be written to', minute(writtenAt)] as [string, string]]),
    ...(endedAt === null ? [] : [['Would end', minute(endedAt)] as [string, string]]),
  ];
  return { ...row, facts: [...row.facts, ...times] };
}
