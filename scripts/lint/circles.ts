import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import ts from 'typescript';

/** Which files of a tree import which others in it, types included, by their paths with `/`. */
export function importsWithin(folder: string): Map<string, string[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => path.replaceAll(sep, '/'));
  const known = new Set(files);
  return new Map(
    files.sort().map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(folder, file), 'utf8'), true, true);
      const imported = importedFiles
        .filter(({ fileName }) => fileName.startsWith('.'))
        .map(({ fileName }) => posix.join(posix.dirname(file), fileName.replace(/\.js$/, '.ts')))
        .map((path) => (known.has(`${path}x`) ? `${path}x` : path))
        .filter((path) => known.has(path));
      return [file, imported];
    }),
  );
}

/**
 * The shortest circle through each knot of files that import each other, beginning and ending with the same file. A circle of types alone
 * counts: it is as hard to read and untangle as any other.
 */
export function circlesOf(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const inCircle = new Set<string>();
  const circles: string[][] = [];
  for (const file of imports.keys()) {
    const circle = inCircle.has(file) ? null : wayBack(file, imports);
    if (circle === null) continue;
    for (const part of circle) inCircle.add(part);
    circles.push(circle);
  }
  return circles;
}

/** The shortest path from a file through its imports back to itself. */
function wayBack(file: string, imports: ReadonlyMap<string, readonly string[]>): string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [file];
  for (let current = queue.shift(); current !== undefined; current = queue.shift()) {
    for (const next of imports.get(current) ?? []) {
      if (next === file) return [...trail(current, cameFrom), file];
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, current);
      queue.push(next);
    }
  }
  return null;
}

function trail(last: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const before = cameFrom.get(last);
  return before === undefined ? [last] : [...trail(before, cameFrom), last];
}
