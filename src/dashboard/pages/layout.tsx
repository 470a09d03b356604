import type { FastifyReply } from 'fastify';
import type { ComponentChildren, JSX } from 'preact';
import { render } from 'preact-render-to-string';

/** The pages that each page leads to. */
const places = [
  ['/', 'Runs'],
  ['/phones', 'Phones'],
  ['/sites', 'Sites'],
  ['/licenses', 'Licenses'],
  ['/transfers', 'Transfers'],
] as const;

interface LayoutProps {
  title: string;
  /** The address of the page it belongs to. */
  place: (typeof places)[number][0] | null;
  /** The script that makes it live, or its table. */
  script?: 'live.js' | 'report.js';
  children: ComponentChildren;
}

/** What all pages have in common. */
export function Layout({ title, place, script, children }: LayoutProps): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} - fleet-migrate`}</title>
        <link rel="stylesheet" href="/pages.css" />
        {script && <script src={`/${script}`} defer />}
      </head>
      <body>
        <a class="skip" href="#content">
          To the content
        </a>
        <nav class="places" aria-label="Pages">
          <b>fleet-migrate</b>
          {places.map(([href, name]) => (
            <a href={href} aria-current={href === place ? 'page' : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <div id="content" tabIndex={-1}>
          {children}
        </div>
        <footer>
          <p>All times are UTC. This page shows what the store knows; it asks no phone.</p>
        </footer>
      </body>
    </html>
  );
}

/** Where all is that is known of a phone. */
export function phonePath(mac: string): string {
  return `/phones/${encodeURIComponent(mac)}`;
}

/** Answers with a page. */
export function html(reply: FastifyReply, page: JSX.Element): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(`<!doctype html>\n${render(page)}\n`);
}
