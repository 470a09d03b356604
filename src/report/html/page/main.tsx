import { render } from 'preact';
import type { PageCharts } from '../page-row.js';
import { drawCharts } from './charts.js';
import { chosenRows, everything, hashOf, valuesOf, type View, viewOf } from './choose.js';
import { searched, type Searched } from './search.js';
import { mostPrinted, PhoneTable, rowsOnPage } from './table.js';
import { unpack } from './unpack.js';

const place = document.getElementById('phones-table');
const rows: Searched[] = [];
let view: View = everything;
let page = 0;
/** The keys of phones that are open, in the order in which they were opened. */
let open = new Set<string>();
let isPrinting = false;

/** Shows the view as it is now; at once, so that it is there before the page is printed. */
function show(): void {
  if (!place) return;
  const chosen = chosenRows(rows, view);
  page = Math.max(0, Math.min(page, Math.ceil(chosen.length / rowsOnPage) - 1));
  const from = isPrinting ? 0 : page * rowsOnPage;
  const hadFocus = place.contains(document.activeElement);
  render(
    <PhoneTable
      view={view}
      total={rows.length}
      chosen={chosen.length}
      from={from}
      rows={chosen.slice(from, from + (isPrinting ? mostPrinted : rowsOnPage))}
      values={(column) => valuesOf(rows, column)}
      isOpen={(key) => open.has(key)}
      onView={(change) => {
        view = { ...view, ...change };
        page = 0;
        remember();
        show();
      }}
      onPage={(to) => {
        page = to;
        show();
        document.getElementById('phones')?.scrollIntoView();
      }}
      onToggle={(key) => {
        if (!open.delete(key)) open.add(key);
        remember();
        show();
      }}
    />,
    place,
  );
  // Some buttons go away by being pressed: who uses keys is not to begin at the top of the page again.
  if (hadFocus && !place.contains(document.activeElement)) place.querySelector('input')?.focus({ preventScroll: true });
}

/** Keeps what is shown in the page's address, for a reload or a copy of it. */
function remember(): void {
  const hash = hashOf({ view, phones: [...open] });
  history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash);
}

/** Shows what the address says, which a link of the page or a step back has changed. */
function follow(): void {
  const told = viewOf(location.hash);
  // At a place of the page what is chosen stays, and so does its address.
  if (told === null) return remember();
  ({ view } = told);
  open = new Set(told.phones);
  const phone = told.phones.at(-1);
  const at = phone === undefined ? 0 : chosenRows(rows, view).findIndex(({ key }) => key === phone);
  page = Math.floor(Math.max(0, at) / rowsOnPage);
  show();
  if (location.hash === '') return;
  const heading = document.getElementById('phones');
  const opened =
    phone !== undefined && place?.querySelector<HTMLElement>(`[aria-controls="${CSS.escape(`of-${phone}`)}"]`);
  (opened || heading)?.scrollIntoView();
  (opened || heading)?.focus({ preventScroll: true });
}

async function start(): Promise<void> {
  const charts = JSON.parse(document.getElementById('charts')?.textContent ?? '{}') as PageCharts;
  drawCharts(charts);
  if (!place) return;
  place.replaceChildren();
  place.ariaBusy = 'true';
  for await (const some of unpack(document.getElementById('rows')?.textContent ?? '')) {
    rows.push(...some.map(searched));
    show();
  }
  place.ariaBusy = 'false';
  if (viewOf(location.hash) !== null) follow();
  window.addEventListener('hashchange', follow);
  for (const [name, printing] of [
    ['beforeprint', true],
    ['afterprint', false],
  ] as const)
    window.addEventListener(name, () => {
      isPrinting = printing;
      show();
    });
}

start().catch((error: unknown) => {
  if (place) place.textContent = `The table cannot be shown: ${String(error)}`;
});
