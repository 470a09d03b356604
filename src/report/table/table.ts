import Table from 'cli-table3';
import pc from 'picocolors';
import { isFailureCode } from '../../domain/failures/failure-codes.js';
import { inAddressOrder } from '../../domain/network/address-order.js';
import { isBeyondLimit, needsAttention, type Outcome, outcomes } from '../../domain/progress/outcome.js';
import type { ListedPhone, PhoneReport, RunReport } from '../../domain/report/report.js';
import { standingWord, type UnfinishedWord, unfinishedWords } from '../../domain/report/unfinished.js';
import { wrap } from '../plain-text.js';
import { cutTo } from './cut.js';
import { byUrgency, outcomeColor } from './outcome-style.js';
import { gap, layOut, type PartKind, type TableLayout } from './layout.js';
import { phoneRow, type TableColumn } from './row.js';

export interface TableOptions {
  /** Characters per line; `Infinity` for a pipe or a file: nothing is cut. */
  width: number;
  color: boolean;
  /** With more phones than this, only those that need attention are listed, and at most this many; 200 unless given. */
  most?: number;
  /** Where the full list is, as shown to the user, e.g. `demo-report.csv`. */
  fullList?: string;
  /** A summary follows, which says what each failure code means. Absent: none does. */
  summarized?: boolean;
}

const usualMost = 200;

/** More than this many other devices are only counted: they are of no interest here. */
const mostOthers = 10;

/**
 * The phones as a table. Groups, each by address: first those that need no attention, then, nearer to the prompt, those that do, the most
 * urgent last, those that have not ended, and a few lines of other devices.
 *
 * With more than `most` phones, the first group is only counted, with a line saying where the full list is.
 */
export function renderTable(report: RunReport, options: TableOptions): string {
  const most = options.most ?? usualMost;
  const isOther = (phone: PhoneReport): boolean =>
    (phone.outcome === 'not-a-phone' || phone.outcome === 'no-answer') && !needsAttention(phone);
  const all = inAddressOrder(report.phones, ({ address }) => address);
  const phones = all.filter((phone) => !isOther(phone) && !isUnread(phone));
  const others = (title: string, outcome: Outcome): Group => {
    const those = all.filter((phone) => isOther(phone) && phone.outcome === outcome);
    return group(title, those, { most: those.length <= mostOthers ? mostOthers : 0, kind: 'look' });
  };
  const pressing = phones.filter(needsAttention);
  const urgent = byUrgency.flatMap((outcome) => pressing.filter((phone) => phone.outcome === outcome));
  const quiet = phones.filter((phone) => !needsAttention(phone) && !isBeyondLimit(phone));
  const unfinished = inAddressOrder(report.unfinished ?? [], ({ address }) => address);
  const still = [...unfinished.filter(({ touched }) => !touched), ...unfinished.filter(({ touched }) => touched)];
  if (all.length + still.length === 0)
    return report.run.notEnded === undefined ? 'No phone was found.\n' : 'No phone has ended yet.\n';

  const isAudit = report.run.profile === null;
  const isLook = isAudit || report.run.dryRun || report.run.declined === true;
  const groups = [
    group('', quiet, { most: phones.length <= most ? most : 0, kind: isLook ? 'look' : 'move' }),
    // Not looked at, as asked.
    group('', phones.filter(isBeyondLimit), { most: 0, kind: 'look' }),
    group('', all.filter(isUnread), { most: 0, kind: 'look' }),
    // Of phones that were only looked at, what they are and whether they may move comes first here, too.
    group('Need attention', urgent, { most, kind: isAudit ? 'look' : 'attention', wanted: true }),
    group('Not ended', still, { most, kind: 'attention', wanted: report.run.state === 'cut off' }),
    others('No answer', 'no-answer'),
    others('Not phones', 'not-a-phone'),
  ].filter(({ all }) => all.length > 0);

  const parts: string[] = [];
  for (const { title, all, listed, kind, wanted } of groups) {
    if (listed.length > 0) {
      const layout = layOut(listed.map(phoneRow), { width: options.width, kind });
      const heading = title === '' ? '' : `${title} (${all.length})\n`;
      const same = sameText(layout, listed.length, options.width);
      const table = drawTable(layout, { color: options.color, wanted });
      parts.push(`${heading}${same}${table}`, ...reasonsText(layout, options));
    }
    if (listed.length < all.length) parts.push(notListed(all, listed.length, options.fullList));
  }
  return parts.join('\n');
}

/** Something that nobody named took a connection there, and the run was stopped before it was read. */
function isUnread({ outcome, mac, model, named }: PhoneReport): boolean {
  return outcome === 'aborted' && mac === null && model === null && !named;
}

/** What all phones of a part have in common, for columns that are left out. */
function sameText({ same }: TableLayout, phones: number, width: number): string {
  if (same.length === 0) return '';
  const text = `The same for all ${phones}: ${same.map(({ column, value }) => `${column} ${value}`).join(', ')}`;
  return linesOf(wrap(text, width), width);
}

/** More different reasons than this are counted. */
const mostReasons = 12;

/** What the codes in the last column mean, with how many phones have each. */
function reasonsText({ reasons }: TableLayout, { width, summarized = false }: TableOptions): string[] {
  // Failures stand in the summary, each with what to do.
  const told = summarized ? reasons.filter(({ text }) => !isFailureCode(text.split(':')[0] ?? '')) : reasons;
  const left = told.length - mostReasons;
  const lines = told
    .slice(0, left > 0 ? mostReasons : told.length)
    .flatMap(({ text, count }) => wrap(text, width, `${String(count).padStart(6)}  `));
  const more =
    left > 0 ? wrap(`and ${left} other reasons, which a wider terminal or --output csv shows`, width, '     ') : [];
  return told.length === 0 ? [] : [linesOf([...lines, ...more], width)];
}

function linesOf(lines: readonly string[], width: number): string {
  return lines.map((line) => `${cutTo(line, width)}\n`).join('');
}

interface Group {
  title: string;
  all: readonly ListedPhone[];
  listed: readonly ListedPhone[];
  kind: PartKind;
  /** Whether somebody has to look at them. */
  wanted: boolean;
}

/** If not all can be listed, the end is, with the most urgent. */
function group(
  title: string,
  all: readonly ListedPhone[],
  { most, kind, wanted = false }: { most: number; kind: PartKind; wanted?: boolean },
): Group {
  return { title, all, listed: most === 0 ? [] : all.slice(-most), kind, wanted };
}

/** `9,800 more are not listed here: 9,790 done, 10 ineligible. The full list is in demo-report.csv.` */
function notListed(all: readonly ListedPhone[], listed: number, fullList?: string): string {
  const left = listed === 0 ? all : all.slice(0, -listed);
  const counts = [...unfinishedWords, ...outcomes]
    .map((word) => ({ word, count: left.filter((phone) => standingWord(phone) === word).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`);
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

function drawTable(layout: TableLayout, { color, wanted }: { color: boolean; wanted: boolean }): string {
  const colors = pc.createColors(color);
  const table = new Table({
    head: layout.columns.map((column) => colors.bold(column)),
    colWidths: [...layout.widths],
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of layout.rows) {
    const paint = outcomeColor(colors, row.outcome as Outcome | UnfinishedWord, wanted);
    const cell = (column: TableColumn): string => (column === 'outcome' ? paint(row[column]) : row[column]);
    table.push(layout.columns.map(cell));
  }
  const lines = table.toString().split('\n');
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
