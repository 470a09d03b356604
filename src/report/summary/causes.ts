import type { PhoneReport } from '../../domain/report/report.js';
import { printable } from '../../domain/text/printable.js';
import { wrap } from '../plain-text.js';
import { cutTo } from '../table/cut.js';
import type { FailureGroup } from './failure-groups.js';

/** A few addresses are enough to start with; the report has them all. */
const mostAddresses = 4;

/** More kinds of trouble than this are counted: what they all need is in the lists. */
const mostCauses = 14;

/** `10.0.0.1, 10.0.0.2, and 7 more`. */
export function someAddresses(phones: readonly Pick<PhoneReport, 'address'>[]): string {
  const addresses = phones.slice(0, mostAddresses).map(({ address }) => printable(address, 60));
  return `${addresses.join(', ')}${phones.length > mostAddresses ? `, and ${phones.length - mostAddresses} more` : ''}`;
}

/**
 * One line for each cause, its count first; then what to do, each hint once, with where to begin. As many as fit: whole hints, and the rest
 * is counted.
 */
export function causeLines(groups: readonly FailureGroup[], room: number, width: number): string[] {
  if (groups.length === 0 || room < 4) return [];
  const most = Math.max(2, Math.min(mostCauses, room - 6));
  const shown = groups.length <= most ? groups : groups.slice(0, most - 1);
  const left = groups.slice(shown.length);
  const causes = [
    ...['', 'What stood in the way:'],
    ...shown.map(({ code, meaning, phones }) =>
      cutTo(`${String(phones.length).padStart(6)}  ${printable(code, 60)}: ${printable(meaning)}`, width),
    ),
    ...(left.length === 0 ? [] : wrap(`and ${restText(left)}; the lists have them`, width, '     ')),
  ];
  return [...causes, ...hintLines(shown, room - causes.length, width)];
}

function hintLines(groups: readonly FailureGroup[], room: number, width: number): string[] {
  const byHint = new Map<string, FailureGroup[]>();
  for (const group of groups) byHint.set(group.hint, [...(byHint.get(group.hint) ?? []), group]);
  const lines = ['', 'What to do about it:'];
  const left = [...byHint].filter(([hint, of]) => {
    const codes = of.map(({ code }) => printable(code, 60)).join(', ');
    const where = someAddresses(of.flatMap(({ phones }) => phones));
    const block = wrap(`${codes} (${where}): ${printable(hint)}`, width, '  - ');
    // One line is kept for those that do not fit.
    if (lines.length + block.length + 1 > room) return true;
    lines.push(...block);
    return false;
  });
  if (left.length > 0 && lines.length < room) lines.push('  - for the others: see the lists');
  return lines.length > 2 && lines.length <= room ? lines : [];
}

function restText(groups: readonly FailureGroup[]): string {
  const count = groups.reduce((sum, { phones }) => sum + phones.length, 0);
  const phones = count === 1 ? '1 more phone' : `${count} more phones`;
  return groups.length === 1 ? `${phones} with another code` : `${phones} with ${groups.length} other codes`;
}
