// `npm run test:nodes`: the tests on every supported version of Node, each downloaded from the npm registry once and kept. Further
// arguments go to jest: `npm run test:nodes -- test/domain`. `--node 22` tries that version only.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** The oldest that package.json allows, and the newest of each line. */
const supported = ['20.19.0', '22', '24'];

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  options: { node: { type: 'string', multiple: true } },
  allowPositionals: true,
});

/** The path of a Node of that version, downloaded if needed. The packages contain the program and run nothing when installed. */
function nodeOf(version) {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = join(root, 'node_modules', '.cache', 'nodes', version);
  const program = join(folder, 'node_modules', name, 'bin', system === 'win' ? 'node.exe' : 'node');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    const options = ['--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
    // A shell, because npm is a script on Windows; only the folder needs quotes.
    const command = ['npm', 'install', ...options, `${name}@${version}`].map((word) => JSON.stringify(word)).join(' ');
    const { status } = spawnSync(command, { stdio: ['ignore', 'ignore', 'inherit'], shell: true, cwd: folder });
    if (status !== 0) throw new Error(`Node ${version} could not be installed from ${name}`);
  }
  return program;
}

const failed = [];
for (const version of values.node ?? supported) {
  const program = nodeOf(version);
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  process.stdout.write(`\nNode ${stdout.trim()}\n`);
  // Also first in PATH: tests start `node` and `npx`.
  const env = { ...process.env, PATH: `${dirname(program)}${delimiter}${process.env.PATH}` };
  const { status } = spawnSync(program, [join(root, 'scripts', 'test.mjs'), ...positionals], { stdio: 'inherit', env });
  if (status !== 0) failed.push(version);
}
if (failed.length > 0) process.stdout.write(`\nfailed on Node ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
