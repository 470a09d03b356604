// Builds the command. As a script (`npm run build`) it puts the result in `dist/`; tests, demo and benches call `build()` and run from
// `.builds/`, where no later build replaces it under them.
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { thirdPartyNotices } from './third-party.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const builds = join(root, '.builds');
/** What a build is made from, and what it reads when it runs. */
const sources = [
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'src', 'profiles'],
  ...['build.mjs', 'third-party.mjs', 'undici-parts.mjs'].map((name) => join('scripts', name)),
];
/** What the command reads beside `dist/`. */
const besides = ['package.json', 'profiles'];
/** Builds that have not been used for this long (ms) are removed: longer than any test, demo or bench runs from one. */
const keptMs = 24 * 3_600_000;

/**
 * The folder of a build of what is in `src/` now: a package with `dist/`, `profiles/` and `package.json`. It is named by its content and
 * never changed once it exists, so what runs from it may import at any time, and equal sources are compiled once. Types are checked by `npm
 * run check`, not here. `bundle` puts our modules and their libraries into a few files, as they are shipped: a process starts in half the
 * time. `maps` adds source maps, which are not shipped. Throws when it cannot be compiled.
 */
export function build({ bundle = false, maps = false } = {}) {
  const key = contentKey();
  const folder = join(builds, `${key}${bundle ? '-bundle' : ''}${maps ? '-maps' : ''}`);
  if (existsSync(folder)) {
    utimesSync(folder, new Date(), new Date());
    return folder;
  }
  mkdirSync(builds, { recursive: true });
  removeOld();
  const making = join(builds, `making-${randomBytes(6).toString('hex')}`);
  try {
    for (const name of besides) cpSync(join(root, name), join(making, name), { recursive: true });
    compile(join(making, 'dist'), { ...(bundle ? bundled : modules()), ...(maps ? { sourcemap: 'external' } : {}) });
    // Somebody is editing: what was compiled may be half old and half new.
    if (contentKey() !== key) return build({ bundle, maps });
    if (!renamed(making, folder) && !existsSync(folder)) throw new Error(`cannot rename ${making} to ${folder}`);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return folder;
}

/** Replaces `dist/` by a build in one step, so that nobody sees half of it. Leaves an identical `dist/` alone. */
function replaceDist(folder) {
  const dist = join(root, 'dist');
  const built = join(folder, 'dist');
  if (existsSync(dist) && hashOf([dist], dist) === hashOf([built], built)) return;
  const spare = randomBytes(6).toString('hex');
  const [fresh, old] = [join(builds, `making-${spare}`), join(builds, `old-${spare}`)];
  try {
    cpSync(built, fresh, { recursive: true });
    // A folder cannot be renamed over another. If two builds do this at once, the second removes what the first has put there.
    for (let tries = 0; !renamed(fresh, dist); tries += 1) {
      if (tries === 20) throw new Error('dist/ cannot be replaced: is a file in it open?');
      rmSync(old, { recursive: true, force: true });
      renamed(dist, old);
    }
  } finally {
    for (const path of [fresh, old]) rmSync(path, { recursive: true, force: true });
  }
}

/** Renames a folder. Returns false if the new name exists already or the old one no longer does. */
function renamed(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    // Windows reports EPERM or EACCES where others report that the folder is not empty.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'ENOENT'].includes(error.code)) return false;
    throw error;
  }
}

/** Each of our modules by itself, without its types. Listed at build time, so that new files are included, as they are in the hash. */
const modules = () => ({ entryPoints: filesIn(join(root, 'src')).filter((path) => path.endsWith('.ts')) });

/** What is run, and what tests keep loaded, each with everything it needs. */
const bundled = {
  entryPoints: ['main.ts', 'index.ts', 'cli/run-cli.ts', 'cli/program.ts'].map((name) => join(root, 'src', name)),
  bundle: true,
  splitting: true,
  minifyWhitespace: true,
  // Libraries that make more of themselves while they are developed (winston's colors).
  define: { 'process.env.NODE_ENV': '"production"' },
  alias: { undici: join(root, 'scripts', 'undici-parts.mjs') },
  // It looks for its binary beside itself.
  external: ['libsql'],
};

/** What CommonJS libraries expect from Node. Only for the files that have it: each one that makes its own costs a start 0.3 ms. */
const requireForLibraries =
  "import { createRequire as forLibraries } from 'node:module';const require=forLibraries(import.meta.url);\n";

function compile(outDir, what) {
  const { metafile } = esbuild.buildSync({
    ...what,
    metafile: true,
    absWorkingDir: root,
    outbase: join(root, 'src'),
    outdir: outDir,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  chmodSync(join(outDir, 'main.js'), 0o755);
  if (!what.bundle) return;
  for (const path of filesIn(outDir).filter((name) => name.endsWith('.js'))) giveRequire(path);
  writeFileSync(join(outDir, 'THIRD-PARTY.txt'), thirdPartyNotices(Object.keys(metafile.inputs), root));
  writeFileSync(join(outDir, 'profiles.data'), checkedProfiles(outDir));
}

/** Puts `require` into a file that has it, as a line of its own before all others. */
function giveRequire(path) {
  const code = readFileSync(path, 'utf8');
  if (!/\brequire\b/.test(code)) return;
  if (code.startsWith('#!')) throw new Error(`${path}: nothing may stand before its first line`);
  writeFileSync(path, requireForLibraries + code);
  const map = `${path}.map`;
  if (!existsSync(map)) return;
  const { mappings, ...rest } = JSON.parse(readFileSync(map, 'utf8'));
  writeFileSync(map, JSON.stringify({ ...rest, mappings: `;${mappings}` }));
}

/** The shipped profiles beside `outDir`, read and checked, for `src/config/profiles/checked-at-build.ts`. Throws for a profile that is not good. */
function checkedProfiles(outDir) {
  const reader = join(outDir, 'as-shipped.mjs');
  esbuild.buildSync({
    ...{ entryPoints: [join(root, 'src', 'config', 'profiles', 'as-shipped.ts')], outfile: reader },
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning' },
    banner: { js: requireForLibraries },
  });
  const write = `
    const { allShipped } = await import(${JSON.stringify(pathToFileURL(reader).href)});
    process.stdout.write((await import('node:v8')).serialize(await allShipped()));`;
  try {
    return execFileSync(process.execPath, ['--input-type=module', '--eval', write]);
  } finally {
    rmSync(reader);
  }
}

function contentKey() {
  return hashOf(
    sources.map((name) => join(root, name)),
    root,
  ).slice(0, 16);
}

/** One hash for the paths below `base` and the contents of everything in these files and folders. */
function hashOf(paths, base) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesIn)) hash.update(`${path.slice(base.length)}\0`).update(readFileSync(path));
  return hash.digest('hex');
}

/** Every file at or below a path, in the same order on every machine. */
function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}

function removeOld() {
  for (const name of readdirSync(builds)) {
    const path = join(builds, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (age > keptMs) rmSync(path, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) replaceDist(build({ bundle: true, maps: true }));
