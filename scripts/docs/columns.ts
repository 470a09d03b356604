import { csvColumnTexts } from '../../src/report/formats/csv.js';

const begin = '<!-- columns: made from src/report/formats/csv.ts by `npm run docs` -->';
const end = '<!-- end of columns -->';

/** docs/reports.md with its table of CSV columns, between the two marks, regenerated. @throws RangeError without the marks */
export function withColumns(page: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new RangeError('the page has no marks for the table of columns');
  const rows = Object.entries(csvColumnTexts).map(([name, text]) => `| \`${name}\` | ${text.replaceAll('|', '\\|')} |`);
  const table = ['| column | what it says |', '|---|---|', ...rows].join('\n');
  return `${page.slice(0, from)}${begin}\n\n${table}\n\n${page.slice(to)}`;
}
