/** Links and tables that are moved sideways: what may have the focus. */
const kept = 'a[href], [aria-label]';

/** By what a link or a table is known again after all was made anew. */
function nameOf(element: Element): string {
  return element.getAttribute('href') ?? element.getAttribute('aria-label') ?? '';
}

/** Shows a part anew, with its tables as far to the side as somebody has moved them, and the focus where it was. */
function showAnew(place: HTMLElement, html: string): void {
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const before = new Map([...place.querySelectorAll(kept)].map((element) => [nameOf(element), element.scrollLeft]));
  // Made by our server, which writes what phones said as text.
  place.innerHTML = html;
  for (const element of place.querySelectorAll<HTMLElement>(kept)) {
    element.scrollLeft = before.get(nameOf(element)) ?? 0;
    if (focused && nameOf(element) === nameOf(focused)) element.focus({ preventScroll: true });
  }
}

/** Keeps a part of a page as the dashboard tells it to be, until what it shows has ended; a page that nobody sees asks for nothing. */
function follow(place: HTMLElement, address: string): void {
  const lost = document.querySelector<HTMLElement>('.lost');
  const say = (isLost: boolean): void => {
    if (lost) lost.hidden = !isLost;
  };
  let source: EventSource | null = null;
  const open = (): void => {
    source = new EventSource(address);
    source.addEventListener('open', () => say(false));
    // It tries again by itself; a page that may not be seen any more is closed for good, and asks to sign in.
    source.addEventListener('error', () => {
      say(true);
      if (source?.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5_000);
    });
    source.addEventListener('view', (event: MessageEvent<string>) => {
      showAnew(place, event.data);
    });
    source.addEventListener('ended', () => {
      source?.close();
      location.reload();
    });
  };
  const close = (): void => {
    source?.close();
    source = null;
  };
  // A browser has few connections to one server, and open pages take one each.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) close();
    else if (source === null) open();
  });
  if (!document.hidden) open();
}

for (const place of document.querySelectorAll<HTMLElement>('[data-live]')) follow(place, place.dataset['live'] ?? '');

export {};
