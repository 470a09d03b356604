import { compareVersions, parseVersion } from '../../../domain/firmware/version.js';
import type { PageColumn, PageRow } from '../page-row.js';

type Compare = (a: string, b: string) => number;

/** Numbers within texts count as numbers: 10.0.0.9 comes before 10.0.0.10. */
const { compare: byText } = new Intl.Collator('en', { numeric: true });

/** Columns that are no texts with numbers in them. */
const orders: Partial<Record<PageColumn, Compare>> = {
  // Digits of a MAC are hexadecimal, and all have as many.
  mac: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  firmware: byVersion,
};

/** The oldest first, whatever phones it is for; texts that are no version after all versions. */
function byVersion(a: string, b: string): number {
  const [one, other] = [parseVersion(a), parseVersion(b)];
  if (one === null || other === null) return Number(one === null) - Number(other === null) || byText(a, b);
  return compareVersions(one, other) || byText(a, b);
}

/** What stands where nothing is known. */
const unknown: readonly string[] = ['', '-'];

/** The values that a column has, each once, in the order of what they are; without those that say that nothing is known. */
export function valuesInOrder(column: PageColumn, values: Iterable<string>): string[] {
  return [...new Set(values)].filter((value) => !unknown.includes(value)).sort(orders[column] ?? byText);
}

/** The rows by a column. Those of which it is not known are last, whichever way. */
export function inOrder(rows: readonly PageRow[], column: PageColumn, isDescending: boolean): PageRow[] {
  const values = valuesInOrder(
    column,
    rows.map(({ cells }) => cells[column]),
  );
  const places = new Map((isDescending ? values.reverse() : values).map((value, at) => [value, at]));
  const placeOf = ({ cells }: PageRow): number => places.get(cells[column]) ?? values.length;
  return [...rows].sort((a, b) => placeOf(a) - placeOf(b));
}
