// `npm run build:types`: the declarations of what other programs can import, in dist/. The compiler writes those of all modules that a run may
// load; whoever imports the package sees only what leads on from its entry.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesIn } from './files-in.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.types.json'], { cwd: root, stdio: 'inherit' });

const reached = new Set();
const waiting = [join(dist, 'index.d.ts')];
for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
  if (reached.has(path)) continue;
  reached.add(path);
  for (const [, name] of readFileSync(path, 'utf8').matchAll(/(?:from|import\()\s*['"](\.[^'"]+)\.js['"]/g))
    waiting.push(resolve(dirname(path), `${name}.d.ts`));
}
for (const path of filesIn(dist).filter((name) => name.endsWith('.d.ts') && !reached.has(name))) {
  rmSync(path);
  removeEmpty(dirname(path));
}

function removeEmpty(folder) {
  if (folder === dist || readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  removeEmpty(dirname(folder));
}
