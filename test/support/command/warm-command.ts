import childProcess, { type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** How a run in a warm process ended. */
export interface WarmEnd {
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * The process that all test files of a jest worker share, and whether it is running something: a run that a test of an earlier file gave up
 * on may still go on. Each file loads our modules anew, but Node's own are shared by all, so this is kept there.
 */
const shared = childProcess as unknown as { warm?: { child: Promise<ChildProcess> | null; isBusy: boolean } };
const warm = (shared.warm ??= { child: null, isBusy: false });

/** Whether a run can be had without a process of its own: one at a time in each worker. */
export function isWarmFree(): boolean {
  return !warm.isBusy;
}

/** Runs the built command in the process that this worker keeps for it. Rejects if that process ends; the next run then gets another. */
export async function runWarm(
  builtPackage: string,
  run: { args: readonly string[]; cwd: string; env: NodeJS.ProcessEnv },
): Promise<WarmEnd> {
  warm.isBusy = true;
  try {
    const child = await (warm.child ??= started(builtPackage));
    keepUs(child, true);
    return await new Promise<WarmEnd>((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`the warm process ended with ${code}`));
      child.once('exit', ended);
      child.once('message', (end) => {
        child.off('exit', ended);
        keepUs(child, false);
        resolve(end as WarmEnd);
      });
      child.send(run);
    });
  } finally {
    warm.isBusy = false;
  }
}

/** Sets whether jest's process stays alive for this one. When jest's ends, this one notices and ends as well. */
function keepUs(child: ChildProcess, stay: boolean): void {
  for (const handle of [child, child.channel])
    if (stay) handle?.ref();
    else handle?.unref();
}

function started(builtPackage: string): Promise<ChildProcess> {
  const files = ['run-cli.js', 'program.js'].map((name) => join(builtPackage, 'dist', 'cli', name));
  const child = childProcess.fork(join('test', 'support', 'command', 'warm-process.js'), files, {
    execArgv: ['--max-semi-space-size=64'],
    stdio: 'inherit',
  });
  child.once('exit', () => (warm.child = null));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('message', () => resolve(child));
  });
}
