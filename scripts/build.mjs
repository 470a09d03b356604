// Builds the command. As a script (`npm run build`) it puts the result in `dist/`; tests, demo and benches call `build()` and run from
// `.builds/`, where no later build replaces it under them.
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
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeBundle, writeModules } from './bundle.mjs';
import { filesIn } from './files-in.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const builds = join(root, '.builds');
/** The rules that reasons cite, which `explain` shows. */
const rules = join('docs', 'knowledge', 'migration-guide.md');
/** What a build is made from, and what it reads when it runs. */
const sources = [
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'src', 'profiles', rules],
  ...['build.mjs', 'bundle.mjs', 'files-in.mjs', 'pages.mjs', 'third-party.mjs', 'undici-parts.mjs'].map((name) =>
    join('scripts', name),
  ),
];
/** What the command reads beside `dist/`. */
const besides = ['package.json', 'profiles', rules];
/** Builds that have not been used for this long (ms) are removed: longer than any test, demo or bench runs from one. */
const keptMs = 24 * 3_600_000;

/**
 * The folder of a build of what is in `src/` now: a package with `dist/` and what that reads. It is named by its content and
 * never changed once it exists, so what runs from it may import at any time, and equal sources are compiled once. Types are checked by `npm
 * run check`, not here. `bundle` puts our modules and their libraries into a few files, as they are shipped: a process starts in half the
 * time. `maps` adds source maps, which are not shipped. Throws when it cannot be compiled.
 */
export async function build({ bundle = false, maps = false } = {}) {
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
    const dist = join(making, 'dist');
    await (bundle ? writeBundle : writeModules)(dist, maps ? 'hidden' : false);
    chmodSync(join(dist, 'main.js'), 0o755);
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

function removeOld() {
  for (const name of readdirSync(builds)) {
    const path = join(builds, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (age > keptMs) rmSync(path, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) replaceDist(await build({ bundle: true, maps: true }));
