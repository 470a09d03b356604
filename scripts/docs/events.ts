import { runEvents } from '../../src/domain/report/events.js';

const begin = '<!-- events: made from src/domain/report/events.ts by `npm run docs` -->';
const end = '<!-- end of events -->';

/** docs/reports.md with its table of events, between the two marks, regenerated. @throws RangeError without the marks */
export function withEvents(page: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new RangeError('the page has no marks for the table of events');
  const rows = Object.entries(runEvents).map(
    ([name, { when, details }]) =>
      `| \`${name}\` | ${when} | ${Object.keys(details)
        .map((detail) => `\`${detail}\``)
        .join(', ')} |`,
  );
  const table = ['| event | when | what it says |', '|---|---|---|', ...rows].join('\n');
  return `${page.slice(0, from)}${begin}\n\n${table}\n\n${page.slice(to)}`;
}
