import type { PageColumn } from '../page-row.js';

/** What the table of phones can be narrowed to, as the end of an address: `#outcome=failed&model=8841`. */
export type Choice = Partial<Record<PageColumn | 'code' | 'urgent' | 'phones' | 'q' | 'phone', string>>;

/** The address within the page that shows such phones only. */
export function linkTo(choice: Choice): string {
  return `#${new URLSearchParams(choice).toString()}`;
}
