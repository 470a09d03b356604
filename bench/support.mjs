import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from '../scripts/build.mjs';

/** The builds that are measured, the same in all processes of a bench whatever is edited or built meanwhile: by module, and as it is shipped. */
const built = (process.env.BENCHED_BUILD ??= build());
const shipped = (process.env.BENCHED_PACKAGE ??= build({ bundle: true }));
export const main = join(shipped, 'dist', 'main.js');

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

/** The most memory (MB) that a Node process with these arguments takes, as the system counts it for the whole process. */
export async function peakOf(args) {
  const tell = "process.on('exit', () => process.stderr.write(`\\npeak ${process.resourceUsage().maxRSS}`))";
  const child = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(tell)}`, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  for await (const chunk of child.stderr) text += chunk;
  return Number(/peak (\d+)$/.exec(text)[1]) / 1_024;
}

/** One line of a result: what, the measure, the baseline in the same run, their ratio, and the target. */
export function say(what, value, baseline, ratio, target) {
  console.log(
    `${what.padEnd(58)} ${value.padStart(12)} ${baseline.padStart(26)} ${ratio.padStart(12)}   target ${target}`,
  );
}
