import { posix } from 'node:path';
import { isThere, linesAt, textOf } from './repository.js';

/** A link of a Markdown page. */
interface Link {
  file: string;
  number: number;
  target: string;
}

const anchorsByFile = new Map<string, ReadonlySet<string>>();

/** The anchors of a page's headings, spelled as GitHub spells them. */
function anchorsOf(file: string): ReadonlySet<string> {
  const known = anchorsByFile.get(file);
  if (known) return known;
  const anchors = new Set<string>();
  for (const heading of headingsOf(file)) {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}\p{Mark} _-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let again = 1; anchors.has(anchor); again += 1) anchor = `${slug}-${String(again)}`;
    anchors.add(anchor);
  }
  anchorsByFile.set(file, anchors);
  return anchors;
}

/** The headings of a page, those in code blocks left out. */
export function headingsOf(file: string): string[] {
  return withoutCodeBlocks(textOf(file))
    .split('\n')
    .flatMap((line) => /^#{1,6} (.*)$/.exec(line)?.[1]?.trim() ?? []);
}

/** Where the relative links of these pages lead, those in code left out. */
export function relativeLinksAt(...paths: readonly string[]): Link[] {
  let inCode = false;
  return linesAt(...paths)
    .filter(({ file }) => file.endsWith('.md'))
    .flatMap(({ file, number, text }) => {
      if (text.startsWith('```')) inCode = !inCode;
      if (inCode) return [];
      return [...text.replaceAll(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map((match) => ({
        file,
        number,
        target: match[1] ?? '',
      }));
    })
    .filter(({ target }) => !/^[a-z]+:/i.test(target));
}

/** Why a target (`path`, `path#anchor` or `#anchor`) of a page leads nowhere; `null` when it leads somewhere. */
export function deadEnd(target: string, from: string): string | null {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : posix.normalize(posix.join(posix.dirname(from), path));
  if (!isThere(file)) return `there is no ${file}`;
  if (anchor === undefined || anchorsOf(file).has(anchor)) return null;
  return `${file} has no heading #${anchor}`;
}

function withoutCodeBlocks(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, '');
}
