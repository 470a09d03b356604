import { wrap } from './plain-text.js';

/**
 * A section of a page in Markdown as plain text: paragraphs and lists wrapped, of tables each row as a list of what its columns say. Only the
 * forms that docs/knowledge/ has.
 */
export function knowledgeText(markdown: string, width: number, indent = '  '): string[] {
  const blocks = markdown.trim().split(/\n{2,}/);
  return blocks.flatMap((block, at) => [...(at > 0 ? [''] : []), ...blockLines(block.split('\n'), width, indent)]);
}

function blockLines(lines: readonly string[], width: number, indent: string): string[] {
  if (lines[0]?.startsWith('|') === true) return tableLines(lines, width, indent);
  return items(lines).flatMap(({ mark, text }) => wrap(plain(text), width, `${indent}${mark}`));
}

/** Items of a list, or one of no mark: a line that begins no item belongs to the one before. */
function items(lines: readonly string[]): { mark: string; text: string }[] {
  const found: { mark: string; text: string }[] = [];
  for (const line of lines) {
    const [, mark = '', text = ''] = /^((?:- |\d+\. )?)(.*)$/.exec(line.trim()) ?? [];
    const last = found.at(-1);
    if (mark !== '' || last === undefined) found.push({ mark, text });
    else last.text += ` ${text}`;
  }
  return found;
}

/** A row has the name of its own in its first cell, unless there is only one. */
function tableLines(lines: readonly string[], width: number, indent: string): string[] {
  const [head = [], , ...rows] = lines.map((line) => line.split('|').slice(1, -1).map(plain));
  const cells = (row: readonly string[], from: number, deeper: string): string[] =>
    row.slice(from).flatMap((cell, at) => wrap(`${head[from + at] ?? ''}: ${cell}`, width, `${indent}${deeper}- `));
  if (rows.length === 1) return cells(rows[0] ?? [], 0, '');
  return rows.flatMap((row) => [`${indent}${row[0] ?? ''}`, ...cells(row, 1, '  ')]);
}

/** Without marks of type, of sources and of links. */
function plain(text: string): string {
  return text
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/`?\[[DFALIU](?: [^\]]*)?\]`?/g, '')
    .replace(/\*\*|[`*]/g, '')
    .replace(/ +/g, ' ')
    .trim();
}
