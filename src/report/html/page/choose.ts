import type { PageColumn, PageRow } from '../page-row.js';
import { pageColumns } from '../page-row.js';

/** Which phones are shown, and in which order: what stands behind the `#` of the page's address. */
export interface View {
  /** Words that must all occur in a phone's texts. */
  q: string;
  /** What a column must hold, to the letter. */
  is: Partial<Record<PageColumn, string>>;
  /** The failure code it must have; `''`: any, or none. */
  code: string;
  /** Only those that somebody has to look at. */
  isUrgent: boolean;
  /** Only phones, and what may be one: those that the fleet counts. */
  isPhone: boolean;
  /** The column that orders them; `null`: as they came. */
  sort: PageColumn | null;
  isDescending: boolean;
}

export const everything: View = {
  q: '',
  is: {},
  code: '',
  isUrgent: false,
  isPhone: false,
  sort: null,
  isDescending: false,
};

/** The view of an address, and the phone that it opens; `null`: the address names a place of the page. */
export function viewOf(hash: string): { view: View; phone: string | null } | null {
  if (!hash.includes('=')) return null;
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const sort = words.get('sort') ?? '';
  const sorted = pageColumns.find((column) => column === sort.replace(/^-/, '')) ?? null;
  const is = pageColumns.flatMap((column) => {
    const value = words.get(column);
    return value === null ? [] : [[column, value] as const];
  });
  const view = {
    ...{ q: words.get('q') ?? '', is: Object.fromEntries(is), code: words.get('code') ?? '' },
    ...{ isUrgent: words.get('urgent') === 'yes', isPhone: words.get('phones') === 'yes' },
    ...{ sort: sorted, isDescending: sort.startsWith('-') },
  };
  return { view, phone: words.get('phone') };
}

/** The address of a view; `''` for that of everything. */
export function hashOf({ q, is, code, isUrgent, isPhone, sort, isDescending }: View): string {
  const words = new URLSearchParams({
    ...(q === '' ? {} : { q }),
    ...is,
    ...(code === '' ? {} : { code }),
    ...(isUrgent ? { urgent: 'yes' } : {}),
    ...(isPhone ? { phones: 'yes' } : {}),
    ...(sort === null ? {} : { sort: `${isDescending ? '-' : ''}${sort}` }),
  });
  return words.size === 0 ? '' : `#${words.toString()}`;
}

/** A row as it is searched. */
export interface Searched {
  row: PageRow;
  /** All of its texts in small letters. */
  text: string;
}

/** Makes a row ready to be searched. */
export function searched(row: PageRow): Searched {
  const texts = [...Object.values(row.cells), row.code, ...row.facts.map(([, text]) => text)];
  return { row, text: texts.join('\n').toLowerCase() };
}

/** The rows of a view, in its order. */
export function chosenRows(rows: readonly Searched[], view: View): PageRow[] {
  const words = view.q.toLowerCase().split(/\s+/).filter(Boolean);
  const is = Object.entries(view.is) as [PageColumn, string][];
  const chosen = rows
    .filter(
      ({ row, text }) =>
        (!view.isUrgent || row.isUrgent) &&
        (!view.isPhone || row.isPhone) &&
        (view.code === '' || row.code === view.code) &&
        is.every(([column, value]) => row.cells[column] === value) &&
        words.every((word) => text.includes(word)),
    )
    .map(({ row }) => row);
  return view.sort === null ? chosen : inOrder(chosen, view.sort, view.isDescending);
}

/** Numbers within texts count as numbers: 10.0.0.9 comes before 10.0.0.10. */
const { compare } = new Intl.Collator('en', { numeric: true });

function inOrder(rows: readonly PageRow[], column: PageColumn, isDescending: boolean): PageRow[] {
  const sorted = [...rows].sort((a, b) => compare(a.cells[column], b.cells[column]));
  return isDescending ? sorted.reverse() : sorted;
}

/** The values that a column has, each once, in order. */
export function valuesOf(rows: readonly Searched[], column: PageColumn): string[] {
  return [...new Set(rows.map(({ row }) => row.cells[column]))].filter((value) => value !== '').sort(compare);
}
