import type { JSX } from 'preact';
import { pageColumns, type PageColumn, type PageRow } from '../page-row.js';
import { Controls } from './controls.js';
import { everything, type View } from './choose.js';
import { Details } from './details.js';

/** So many rows are shown at once. */
export const rowsOnPage = 100;

/** More rows than this are not printed: nobody wants a thousand sheets by mistake. */
export const mostPrinted = 2_000;

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
          <button
            type="button"
            onClick={() => onView({ ...everything, sort: view.sort, isDescending: view.isDescending })}
          >
            Show all
          </button>
        )}
      </p>
      <OnPaper view={view} from={from} shown={rows.length} chosen={chosen} />
      <div class="wide" tabIndex={0} role="group" aria-label="Phones">
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

/** What nobody sees on paper otherwise: by what its phones are chosen, and that there are more. */
function OnPaper({
  view,
  from,
  shown,
  chosen,
}: Pick<PagesProps, 'from' | 'shown' | 'chosen'> & { view: View }): JSX.Element {
  const by = [
    ...(view.q === '' ? [] : [`search “${view.q}”`]),
    ...Object.entries(view.is).map(([column, value]) => `${headings[column as PageColumn]} ${value}`),
    ...(view.code === '' ? [] : [`Cause ${view.code}`]),
    ...(view.isUrgent ? ['needs somebody'] : []),
  ];
  return (
    <>
      {by.length > 0 && <p class="paper">Chosen by: {by.join('; ')}.</p>}
      {shown < chosen && (
        <p class="paper">
          Printed are {rangeText({ from, shown, chosen })} entries, as no more than {mostPrinted.toLocaleString('en')}{' '}
          are put on paper at once. To print others, narrow the table first.
        </p>
      )}
    </>
  );
}

/** `1 to 100 of 10,000`. */
function rangeText({ from, shown, chosen }: Pick<PagesProps, 'from' | 'shown' | 'chosen'>): string {
  const [first, last, all] = [from + 1, from + shown, chosen].map((count) => count.toLocaleString('en'));
  return `${first} to ${last} of ${all}`;
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
            <th scope="row" class={classOf(column, row)}>
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

/** A text that is longer may be broken into lines: no address, MAC, model or version is. */
const longestWhole = 32;

function classOf(column: PageColumn, { cells }: PageRow): string | undefined {
  if (column === 'outcome') return `of-${cells.outcome}`;
  return column === 'reason' || cells[column].length > longestWhole ? 'text' : undefined;
}

interface PagesProps {
  from: number;
  /** How many rows are shown from there. */
  shown: number;
  chosen: number;
  onPage: (page: number) => void;
}

function Pages({ from, shown, chosen, onPage }: PagesProps): JSX.Element | null {
  if (chosen <= shown) return null;
  const page = Math.floor(from / rowsOnPage);
  return (
    <nav class="pages" aria-label="Pages of the table">
      <Turn text="Previous" isPossible={page > 0} onTurn={() => onPage(page - 1)} />
      <span>{rangeText({ from, shown, chosen })}</span>
      <Turn text="Next" isPossible={from + shown < chosen} onTurn={() => onPage(page + 1)} />
    </nav>
  );
}

/** A button that keeps the focus where there is no further page, which one that is disabled would lose. */
function Turn({ text, isPossible, onTurn }: { text: string; isPossible: boolean; onTurn: () => void }): JSX.Element {
  return (
    <button type="button" aria-disabled={!isPossible} onClick={isPossible ? onTurn : undefined}>
      {text}
    </button>
  );
}
