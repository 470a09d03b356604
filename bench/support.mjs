import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from '../scripts/build.mjs';

/** The build that is measured, the same in all processes of a bench whatever is edited or built meanwhile. */
const built = (process.env.BENCHED_BUILD ??= build());
export const main = join(built, 'dist', 'main.js');

/** What a file of the build exports, named as it lies in `src/`. */
export const fromBuild = (path) => import(pathToFileURL(join(built, 'dist', path)).href);

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
  const child = spawn(
    process.execPath,
    ['--expose-gc', fileURLToPath(new URL(script, import.meta.url)), JSON.stringify(settings)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let text = '';
  for await (const chunk of child.stdout) text += chunk;
  return JSON.parse(text);
}

/** User and system seconds of a command, as bash counts them; null when it fails. */
export async function cpuOf(command) {
  const child = spawn('bash', ['-c', `TIMEFORMAT='%U %S %R'; time { ${command} >/dev/null 2>/dev/null; }`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  for await (const chunk of child.stderr) text += chunk;
  const [code] = child.exitCode === null ? await once(child, 'close') : [child.exitCode];
  const [user, system, real] = text.trim().split('\n').at(-1).split(' ').map(Number);
  return code === 0 ? { cpu: user + system, real } : null;
}

/** One line of a result: what, the measure, the baseline in the same run, their ratio, and the target. */
export function say(what, value, baseline, ratio, target) {
  console.log(
    `${what.padEnd(58)} ${value.padStart(12)} ${baseline.padStart(26)} ${ratio.padStart(12)}   target ${target}`,
  );
}
