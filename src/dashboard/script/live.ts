import { morph } from './morph.js';

/** Twice as long (ms) as the dashboard lets pass without a word, and a little more: then nobody is there, though nothing says so. */
const silentMs = 32_000;

/** So often (ms) is looked at the time. */
const lookMs = 1_000;

/** After so long (ms) it is tried again where the dashboard is there and does not take us. */
const againMs = 15_000;

/** Keeps a part of a page as the dashboard tells it to be, until what it shows has ended; a page that nobody sees asks for nothing. */
function follow(place: HTMLElement, address: string): void {
  const lost = document.querySelector<HTMLElement>('.lost');
  /** What is shown was so then. */
  let freshAt = Date.now();
  let heardAt = freshAt;
  let openedAt = freshAt;
  let source: EventSource | null = null;

  /** Says why what is shown is old; `null`: it is not. */
  const say = (why: string | null): void => {
    if (!lost) return;
    const text = why === null ? '' : `${why} What is shown is as it was at ${utc(freshAt)}.`;
    if (lost.textContent !== text) lost.textContent = text;
    lost.hidden = why === null;
  };
  const sayLost = (): void => say('The connection was lost; trying again …');
  const hear = (isFresh: boolean): void => {
    heardAt = Date.now();
    if (!isFresh) return;
    freshAt = heardAt;
    say(null);
  };
  const open = (): void => {
    source?.close();
    const opened = new EventSource(address);
    source = opened;
    openedAt = Date.now();
    // It tries again by itself, unless it was refused.
    opened.addEventListener('error', () => {
      sayLost();
      if (opened.readyState === EventSource.CLOSED) void refused(opened);
    });
    opened.addEventListener('view', ({ data }: MessageEvent<string>) => {
      const template = document.createElement('template');
      // Made by our server, which writes what phones said as text.
      template.innerHTML = data;
      morph(place, template.content);
      hear(true);
    });
    opened.addEventListener('beat', () => hear(true));
    opened.addEventListener('trouble', ({ data }: MessageEvent<string>) => {
      hear(false);
      say(data);
    });
    opened.addEventListener('ended', () => {
      close();
      location.reload();
    });
  };
  /** What may not be seen any more, or is gone, is said by the page itself; one that is only full or away has room later. */
  const refused = async (of: EventSource): Promise<void> => {
    const answer = await fetch(address, { method: 'HEAD', redirect: 'manual' }).catch(() => null);
    if (source !== of) return;
    if (answer !== null && answer.status < 500) return location.reload();
    openedAt = Date.now() + againMs - silentMs;
  };
  const close = (): void => {
    source?.close();
    source = null;
  };
  // A connection that hangs is no error to the browser.
  setInterval(() => {
    if (source === null || Date.now() - heardAt <= silentMs) return;
    sayLost();
    if (Date.now() - openedAt > silentMs) open();
  }, lookMs);
  // A browser has few connections to one server, and open pages take one each.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) close();
    else if (source === null) open();
  });
  if (!document.hidden) open();
}

/** `14:41:48 UTC`, with the day where it is another. */
function utc(at: number): string {
  const [day, now] = [new Date(at), new Date()].map((date) => date.toISOString());
  const time = `${day?.slice(11, 19)} UTC`;
  return day?.slice(0, 10) === now?.slice(0, 10) ? time : `${day?.slice(0, 10)} ${time}`;
}

for (const place of document.querySelectorAll<HTMLElement>('[data-live]')) follow(place, place.dataset['live'] ?? '');
