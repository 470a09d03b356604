import type { AllowedPhone, RefusalKind, RefusedPhone } from '../../domain/conversion/allow-list.js';
import { printable } from '../../domain/text/printable.js';

/** What became of the phones of a list. */
export interface Tally {
  given: readonly AllowedPhone[];
  not: readonly RefusedPhone[];
}

/** So many phones are shown of each kind. */
const shown = 3;

/** In the order in which they are told: first what can be mended here. */
const kinds: Readonly<Record<RefusalKind, string>> = {
  'no-license': 'whose e2m license is not held',
  'license-not-served': 'whose license this server would not give',
  'load-not-whole': 'whose load is not whole in the folder',
  'no-load': 'for which there is no load',
  'old-firmware': 'whose firmware is too old for the direct way',
  'no-mac': 'whose MAC is not known',
  unread: 'that were not read',
  doubtful: 'of which something does not fit',
  unknown: 'of which something that decides is not known',
  ineligible: 'whose model or hardware may not move',
  moved: 'that have left Enterprise firmware',
};

/** Who will be given a load, who will not and why: a line each. @param from `the audit 1a2b of 2026-11-28T…` */
export function tallyLines({ given, not }: Tally, from: string, profiles: string): string[] {
  return [
    `Converting e2m, by ${profiles}, phones of ${printable(from)}: ${phones(given.length)} on the list, ${not.length} not.`,
    ...[...counted(given.map(({ load }) => load))].map(([load, count]) => `  ${phones(count)}: ${load}`),
    ...groups(not).flatMap(({ text, of }) => [
      `  ${of.length} ${text}${of.length > shown ? ', such as' : ''}:`,
      ...of.slice(0, shown).map((phone) => `    ${nameOf(phone)}: ${printable(phone.why)}`),
    ]),
    ...[...counted(given.flatMap(({ warnings }) => warnings.map(({ rule, text }) => `${text} (${rule})`)))].map(
      ([text, count]) => `Warning for ${phones(count)} on the list: ${text}`,
    ),
    ...(given.length === 0
      ? []
      : ['Phones on the list that ask here are reset to factory settings on the way and leave their Unified CM.']),
  ];
}

/** Why nobody is on the list, as the end of a sentence: `7 whose e2m license is not held (00CCFC123456: …)`. */
export function noneText({ not }: Tally): string {
  if (not.length === 0) return 'there are none';
  return groups(not)
    .map(({ text, of: [first, ...others] }) =>
      first === undefined ? '' : `${others.length + 1} ${text} (${nameOf(first)}: ${printable(first.why)})`,
    )
    .join('; ');
}

function groups(not: readonly RefusedPhone[]): { text: string; of: RefusedPhone[] }[] {
  return (Object.entries(kinds) as [RefusalKind, string][])
    .map(([kind, text]) => ({ text, of: not.filter((phone) => phone.kind === kind) }))
    .filter(({ of }) => of.length > 0);
}

function nameOf({ mac, address }: RefusedPhone): string {
  return printable(mac ?? address ?? 'a row without MAC and address', 60);
}

function phones(count: number): string {
  return `${count} phone${count === 1 ? '' : 's'}`;
}

function counted(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
