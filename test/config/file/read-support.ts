import { optionTable, type OptionRow } from '../../../src/cli/options/table.js';
import { fleetConfigProblems } from '../../../src/config/file/problems.js';
import type { ReadOptions } from '../../../src/config/file/read-options.js';

/** Options with their groups' names as texts, whether the table has them already or they are made up here. */
const madeUp: readonly Omit<OptionRow, 'group'>[] = [
  { name: 'config', type: 'string', value: 'FILE', text: 'The configuration file' },
  { name: 'site', type: 'string', many: true, value: 'NAME', text: 'Only these sites' },
  { name: 'db', type: 'string', value: 'PATH|URL', text: 'The store' },
  { name: 'waves', type: 'string', value: 'LIST', text: 'Sizes of waves' },
  { name: 'abort-after', type: 'string', many: true, value: 'N|PERCENT', text: 'When to stop' },
  { name: 'window', type: 'string', many: true, value: 'WINDOW', text: 'When phones may be started' },
  { name: 'time-zone', type: 'string', value: 'ZONE', text: 'Of the windows' },
  { name: 'max-upgrading-per-subnet', type: 'number', value: 'N', text: 'At once in a subnet' },
  { name: 'pause-after-wave', type: 'boolean', default: false, text: 'End after each wave' },
  { name: 'notify', type: 'string', value: 'URL', text: 'Whom to tell' },
];

/** The option table with everything that settings of a nightly run need. */
export const table: readonly OptionRow[] = [
  ...optionTable,
  ...madeUp
    .filter(({ name }) => !optionTable.some((row) => row.name === name))
    .map((row) => ({ ...row, group: 'How' as const })),
];

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
  return fleetConfigProblems(text, 'f.yaml', options).map(({ place, problem }) => {
    const position = place.line === null ? '' : `${place.line}:${place.column} `;
    return `${position}${place.path}${place.path === '' ? '' : ': '}${problem}`;
  });
}
