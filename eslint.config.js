import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The rooms of src/ and the rooms each may import. `domain` is open to all and uses none.
 * A room that is missing here may import nothing but domain.
 */
const mayImport = {
  cli: [
    'conduct',
    'fleet',
    'contact',
    'dashboard',
    'licenses',
    'report',
    'config',
    'log',
    'simulator',
    'store',
    'serve',
    'files',
  ],
  conduct: ['fleet', 'rehearse', 'report', 'config', 'log', 'store', 'serve', 'files'],
  config: [],
  contact: ['phones', 'transport', 'pages'],
  dashboard: ['report', 'store'],
  domain: [],
  files: ['transport', 'tftp'],
  fleet: ['phones', 'ucm', 'files', 'inventory', 'store'],
  inventory: [],
  library: ['conduct', 'config', 'fleet', 'log', 'store'],
  licenses: ['files', 'inventory', 'store'],
  log: [],
  pages: [],
  phones: ['transport', 'pages'],
  rehearse: ['fleet', 'phones', 'transport', 'ucm', 'files', 'inventory', 'store'],
  report: [],
  serve: ['store', 'tftp'],
  simulator: ['tftp'],
  store: [],
  tftp: [],
  transport: [],
  ucm: ['transport'],
};

/** Packages that only one room may import, so that a change of library stays in one place. */
const onlyIn = {
  undici: 'transport',
  cheerio: 'pages',
  htmlparser2: 'pages',
  'js-tokens': 'pages',
  entities: 'pages',
  'p-queue': 'fleet',
  winston: 'log',
  luxon: 'fleet',
  kysely: 'store',
  libsql: 'store',
  pg: 'store',
  'pg-boss': 'store',
  pgpass: 'store',
  selfsigned: 'simulator',
  yargs: 'cli',
  'write-excel-file': 'report',
  preact: ['report', 'dashboard'],
  'preact-render-to-string': ['report', 'dashboard'],
  fastify: 'dashboard',
  uplot: 'report',
  'prom-client': 'report',
  nodemailer: 'report',
  'fast-xml-parser': ['simulator', 'ucm'],
  yauzl: ['contact', 'licenses'],
  yazl: 'contact',
  zod: ['config', 'contact', 'inventory', 'report', 'simulator'],
};

const rooms = Object.keys(mayImport);

/** A room's files by how deep they lie, so that `../report` inside a room is never taken for the room of that name. */
const depths = [0, 1, 2, 3].map((deep) => ({ folders: '*/'.repeat(deep), up: '../'.repeat(deep + 1) }));

const roomRules = rooms.flatMap((room) =>
  depths.map(({ folders, up }) => ({
    files: [`src/${room}/${folders}*.{ts,tsx}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...rooms
              .filter((other) => other !== room && other !== 'domain' && !mayImport[room].includes(other))
              .map((other) => ({
                group: [`${up}${other}/**`],
                message: `The room '${room}' may not use '${other}' (see eslint.config.js).`,
              })),
            ...(room === 'domain'
              ? [{ group: [`${up}**`, 'node:*'], message: 'domain uses nothing: no room, no I/O.' }]
              : []),
            ...Object.entries(onlyIn)
              .filter(([, owner]) => ![owner].flat().includes(room))
              .map(([name, owner]) => ({
                group: [name, `${name}/*`],
                message: `Only '${[owner].flat().join("', '")}' may import ${name}.`,
              })),
          ],
        },
      ],
    },
  })),
);

export default tseslint.config(
  { ignores: ['dist', '.builds', 'coverage', 'test/fixtures'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-control-regex': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['src/**/*.{ts,tsx}'], rules: { 'no-console': 'error' } },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/cli/terminal/screen.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          property: 'isColorSupported',
          message: 'It is true for pipes where CI is set: isColored() asks the stream, too.',
        },
      ],
    },
  },
  {
    // Tests look at what cannot be, throw what nobody should, and take errors apart: there the strict set finds little but that.
    files: ['src/**/*.{ts,tsx}', 'scripts/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    rules: {
      // Numbers and yes or no read in a text as they should; what else is put into one is a mistake.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `return end(record);` is how a function that returns nothing leaves early here.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A record ends and a stop is asked for while something else is awaited: the compiler's narrowing takes both for impossible.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Parts are closures and plain objects, and are taken apart freely; no method that is passed on so has a `this`.
      '@typescript-eslint/unbound-method': 'off',
      // The same as for all files: the set brings its own options.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        setTimeout: 'readonly',
        AbortController: 'readonly',
        WritableStream: 'readonly',
      },
    },
  },
  ...roomRules,
);
