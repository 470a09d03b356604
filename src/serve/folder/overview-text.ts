import { printable } from '../../domain/text/printable.js';
import type { Overview } from './overview.js';

/** So many names are shown of each kind. */
const shown = 3;

/** What is in the folder, and what of it phones will miss: a line each. */
export function overviewLines(root: string, overview: Overview): string[] {
  const { files, loads, licenses, incomplete, unreadable, oddlyNamed, empty, isCut } = overview;
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const more = isCut ? ' at least; the rest was not looked at' : '';
  return [
    `${printable(root)} has ${count(files, 'file')}${more}: ${count(loads, 'load')}, ${count(licenses, 'license')}.`,
    ...incomplete.map(
      ({ path, missing }) =>
        `Missing: ${printable(path)} needs ${list(missing)}; phones cannot upgrade to it until that is beside it.`,
    ),
    ...unreadable.map(
      ({ path, why }) => `Unreadable: ${printable(path)} is no .loads file that phones can use: ${why}.`,
    ),
    ...(oddlyNamed.length === 0
      ? []
      : [
          `Names: phones ask for licenses by the exact name (${oddlyNamed[0]?.usual ?? ''}), and ${count(oddlyNamed.length, 'file')} ${oddlyNamed.length === 1 ? 'differs' : 'differ'} from that (${list(oddlyNamed.map(({ path }) => path))}). This server finds them all the same, another one would not.`,
        ]),
    ...(empty.length === 0 ? [] : [`Empty: ${count(empty.length, 'license')} without content (${list(empty)}).`]),
  ];
}

function list(names: readonly string[]): string {
  const first = names.slice(0, shown).map((name) => printable(name));
  return names.length > shown ? `${first.join(', ')} and ${names.length - shown} more` : first.join(', ');
}
