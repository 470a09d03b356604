import { needsAttention } from '../../domain/progress/outcome.js';
import type { Moment } from '../../domain/report/story/moments.js';
import type { PhoneStory } from '../../domain/report/story/story.js';
import { formatDuration } from '../../domain/text/duration.js';
import { printable } from '../../domain/text/printable.js';
import { changesText, planText, reasonsText } from '../formats/flatten.js';
import { utcMinute } from '../plain-text.js';
import { valueText } from '../runs/groups.js';
import { phoneRow } from '../table/row.js';
import type { PageRow } from './page-row.js';

/** The phone as a row of a page. */
export function pageRow({ phone, moments, wave }: PhoneStory): PageRow {
  const { row } = phoneRow(phone);
  const { eligibility, failure } = phone;
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['Product', phone.productId],
    ['Serial number', phone.serial],
    ['Hardware version', phone.hardwareVersion],
    ['VID', phone.vid],
    ['Family', phone.family],
    ['Authorized to return', row.authorized === '-' ? null : row.authorized],
    ['Reasons', reasonsText(eligibility?.reasons ?? [])],
    ['Warnings', reasonsText(eligibility?.warnings ?? [])],
    ['Plan', planText(phone.plan)],
    ['Changes', changesText(phone.changes)],
    ['What went wrong', failure && `${failure.code}: ${failure.message}`],
    ['What to do', failure?.hint],
    ['Next attempt', phone.nextAttemptAt && utcMinute(phone.nextAttemptAt)],
    ['Note', phone.note],
    ['Unified CM', phone.ucm && `${phone.ucm.name}, registered: ${phone.ucm.registered}`],
    ['Device pool', phone.ucm?.devicePool],
    ['Description', phone.ucm?.description],
    [
      'Asked of it',
      phone.requests === undefined ? null : phone.requests === 1 ? '1 request' : `${phone.requests} requests`,
    ],
    ['Took', formatDuration(phone.durationMs)],
  ];
  return {
    key: printable(phone.mac ?? phone.address, 80),
    cells: {
      ...{
        address: row.address,
        mac: row.mac,
        model: valueText(phone.model),
        firmware: valueText(phone.softwareVersion),
      },
      authorization: valueText(phone.transitionAuthorizationType),
      site: phone.site === null ? '' : valueText(phone.site),
      ...{ verdict: row.verdict, wave: wave === null ? '' : String(wave), outcome: row.outcome, reason: row.why },
    },
    code: failure?.code ?? '',
    isUrgent: needsAttention(phone),
    facts: facts.flatMap(([name, text]): [string, string][] => (text ? [[name, printable(text, 1_000)]] : [])),
    moments: momentRows(moments),
  };
}

/** What happened with a phone as a page shows it. */
export function momentRows(moments: readonly Moment[]): PageRow['moments'] {
  return moments.map(({ at, what, text }) => [printable(at, 40), printable(what, 60), printable(text, 600)]);
}
