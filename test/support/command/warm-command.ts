import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** How a run in a warm process ended. */
export interface WarmEnd {
  code: number;
  stdout: string;
  stderr: string;
}

let warm: Promise<ChildProcess> | null = null;
let busy = false;
afterAll(async () => (await warm)?.disconnect());

/** Whether a run can be had without a process of its own: one at a time in each test file. */
export function isWarmFree(): boolean {
  return !busy;
}

/** Runs the built command in the process that this test file keeps for it. Rejects when that ends. */
export async function runWarm(
  builtPackage: string,
  run: { args: readonly string[]; cwd: string; env: NodeJS.ProcessEnv },
): Promise<WarmEnd> {
  busy = true;
  try {
    const child = await (warm ??= started(builtPackage));
    return await new Promise<WarmEnd>((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`the warm process ended with ${code}`));
      child.once('exit', ended);
      child.once('message', (end) => {
        child.off('exit', ended);
        resolve(end as WarmEnd);
      });
      child.send(run);
    });
  } finally {
    busy = false;
  }
}

function started(builtPackage: string): Promise<ChildProcess> {
  const files = ['run-cli.js', 'program.js'].map((name) => join(builtPackage, 'dist', 'cli', name));
  const child = fork(join('test', 'support', 'command', 'warm-process.js'), files, { execArgv: [], stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('message', () => resolve(child));
  });
}
