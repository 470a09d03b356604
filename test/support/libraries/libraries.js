import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Jest would load every library anew for each test file: a fifth of the time of those that compute. These are loaded once a process instead, by
 * Node itself: the environment (`environment.js`) hands them over, and a module made for each passes them on under their names.
 */
const libraries = [
  'axe-core',
  'cheerio/slim',
  'cli-table3',
  'csv-parse',
  'csv-parse/sync',
  'csv-stringify/sync',
  'fast-check',
  'fast-xml-parser',
  'htmlparser2',
  'kysely',
  'libsql',
  'log-update',
  'luxon',
  'nodemailer',
  'pg',
  'pg-boss',
  'pgpass',
  'playwright-core',
  'prom-client',
  'selfsigned',
  'undici',
  'winston',
  'yaml',
  'yauzl',
  'yazl',
  'yargs',
  'zod',
];

const folder = fileURLToPath(new URL('../../../node_modules/.cache/fleet-migrate-tests', import.meta.url));

/** For jest's `moduleNameMapper`. */
export const libraryMapping = { [`^(${libraries.join('|')})$`]: join(folder, '$1.mjs') };

/** Where the environment puts what loads them. */
export const loader = 'loadLibrary';

/** Makes the modules that pass on what the libraries export now. Other tests may be running: they never see half of one. */
export async function passOnLibraries() {
  for (const name of libraries) {
    const path = join(folder, `${name}.mjs`);
    const text = passing(name, Object.keys(await import(name)));
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    mkdirSync(dirname(path), { recursive: true });
    const making = `${path}-${randomBytes(6).toString('hex')}`;
    writeFileSync(making, text);
    renameSync(making, path);
  }
}

/** Names of exports may be words of the language; some versions of Node also export what is no name at all. */
function passing(name, exported) {
  const names = exported.filter((key) => /^[\w$]+$/.test(key)).map((key, nth) => [key, `v${nth}`]);
  return [
    `const library = await globalThis.${loader}(${JSON.stringify(name)});`,
    ...names.map(([key, variable]) => `const ${variable} = library.${key}; export { ${variable} as ${key} };`),
  ].join('\n');
}
