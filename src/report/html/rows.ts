import type { Moment } from '../../domain/report/story/moments.js';
import { mayBePhone } from '../../domain/report/groups.js';
import type { PhoneStory } from '../../domain/report/story/story.js';
import { needsSomebody } from '../../domain/report/unfinished.js';
import { formatDuration } from '../../domain/text/duration.js';
import { printable } from '../../domain/text/printable.js';
import { changesText, planText, reasonsText } from '../formats/flatten.js';
import { utcMinute, whereTo } from '../plain-text.js';
import { valueText } from '../runs/groups.js';
import { isProblem } from '../summary/failure-groups.js';
import { phoneRow } from '../table/row.js';
import type { PageRow } from './page-row.js';

/** For a phone that its run left to itself. */
const resumeHint =
  'Continue the run with fleet-migrate resume: its process is dead, and nobody works on this phone any more.';

/** What of its run a row depends on. */
interface RowContext {
  /** Nobody works on the run any more, and it has not ended. */
  isCutOff?: boolean;
  /** The report is of a choice of phones, which counts whatever was chosen. */
  isChoice?: boolean;
  /** What came of a phone goes by other names where it has not come yet. */
  wrong?: string;
  took?: string;
}

/** The phone as a row of a page. */
export function pageRow(
  { phone, moments, wave }: PhoneStory,
  { isCutOff = false, isChoice = false, wrong = 'What went wrong', took = 'Took' }: RowContext = {},
): PageRow {
  const { row } = phoneRow(phone);
  const { eligibility, failure } = phone;
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['Product', phone.productId],
    ['Serial number', phone.serial],
    ['Hardware version', phone.hardwareVersion],
    ['VID', phone.vid],
    ['Family', phone.family],
    ['The verdict is about moving', eligibility && whereTo(eligibility.direction)],
    ['Stood at', phone.outcome === null ? phone.state : null],
    ['Written to at', phone.outcome === null ? phone.writtenAt : null],
    ['Told of last at', phone.outcome === null ? phone.toldAt : null],
    ['Authorized to return', row.authorized === '-' ? null : row.authorized],
    ['Reasons', reasonsText(eligibility?.reasons ?? [])],
    ['Warnings', reasonsText(eligibility?.warnings ?? [])],
    ['Plan', planText(phone.plan)],
    ['Changes', changesText(phone.changes)],
    [wrong, failure && `${failure.code}: ${failure.message}`],
    ['What to do', failure?.hint ?? (isCutOff && phone.outcome === null ? resumeHint : null)],
    ['Next attempt', phone.nextAttemptAt && utcMinute(phone.nextAttemptAt)],
    ['Note', phone.note],
    ['Unified CM', phone.ucm && `${phone.ucm.name}, registered: ${phone.ucm.registered}`],
    ['Device pool', phone.ucm?.devicePool],
    ['Description', phone.ucm?.description],
    [
      'Asked of it',
      phone.requests === undefined ? null : phone.requests === 1 ? '1 request' : `${phone.requests} requests`,
    ],
    [took, phone.durationMs === null ? null : formatDuration(phone.durationMs)],
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
      site: valueText(phone.site),
      // As the fleet counts it; which way it is about stands among the facts.
      ...{
        verdict: eligibility?.verdict ?? '-',
        wave: wave === null ? '' : String(wave),
        outcome: row.outcome,
        reason: row.why,
      },
    },
    code: failure && isProblem(phone) ? failure.code : '',
    isPhone: isChoice || mayBePhone(phone),
    isUrgent: needsSomebody(phone, isCutOff),
    facts: facts.flatMap(([name, text]): [string, string][] => (text ? [[name, printable(text, 1_000)]] : [])),
    moments: momentRows(moments),
  };
}

/** What happened with a phone as a page shows it. */
export function momentRows(moments: readonly Moment[]): PageRow['moments'] {
  return moments.map(({ at, what, text }) => [printable(at, 40), printable(what, 60), printable(text, 600)]);
}
