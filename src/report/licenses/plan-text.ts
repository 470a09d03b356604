import type { LicensePlan } from '../../domain/licenses/plan.js';
import type { Missing } from '../../domain/licenses/need.js';
import type { Direction } from '../../domain/phone/models.js';
import { printable, safeJson } from '../../domain/text/printable.js';
import { cellText, csvLine } from '../formats/cells.js';
import { alignColumns, phonesText, wrap } from '../plain-text.js';

const directionText: Readonly<Record<Direction, string>> = {
  e2m: 'from Enterprise to Multiplatform (e2m)',
  m2e: 'from Multiplatform to Enterprise (m2e)',
};

const missingText: Readonly<Record<Missing, string>> = { mac: 'MAC', productId: 'PID', vid: 'VID' };

/** How to find out what is missing (guide G3). */
const howToGet: Readonly<Record<Missing, string>> = {
  mac: 'The MAC: read the phone (fleet-migrate probe ADDRESS says what stands in the way), or give it in a list, read off its label.',
  productId:
    'The PID: an audit reads it off the phone. In a list, write it as the label does (CP-8841-K9) into a column "model".',
  vid: 'The VID: an audit reads it off an Enterprise phone whose web access is on. Otherwise read it off the label, and give it in a list (columns mac and vid) with --inventory.',
};

/** A longer list would not be read on a terminal. */
const mostShown = 20;

/** A plan for people. */
export function renderPlan(plan: LicensePlan): string {
  const { direction, orders, notNeeded, missing, left } = plan;
  const lines = [`Licenses to move ${directionText[direction]}, planned from ${fromText(plan.from)}:`, ''];
  if (orders.length === 0)
    lines.push(missing.length > 0 ? 'What is needed cannot be counted yet.' : 'No license is needed.');
  else
    lines.push(
      ...alignColumns(
        [
          ['order number', 'its support', 'needed', 'held', 'to order'],
          ...orders.map(({ sku, supportSku, needed, held, toOrder }) => [
            ...[sku, supportSku],
            ...[needed, held, toOrder].map(String),
          ]),
        ],
        new Set([2, 3, 4]),
      ),
    );
  if (notNeeded > 0)
    lines.push('', `${phonesText(notNeeded)} may return to Enterprise without a license (G10): none is ordered.`);
  if (missing.length > 0) lines.push('', ...missingLines(missing));
  if (left.neverMove.length > 0)
    lines.push(
      '',
      `${phonesText(left.neverMove.length)} never ${left.neverMove.length === 1 ? 'moves' : 'move'} so, and ${left.neverMove.length === 1 ? 'does' : 'do'} not count:`,
      ...shortList(
        left.neverMove.map(({ address, mac, reason }) => [place(address), mac ?? '', printable(reason, 200)]),
      ),
    );
  const notes = planNotes(plan);
  if (notes.length > 0) lines.push('', ...notes.flatMap((note) => wrap(note, 100, '- ')));
  return `${lines.join('\n')}\n`;
}

/** A plan in JSON, schema `fleet-migrate/licenses@1`. */
export function renderPlanJson(plan: LicensePlan): string {
  return `${safeJson({ ...plan, notes: planNotes(plan) }, 2)}\n`;
}

const columns = ['address', 'mac', 'productId', 'vid', 'serial', 'sku', 'state', 'replaces'] as const;

/** A plan as CSV, one line per phone that counts. */
export function renderPlanCsv({ phones, missing }: LicensePlan): string {
  const lacking = new Map(missing.map((one) => [`${one.address} ${one.mac}`, one.missing.join(' | ')]));
  return [
    csvLine([...columns, 'missing']),
    ...phones.map((phone) =>
      csvLine([...columns.map((name) => cellText(phone[name])), lacking.get(`${phone.address} ${phone.mac}`) ?? '']),
    ),
  ].join('');
}

function missingLines(missing: LicensePlan['missing']): string[] {
  const kinds = [...new Set(missing.flatMap((one) => one.missing))];
  return [
    `For ${phonesText(missing.length)} no license can be ordered yet:`,
    ...shortList(
      missing.map((one) => [
        place(one.address),
        one.mac ?? '',
        `${one.missing.map((what) => missingText[what]).join(', ')} not known${one.unread === null ? '' : `: ${printable(one.unread, 160)}`}`,
      ]),
    ),
    ...kinds.flatMap((kind) => wrap(howToGet[kind], 100, '  ')),
  ];
}

function shortList(rows: readonly string[][]): string[] {
  const more = rows.length - mostShown;
  const lines = alignColumns(rows.slice(0, mostShown)).map((line) => `  ${line}`);
  return more > 0 ? [...lines, `  … and ${more} more (--output json lists all).`] : lines;
}

/** What else somebody who orders should know. */
function planNotes(plan: LicensePlan): string[] {
  const { direction, untold, familyUnknown, left, orders, unidentified, notAmong } = plan;
  const replaced = plan.phones.filter(({ replaces }) => replaces !== null);
  const notes: string[] = [];
  if (direction === 'e2m' && plan.phones.length > 0)
    notes.push(
      'Phones that go to Webex Calling need no license of yours: Control Hub makes them while it migrates the phones (G12), and the Cloud Upgrader leads through it step by step. Order only for the others.',
    );
  if (unidentified > 0)
    notes.push(
      `${unidentified === 1 ? '1 row of the lists may be a phone, and does' : `${unidentified} rows of the lists may be phones, and do`} not say which: neither an address nor a MAC can be read there, so ${unidentified === 1 ? 'it is' : 'they are'} not in this plan. Add the MAC, or the address for an audit.`,
    );
  if (untold > 0)
    notes.push(
      `The firmware of ${phonesText(untold)} to order for does not tell whether ${untold === 1 ? 'it' : 'they'} may return without a license (G10). Where it is older than 11.3(3), an audit after the step up may show that none is needed.`,
    );
  for (const { mac, replaces } of replaced)
    notes.push(
      `${mac} stands where ${replaces} was, whose license is held: it cannot be used for another phone. If one replaces the other, ask Cisco licensing for a new license (G4) instead of ordering one.`,
    );
  if (familyUnknown > 0)
    notes.push(
      `Nothing says which firmware ${phonesText(familyUnknown)} ${familyUnknown === 1 ? 'runs' : 'run'}: counted as ${familyUnknown === 1 ? 'one' : 'ones'} that would move in this direction. An audit tells.`,
    );
  if (left.otherFamily > 0)
    notes.push(
      `${phonesText(left.otherFamily)} ${left.otherFamily === 1 ? 'runs' : 'run'} ${direction === 'e2m' ? 'Multiplatform' : 'Enterprise'} firmware already and ${left.otherFamily === 1 ? 'does' : 'do'} not count.`,
    );
  if (notAmong > 0)
    notes.push(`${phonesText(notAmong)} of earlier runs ${notAmong === 1 ? 'is' : 'are'} not among these.`);
  if (orders.some(({ toOrder }) => toOrder > 0))
    notes.push(
      'A license holds for one MAC and one direction. Questions about orders go to the licensing team, about the migration to the small business support center (G11).',
    );
  return notes;
}

function fromText(from: LicensePlan['from']): string {
  return 'run' in from ? `the run ${from.run}` : from.inventories.map((path) => printable(path, 80)).join(', ');
}

function place(address: string | null): string {
  return address === null ? '' : printable(address, 60);
}
