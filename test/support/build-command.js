import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Before integration tests: builds the command where `dist/` is older than what it is made of. `npm test` has built it already. */
export default function buildCommand({ rootDir, testPathPatterns }) {
  const wanted = testPathPatterns?.patterns ?? [];
  if (wanted.length > 0 && !wanted.some((pattern) => pattern.includes('integration'))) return;
  const built = join(rootDir, 'dist', 'main.js');
  const sources = [join(rootDir, 'package.json'), join(rootDir, 'tsconfig.build.json'), join(rootDir, 'src')];
  const newest = Math.max(...sources.map(newestIn));
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: rootDir, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** When the newest of a folder's files was written, in milliseconds since 1970. */
function newestIn(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
