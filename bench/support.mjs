import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from '../scripts/build.mjs';
import { writeScript } from '../scripts/bundle.mjs';

/** How much is measured: `few` where a bench is only seen to work (`--small`), which says nothing about speed. */
export const many = (usual, few) => (process.env.BENCH_SMALL ? few : usual);

/** The package that is measured, as it is shipped: that of what is in `src/` now, or another one to compare it with. */
const shipped = process.env.BENCHED_PACKAGE ?? (await build({ bundle: true }));
export const main = join(shipped, 'dist', 'main.js');

/** What a file of `src/` exports, for what is not measured. */
export const fromBuild = async (path) => import(pathToFileURL(join(await build(), 'dist', path)).href);

/** Scripts that were bundled already, and where. */
const bundles = new Map();

/** A script with all that it imports, bundled as the command is: such a process holds what a user's does, and no more. */
async function bundled(script) {
  const made = bundles.get(script);
  if (made) return made;
  const folder = mkdtempSync(fileURLToPath(new URL('../.builds/bench-', import.meta.url)));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['package.json', 'profiles', join('dist', 'profiles.data')])
    cpSync(join(shipped, name), join(folder, name), { recursive: true });
  await writeScript(join(folder, 'dist'), fileURLToPath(new URL(script, import.meta.url)));
  const path = join(folder, 'dist', script.replace('.mjs', '.js'));
  bundles.set(script, path);
  return path;
}

/** Starts the simulator in a process of its own, so that its work is not counted as ours. */
export async function startSimulator(...args) {
  const child = spawn(
    process.execPath,
    [main, 'simulate', '--http-port', '0', '--https-port', '0', '--files-port', '0', ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.includes('Ready')) break;
  }
  return {
    httpPort: Number(/http port (\d+)/.exec(text)[1]),
    httpsPort: Number(/https port (\d+)/.exec(text)[1]),
    files: /files (\S+)/.exec(text)[1],
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'close');
    },
  };
}

/** Runs a bench script in a process of its own and answers the JSON it prints. */
export async function measure(script, settings) {
  const child = spawn(process.execPath, [await bundled(script), JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of child.stdout) text += chunk;
  return JSON.parse(text);
}

/** User and system seconds of a command, as bash counts them; null when it ends with another code than these. */
export async function cpuOf(command, codes = [0]) {
  const child = spawn('bash', ['-c', `TIMEFORMAT='%U %S %R'; time { ${command} >/dev/null 2>/dev/null; }`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  for await (const chunk of child.stderr) text += chunk;
  const [code] = child.exitCode === null ? await once(child, 'close') : [child.exitCode];
  const [user, system, real] = text.trim().split('\n').at(-1).split(' ').map(Number);
  return codes.includes(code) ? { cpu: user + system, real } : null;
}

/** The most memory (MB) that a Node process with these arguments takes. */
export async function peakOf(args) {
  return (await costOf(args)).peak;
}

/** The same, and its user and system seconds: for what takes too long to be run twice. */
export async function costOf(args) {
  const tell = `import { peakNow } from ${JSON.stringify(new URL('peak.mjs', import.meta.url).href)};
    process.on('exit', () => {
      const { user, system } = process.cpuUsage();
      process.stderr.write('\\npeak ' + peakNow() + ' cpu ' + (user + system));
    })`;
  const child = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(tell)}`, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  for await (const chunk of child.stderr) text += chunk;
  const [, megabytes, microseconds] = /peak ([\d.]+) cpu (\d+)$/.exec(text);
  return { peak: Number(megabytes), cpu: microseconds / 1e6 };
}

/** The middle one. */
export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}

/** Median CPU (ms) of commands that are run in turn, so that what else this machine does meets all of them; null for one that fails. */
export async function cpuInTurn(commands, rounds, codes = [0]) {
  const taken = commands.map(() => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [at, command] of commands.entries()) {
      const one = await cpuOf(command, codes);
      taken[at].push(one === null ? Number.NaN : one.cpu * 1_000);
    }
  return taken.map((all) => (all.some(Number.isNaN) ? null : median(all)));
}

/** The first so many addresses of a subnet `127.x.y.0`, without those that end in 0 or 255. */
export function addressesFrom(subnet, count) {
  const [a, b, c] = subnet.split('.').map(Number);
  const perBlock = 254;
  return Array.from({ length: count }, (_, at) => {
    const block = c + Math.floor(at / perBlock);
    return `${a}.${b + (block >> 8)}.${block & 255}.${(at % perBlock) + 1}`;
  });
}

/** A folder that is gone when the process ends. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return (name) => join(folder, name);
}
