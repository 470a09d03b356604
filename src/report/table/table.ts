import Table from 'cli-table3';
import pc from 'picocolors';
import { inAddressOrder } from '../../domain/network/address-order.js';
import { isBeyondLimit, needsAttention, type Outcome, outcomes } from '../../domain/progress/outcome.js';
import type { PhoneReport, RunReport } from '../../domain/report/report.js';
import { wrap } from '../plain-text.js';
import { cutTo } from './cut.js';
import { byUrgency, outcomeColor } from './outcome-style.js';
import { gap, layOut, type TableLayout } from './layout.js';
import { type TableColumn, tableRow } from './row.js';

export interface TableOptions {
  /** Characters per line; `Infinity` for a pipe or a file: nothing is cut. */
  width: number;
  color: boolean;
  /** With more phones than this, only those that need attention are listed, and at most this many; 200 unless given. */
  most?: number;
  /** Where the full list is, as shown to the user, e.g. `demo-report.csv`. */
  fullList?: string;
}

const usualMost = 200;

/** More than this many other devices are only counted: they are of no interest here. */
const mostOthers = 10;

/**
 * The phones as a table. Three groups, each by address: first those that need no attention, then, nearer to the prompt, those that
 * do, the most urgent last, and a few lines of other devices.
 *
 * With more than `most` phones, the first group is only counted, with a line saying where the full list is.
 */
export function renderTable(report: RunReport, options: TableOptions): string {
  const most = options.most ?? usualMost;
  const isOther = (phone: PhoneReport): boolean => phone.outcome === 'not-a-phone' && !needsAttention(phone);
  const all = inAddressOrder(report.phones, ({ address }) => address);
  const phones = all.filter((phone) => !isOther(phone));
  const others = all.filter(isOther);
  const wanted = phones.filter(needsAttention);
  const urgent = byUrgency.flatMap((outcome) => wanted.filter((phone) => phone.outcome === outcome));
  const quiet = phones.filter((phone) => !needsAttention(phone) && !isBeyondLimit(phone));
  if (phones.length === 0 && others.length === 0) return 'No phone was found.\n';

  const groups = [
    group('', quiet, phones.length <= most ? most : 0),
    // Not looked at, as asked.
    group('', phones.filter(isBeyondLimit), 0),
    { ...group('Need attention', urgent, most), wanted: true },
    group(notPhones, others, others.length <= mostOthers ? mostOthers : 0),
  ].filter(({ all }) => all.length > 0);
  const rows = groups.flatMap(({ listed }) => listed).map(tableRow);
  const ofPhones = rows.slice(0, rows.length - (groups.find(({ title }) => title === notPhones)?.listed.length ?? 0));
  const kind = report.run.profile === null ? 'audit' : 'migration';
  const layout = layOut(rows, ofPhones, { width: options.width, kind });

  const parts: string[] = sameText(layout, ofPhones.length, options.width);
  let row = 0;
  for (const { title, all, listed, wanted: isWanted } of groups) {
    if (listed.length > 0) {
      const heading = title === '' ? '' : `${title} (${all.length})\n`;
      parts.push(heading + drawTable(layout, row, row + listed.length, { color: options.color, wanted: isWanted }));
      row += listed.length;
    }
    if (listed.length < all.length) parts.push(notListed(all, listed.length, options.fullList));
  }
  return parts.join('\n');
}

/** The last group, which has nothing in most columns. */
const notPhones = 'Not phones';

/** What all phones have in common, for columns that are left out. */
function sameText({ same }: TableLayout, phones: number, width: number): string[] {
  if (same.length === 0) return [];
  const text = `The same for all ${phones}: ${same.map(({ column, value }) => `${column} ${value}`).join(', ')}`;
  return [
    wrap(text, width)
      .map((line) => `${cutTo(line, width)}\n`)
      .join(''),
  ];
}

interface Group {
  title: string;
  all: readonly PhoneReport[];
  listed: readonly PhoneReport[];
  /** Whether they need attention. */
  wanted: boolean;
}

/** If not all can be listed, the end is, with the most urgent. */
function group(title: string, all: readonly PhoneReport[], most: number): Group {
  return { title, all, listed: most === 0 ? [] : all.slice(-most), wanted: false };
}

/** `9,800 more are not listed here: 9,790 done, 10 ineligible. The full list is in demo-report.csv.` */
function notListed(all: readonly PhoneReport[], listed: number, fullList?: string): string {
  const left = listed === 0 ? all : all.slice(0, -listed);
  const counts = outcomes
    .map((outcome) => ({ outcome, count: left.filter((phone) => phone.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${count} ${outcome}`);
  const where =
    fullList === undefined
      ? 'For the full list use --report FILE.csv or --output csv or json.'
      : `The full list is in ${fullList}.`;
  return `Not listed here: ${counts.join(', ')}. ${where}\n`;
}

const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(gap),
};

function drawTable(
  layout: TableLayout,
  from: number,
  to: number,
  { color, wanted }: { color: boolean; wanted: boolean },
): string {
  const colors = pc.createColors(color);
  const table = new Table({
    head: layout.columns.map((column) => colors.bold(column)),
    colWidths: [...layout.widths],
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of layout.rows.slice(from, to)) {
    const paint = outcomeColor(colors, row.outcome as Outcome, wanted);
    const cell = (column: TableColumn): string => (column === 'outcome' ? paint(row[column]) : row[column]);
    table.push(layout.columns.map(cell));
  }
  const lines = table.toString().split('\n');
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
