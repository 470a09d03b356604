// What the build compiles.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { serialize } from 'node:v8';
import { rolldown } from 'rolldown';
import { filesIn } from './files-in.mjs';
import { writePages } from './pages.mjs';
import { thirdPartyNotices } from './third-party.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reading = { cwd: root, platform: 'node', logLevel: 'warn' };
const transform = { target: 'node20' };

/** What runs in browsers alone is compiled by itself. */
const browserOnly = [join('report', 'html', 'page', 'main.tsx'), join('dashboard', 'script', 'live.ts')];

/** Writes each of our modules by itself, without its types: those that there are now. */
export async function writeModules(outDir, sourcemap) {
  const input = filesIn(join(root, 'src')).filter(
    (path) => /\.tsx?$/.test(path) && !browserOnly.some((name) => path.endsWith(name)),
  );
  const bundle = await rolldown({
    ...reading,
    input,
    transform,
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
    treeshake: false,
  });
  await bundle.write({ dir: outDir, preserveModules: true, preserveModulesRoot: join(root, 'src'), sourcemap });
  await writePages(outDir);
}

/** How what is shipped is read: our modules and their libraries. */
const shippedAs = {
  ...reading,
  // It looks for its binary beside itself.
  external: ['libsql'],
  resolve: { alias: { undici: join(root, 'scripts', 'undici-parts.mjs') } },
  // Libraries that make more of themselves while they are developed (winston's colors).
  transform: { ...transform, define: { 'process.env.NODE_ENV': '"production"' } },
};
/** And how it is written. */
const writtenAs = {
  comments: false,
  // With one letter beyond, V8 holds all of a file with two bytes for each.
  charset: 'ascii',
  // Lines are kept: Node parses the one in which an assertion fails (undici's, when a phone is cut off), which took minutes for all code on one.
  minify: false,
};

/** Writes a script with all that it imports, in the same way. */
export async function writeScript(outDir, input) {
  // In one file, nothing is loaded later.
  const bundle = await rolldown({ ...shippedAs, input, checks: { ineffectiveDynamicImport: false } });
  await bundle.write({ ...writtenAs, dir: outDir });
}

/** What is run, and what tests keep loaded, each with everything it needs. */
const entries = ['main', 'index', 'cli/run-cli', 'cli/program'];

/**
 * What a command loads together is one file: a start reads code quicker from few files. Each takes what these modules import and no file above
 * it has. What is loaded later, and by few commands, gets files of its own.
 */
const groups = [
  // What other programs import is small until they start a run.
  { name: 'library', modules: ['index'] },
  // Never with `main`, which awaits the command at its top level: a file that imported it would wait for itself.
  { name: 'begin', modules: ['cli/run-cli', 'cli/terminal/keep-compiled', 'conduct/left-behind'] },
  { name: 'options', modules: ['cli/program'] },
  { name: 'settings-and-store', modules: ['conduct/options/sources', 'conduct/options/store-option'] },
  { name: 'results', modules: ['cli/commands/runs/runs', 'cli/commands/report/report'] },
  { name: 'run', modules: ['cli/commands/migrate'] },
];

/** One of our modules. Throws for one that is no longer there: a start would get slower, and nobody would be told. */
function sourceOf(name) {
  const path = join(root, 'src', `${name}.ts`);
  if (!existsSync(path)) throw new Error(`${path} is not there`);
  return path;
}

/** Writes our modules and their libraries as a few files, with the shipped profiles as data and the notices of the libraries. */
export async function writeBundle(outDir, sourcemap) {
  const codeSplitting = {
    groups: groups.map(({ name, modules }, at) => {
      const those = modules.map(sourceOf);
      return { name, test: (id) => those.includes(id), priority: groups.length - at };
    }),
  };
  const bundle = await rolldown({
    ...shippedAs,
    input: Object.fromEntries(entries.map((name) => [name, sourceOf(name)])),
  });
  const { output } = await bundle.write({
    ...writtenAs,
    dir: outDir,
    chunkFileNames: '[name]-[hash].js',
    codeSplitting,
    sourcemap,
  });
  const inputs = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  writeFileSync(join(outDir, 'THIRD-PARTY.txt'), thirdPartyNotices([...inputs, ...(await writePages(outDir))]));
  writeFileSync(join(outDir, 'profiles.data'), await checkedProfiles(outDir));
}

/** The shipped profiles beside `outDir`, read and checked, for `src/config/profiles/checked-at-build.ts`. Throws for a profile that is not good. */
async function checkedProfiles(outDir) {
  const reader = join(outDir, 'as-shipped.mjs');
  const bundle = await rolldown({ ...reading, input: join(root, 'src', 'config', 'profiles', 'as-shipped.ts') });
  await bundle.write({ file: reader, codeSplitting: false });
  try {
    const { allShipped } = await import(pathToFileURL(reader).href);
    return serialize(await allShipped());
  } finally {
    rmSync(reader);
  }
}
