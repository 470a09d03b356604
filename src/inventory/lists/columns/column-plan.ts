import { isAnyAddress, isMac } from './cell-values.js';
import { maySayNobody } from '../leases/state.js';
import type { RawRow } from '../row.js';
import type { ChosenColumns } from './chosen-columns.js';
import { knownName, type KnownName, type Meaning, normalized, rankOf } from './known-names.js';

/** One column of a file that says something, and how it is read. */
export interface PlannedColumn extends KnownName {
  index: number;
  name: string;
}

/** What the columns of a file say. */
export interface ColumnPlan {
  /** By meaning, the best first. */
  columns: ReadonlyMap<Meaning, readonly PlannedColumn[]>;
  /** Names of the columns that say nothing known. */
  ignored: readonly string[];
  /** Device names are those of Unified CM: what is not `SEP` and a MAC is no phone. */
  named: boolean;
  /** Where our own reports tell what their VID rests on, -1 for a column that is not there; null in other lists. */
  ofReport: Readonly<Record<'vid' | 'vidSource' | 'family', number>> | null;
  width: number;
}

/** A column named by the user comes before all others; none of the others is read for that meaning. */
const chosenRank = -1;

/**
 * What columns with these names say.
 * @param sample rows of the list, to tell names of devices from other names
 */
export function planColumns(
  names: readonly string[],
  chosen: ChosenColumns,
  path: string,
  sample: readonly Sampled[] = [],
): ColumnPlan {
  const columns = new Map<Meaning, (PlannedColumn & { rank: number })[]>();
  const add = (column: PlannedColumn & { rank: number }): void => {
    columns.set(column.meaning, [...(columns.get(column.meaning) ?? []), column]);
  };
  const byUser = chosen.among(names, path);
  const takenIndexes = new Set(byUser.map(({ index }) => index));
  const takenMeanings = new Set(byUser.map(({ meaning }) => meaning));
  for (const { meaning, index } of byUser) {
    const name = names[index] ?? '';
    const known = knownName(name).find((one) => one.meaning === meaning);
    const kind =
      known?.kind === 'client' ? 'client' : meaning === 'mac' && known?.kind !== 'plain' ? 'device' : 'plain';
    if (columns.get(meaning) === undefined) add({ meaning, kind, index, name, rank: chosenRank });
  }
  const ignored: string[] = [];
  for (const [index, name] of names.entries()) {
    if (takenIndexes.has(index)) continue;
    const known = knownName(name).filter(({ meaning }) => !takenMeanings.has(meaning));
    for (const one of known) add({ ...one, index, name, rank: rankOf(name) });
    if (known.length === 0 && name.trim() !== '' && !maySayNobody(names, index)) ignored.push(name);
  }
  for (const list of columns.values()) list.sort((a, b) => weight(a) - weight(b));
  const macs = columns.get('mac') ?? [];
  const isNamed = ({ kind, name }: PlannedColumn): boolean =>
    kind === 'device' || (kind === 'name' && isName(name) && sample.some(holdsSep));
  return { columns, ignored, named: macs.some(isNamed), ofReport: columnsOfReport(names), width: names.length };
}

function columnsOfReport(names: readonly string[]): ColumnPlan['ofReport'] {
  const all = names.map(normalized);
  const at = (name: string): number => all.indexOf(normalized(name));
  // Reports of 0.1.0 told a page's hardware version as the VID, and somebody may have cut columns off.
  const isReport =
    at('vidSource') >= 0 ||
    (names.includes('hardwareVersion') && at('softwareVersion') >= 0) ||
    names.includes('productId');
  if (!isReport || at('vid') < 0) return null;
  return {
    vid: at('vid'),
    vidSource: at('vidSource'),
    family: at('family'),
  };
}

function weight({ kind, rank }: { kind: KnownName['kind']; rank: number }): number {
  return rank + (kind === 'weak' || kind === 'name' || kind === 'icon' ? 10_000 : 0);
}

function isName(name: string): boolean {
  return /^\s*(?:name|nom)\s*$/i.test(name);
}

type Sampled = Pick<RawRow, 'names' | 'cells'>;

function holdsSep({ names, cells }: Sampled): boolean {
  return names.some((name, index) => isName(name) && /^\s*SEP[0-9A-F]{12}\s*$/i.test(cells[index] ?? ''));
}

/** How sure these cells are the header of a list: 0 if they are not. */
export function headerScore(cells: readonly string[], chosen: ChosenColumns): number {
  if (cells.some((cell) => isAnyAddress(cell.trim()) || isMac(cell.trim()))) return 0;
  const known = cells.flatMap((cell) => knownName(cell).map((one) => ({ ...one, name: cell })));
  const byUser = chosen.all.filter(({ name }) => cells.some((cell) => cell.trim() !== '' && sameName(cell, name)));
  const finds = known.filter(
    ({ meaning, kind }) => (meaning === 'address' || meaning === 'mac') && kind !== 'weak' && kind !== 'name',
  );
  const weakly = known.filter(
    ({ meaning, kind }) => (meaning === 'address' || meaning === 'mac') && (kind === 'weak' || kind === 'name'),
  );
  const rest = new Set(known.filter(({ name }) => name.trim() !== '').map(({ meaning }) => meaning)).size;
  if (finds.length + byUser.length + weakly.length === 0) return 0;
  return 8 * (finds.length + byUser.length) + 2 * weakly.length + rest;
}

function sameName(a: string, b: string): boolean {
  return normalized(a) === normalized(b);
}
