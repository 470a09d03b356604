import type { JSX } from 'preact';
import { pageColumns, type PageColumn, type PageRow } from '../page-row.js';
import { Controls } from './controls.js';
import { everything, type View } from './choose.js';
import { Details } from './details.js';

/** So many rows are shown at once. */
export const rowsOnPage = 100;

/** What the table shows, and whom it tells of what is asked of it. */
export interface TableProps {
  view: View;
  /** How many phones there are, and how many of them are in the view. */
  total: number;
  chosen: number;
  /** The place of the first row shown, from 0. */
  from: number;
  rows: readonly PageRow[];
  values: (column: PageColumn) => string[];
  isOpen: (key: string) => boolean;
  onView: (change: Partial<View>) => void;
  onPage: (page: number) => void;
  onToggle: (key: string) => void;
}

const headings: Record<PageColumn, string> = {
  address: 'Address',
  mac: 'MAC',
  model: 'Model',
  firmware: 'Firmware',
  authorization: 'Authorization type',
  site: 'Site',
  verdict: 'Verdict',
  wave: 'Wave',
  outcome: 'Outcome',
  reason: 'Why',
};

/** The phones of a view: what narrows it, the table, and its pages. */
export function PhoneTable(props: TableProps): JSX.Element {
  const { view, total, chosen, from, rows, values, isOpen, onView, onToggle } = props;
  // Sites and waves are only known of some runs.
  const columns = pageColumns.filter((column) => values(column).some((value) => column !== 'site' || value !== '-'));
  return (
    <>
      <Controls view={view} values={values} onView={onView} />
      <p class="found" role="status">
        {countText(chosen, total)}
        {chosen < total && (
          <button type="button" onClick={() => onView({ ...everything, sort: view.sort })}>
            Show all
          </button>
        )}
      </p>
      <div class="wide" tabIndex={0} role="region" aria-label="Phones">
        <table class="phones" aria-rowcount={chosen + 1}>
          <thead>
            <tr>
              {columns.map((column) => (
                <Heading column={column} view={view} onView={onView} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Phone key={row.key} row={row} columns={columns} isOpen={isOpen(row.key)} onToggle={onToggle} />
            ))}
          </tbody>
        </table>
      </div>
      <Pages from={from} shown={rows.length} chosen={chosen} onPage={props.onPage} />
    </>
  );
}

function countText(chosen: number, total: number): string {
  const all = total.toLocaleString('en');
  if (chosen === total) return total === 1 ? '1 entry' : `${all} entries`;
  return chosen === 0 ? `None of ${all} entries` : `${chosen.toLocaleString('en')} of ${all} entries`;
}

function Heading({ column, view, onView }: Pick<TableProps, 'view' | 'onView'> & { column: PageColumn }): JSX.Element {
  const isSorted = view.sort === column;
  const order = view.isDescending ? 'descending' : 'ascending';
  return (
    <th scope="col" aria-sort={isSorted ? order : 'none'}>
      <button type="button" onClick={() => onView({ sort: column, isDescending: isSorted && !view.isDescending })}>
        {headings[column]}
        <span aria-hidden="true">{isSorted ? (view.isDescending ? ' ▼' : ' ▲') : ''}</span>
      </button>
    </th>
  );
}

interface PhoneProps {
  row: PageRow;
  columns: readonly PageColumn[];
  isOpen: boolean;
  onToggle: (key: string) => void;
}

function Phone({ row, columns, isOpen, onToggle }: PhoneProps): JSX.Element {
  const id = `of-${row.key}`;
  return (
    <>
      <tr class={row.isUrgent ? 'urgent' : undefined}>
        {columns.map((column) =>
          column === 'address' ? (
            <th scope="row">
              <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => onToggle(row.key)}>
                {row.cells.address}
              </button>
            </th>
          ) : (
            <td class={classOf(column, row)}>{row.cells[column]}</td>
          ),
        )}
      </tr>
      {isOpen && (
        <tr class="details" id={id}>
          <td colSpan={columns.length}>
            <Details row={row} />
          </td>
        </tr>
      )}
    </>
  );
}

/** Long texts are broken into lines, others are not. */
function classOf(column: PageColumn, { cells }: PageRow): string | undefined {
  if (column === 'outcome') return `of-${cells.outcome}`;
  return column === 'reason' ? 'text' : undefined;
}

function Pages({
  from,
  shown,
  chosen,
  onPage,
}: Pick<TableProps, 'from' | 'chosen' | 'onPage'> & { shown: number }): JSX.Element | null {
  if (chosen <= shown) return null;
  const page = Math.floor(from / rowsOnPage);
  return (
    <nav class="pages" aria-label="Pages of the table">
      <button type="button" disabled={page === 0} onClick={() => onPage(page - 1)}>
        Previous
      </button>
      <span>
        {(from + 1).toLocaleString('en')} to {(from + shown).toLocaleString('en')} of {chosen.toLocaleString('en')}
      </span>
      <button type="button" disabled={from + shown >= chosen} onClick={() => onPage(page + 1)}>
        Next
      </button>
    </nav>
  );
}
