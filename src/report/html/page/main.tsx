import { render } from 'preact';
import type { PageCharts } from '../page-row.js';
import { drawCharts } from './charts.js';
import { chosenRows, everything, hashOf, searched, type Searched, valuesOf, type View, viewOf } from './choose.js';
import { PhoneTable, rowsOnPage } from './table.js';
import { unpack } from './unpack.js';

/** More rows than this are not printed: nobody wants a thousand sheets by mistake. */
const mostPrinted = 2_000;

const place = document.getElementById('phones-table');
const rows: Searched[] = [];
let view: View = everything;
let page = 0;
const open = new Set<string>();
let isPrinting = false;

/** Shows the view as it is now; at once, so that it is there before the page is printed. */
function show(): void {
  if (!place) return;
  const chosen = chosenRows(rows, view);
  page = Math.max(0, Math.min(page, Math.ceil(chosen.length / rowsOnPage) - 1));
  const from = isPrinting ? 0 : page * rowsOnPage;
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
        show();
      }}
    />,
    place,
  );
}

/** Keeps the view in the page's address, for a reload or a copy of it. */
function remember(): void {
  const hash = hashOf(view);
  history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash);
}

/** A link of the page, or its address, names the phones to show. */
function follow(): void {
  const told = viewOf(location.hash);
  if (told === null) return;
  view = told.view;
  page = 0;
  if (told.phone !== null) open.add(told.phone);
  show();
  document.getElementById('phones')?.scrollIntoView();
  document.getElementById('phones')?.focus({ preventScroll: true });
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
  follow();
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
