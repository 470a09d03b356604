import type { PhoneReport } from '../../domain/report/report.js';
import { printable } from '../../domain/text/printable.js';
import { wrap } from '../plain-text.js';
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
 * Each cause with its count first, the most frequent ahead; then what to do, each hint once, with where to begin. As many as fit, whole; for
 * the rest there is the command that shows it.
 */
export function causeLines(
  groups: readonly FailureGroup[],
  room: number,
  { width, lists }: { width: number; lists: string },
): string[] {
  if (groups.length === 0 || room < 8) return [];
  const texts = groups.map(({ code, meaning, phones }) =>
    wrap(`${printable(code, 60)}: ${printable(meaning)}`, width, `${String(phones.length).padStart(6)}  `),
  );
  const head = ['', 'What stood in the way:'];
  // A line for those that are left out, and at least a few for what to do.
  const shown = fitting(texts.slice(0, mostCauses), Math.floor((room - head.length - 1) / 2));
  const left = groups.slice(shown.length);
  const rest = left.length === 0 ? [] : wrap(`and ${restText(left)}`, width, '     ');
  const causes = [...head, ...shown.flat(), ...rest];
  const hints = hintBlocks(groups.slice(0, shown.length), width);
  const forHints = room - causes.length - 2;
  const isWhole = left.length === 0 && hints.flat().length <= forHints;
  const told = isWhole ? hints : fitting(hints, forHints - 2);
  const more = isWhole ? [] : [...wrap('for the others, the lists say what to do:', width, '  - '), `      ${lists}`];
  return [...causes, '', 'What to do about it:', ...told.flat(), ...more];
}

/** Whole blocks from the beginning, as many as have room. */
function fitting(blocks: readonly string[][], room: number): string[][] {
  let lines = 0;
  const end = blocks.findIndex((block) => (lines += block.length) > room);
  return blocks.slice(0, end === -1 ? blocks.length : end);
}

function hintBlocks(groups: readonly FailureGroup[], width: number): string[][] {
  const byHint = new Map<string, FailureGroup[]>();
  for (const group of groups) byHint.set(group.hint, [...(byHint.get(group.hint) ?? []), group]);
  return [...byHint].map(([hint, of]) => {
    const codes = of.map(({ code }) => printable(code, 60)).join(', ');
    const where = someAddresses(of.flatMap(({ phones }) => phones));
    return wrap(`${codes} (${where}): ${printable(hint)}`, width, '  - ');
  });
}

function restText(groups: readonly FailureGroup[]): string {
  const count = groups.reduce((sum, { phones }) => sum + phones.length, 0);
  const phones = count === 1 ? '1 more phone' : `${count} more phones`;
  return groups.length === 1 ? `${phones} with another code` : `${phones} with ${groups.length} other codes`;
}
