import { parseMac } from '../../../domain/network/mac.js';
import type { PageColumn, PageRow } from '../page-row.js';
import { pageColumns } from '../page-row.js';
import { inOrder, valuesInOrder } from './order.js';
import { type Searched, searchFor } from './search.js';

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

/** What the address of a page says: a view, and the phones that are open in it, the one to be looked at last. */
export interface Told {
  view: View;
  phones: readonly string[];
}

/** What an address says; `null`: it names a place of the page. */
export function viewOf(hash: string): Told | null {
  if (hash === '') return { view: everything, phones: [] };
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
  return { view, phones: words.getAll('phone').map((phone) => parseMac(phone) ?? phone) };
}

/** The address that says so; `''` for everything, with no phone open. */
export function hashOf({ view: { q, is, code, isUrgent, isPhone, sort, isDescending }, phones }: Told): string {
  const words = new URLSearchParams({
    ...(q === '' ? {} : { q }),
    ...is,
    ...(code === '' ? {} : { code }),
    ...(isUrgent ? { urgent: 'yes' } : {}),
    ...(isPhone ? { phones: 'yes' } : {}),
    ...(sort === null ? {} : { sort: `${isDescending ? '-' : ''}${sort}` }),
  });
  for (const phone of phones) words.append('phone', phone);
  return words.size === 0 ? '' : `#${words.toString()}`;
}

/** The rows of a view, in its order. */
export function chosenRows(rows: readonly Searched[], view: View): PageRow[] {
  const isFound = searchFor(view.q);
  const is = Object.entries(view.is) as [PageColumn, string][];
  const chosen = rows
    .filter((searched) => {
      const { row } = searched;
      return (
        (!view.isUrgent || row.isUrgent) &&
        (!view.isPhone || row.isPhone) &&
        (view.code === '' || row.code === view.code) &&
        is.every(([column, value]) => row.cells[column] === value) &&
        isFound(searched)
      );
    })
    .map(({ row }) => row);
  return view.sort === null ? chosen : inOrder(chosen, view.sort, view.isDescending);
}

/** The values that a column can be narrowed to, each once, in order. */
export function valuesOf(rows: readonly Searched[], column: PageColumn): string[] {
  const values = rows.map(({ row }) => row.cells[column]);
  return [...valuesInOrder(column, values), ...(values.includes('-') ? ['-'] : [])];
}
