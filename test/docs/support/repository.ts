import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One line of a file of this repository. */
export interface Line {
  /** From the root, with slashes. */
  file: string;
  number: number;
  text: string;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const textual = /\.(ts|js|mjs|ya?ml|md|json|csv|html|service|timer|sh)$/;

/** A path from the root, as the file system knows it. */
function absolute(path: string): string {
  return `${root}${path}`;
}

/** Whether a file or folder of that path is in the repository. */
export function isThere(path: string): boolean {
  return existsSync(absolute(path));
}

/** Every file at these paths, folders with all they hold, from the root and with slashes. */
export function filesAt(...paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (!statSync(absolute(path)).isDirectory()) return [path];
    return readdirSync(absolute(path), { withFileTypes: true }).flatMap((entry) => filesAt(`${path}/${entry.name}`));
  });
}

/** The text of a file. */
export function textOf(file: string): string {
  return readFileSync(absolute(file), 'utf8');
}

/** The lines of all text files at these paths. */
export function linesAt(...paths: readonly string[]): Line[] {
  return filesAt(...paths)
    .filter((file) => textual.test(file))
    .flatMap((file) =>
      textOf(file)
        .split('\n')
        .map((text, index) => ({ file, number: index + 1, text })),
    );
}
