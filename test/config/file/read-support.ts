import { optionTable } from '../../../src/conduct/options/table.js';
import { type ReadOptions, readText } from '../../../src/config/file/problems.js';

/** The whole option table. */
export const table = optionTable;

/** Files that are only here, by absolute path; anything else is not there. */
export function filesOf(files: Readonly<Record<string, string>>): (path: string) => string {
  return (path) => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error('not there'), { code: 'ENOENT' });
    return text;
  };
}

/** Reading with this environment and these files. */
export function reading(
  env: Readonly<Record<string, string>> = {},
  files: Readonly<Record<string, string>> = {},
): ReadOptions {
  return { options: table, home: '/home/op', secrets: { env, readFile: filesOf(files) } };
}

/** All problems of a text as `line:column path: problem`. */
export function problemsOf(text: string, options: ReadOptions = reading()): string[] {
  return readText(text, 'f.yaml', options).findings.map(({ place, problem }) => {
    const position = place.line === null ? '' : `${place.line}:${place.column} `;
    return `${position}${place.path}${place.path === '' ? '' : ': '}${problem}`;
  });
}
