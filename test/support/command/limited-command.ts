import { spawn, spawnSync } from 'node:child_process';
import { apart, builtCommand, type Finished } from './command.js';

const options = { env: { ...process.env, NODE_OPTIONS: '', TZ: 'UTC', ...apart() } } as const;

/** No file may grow beyond this many KiB: to the store, like a full disk. Smaller files can be written as before. */
export function runOnFullDisk(kib: number, args: readonly string[]): Promise<Finished> {
  return finished('bash', ['-c', `ulimit -f ${kib}; exec "$0" "$@"`, process.execPath, builtCommand, ...args], {});
}

/** The same for a process that is running already. */
export function fillDisk(pid: number, kib: number): void {
  limit(pid, `--fsize=${kib * 1_024}`);
}

/** No more than this many files may be open at once; each connection counts as one. */
export function runWithFiles(files: number, args: readonly string[]): Promise<Finished> {
  return finished('bash', ['-c', `ulimit -n ${files}; exec "$0" "$@"`, process.execPath, builtCommand, ...args], {});
}

/** The same for a process that is running already; what it has open stays open. */
export function limitFiles(pid: number, files: number): void {
  limit(pid, `--nofile=${files}:`);
}

function limit(pid: number, what: string): void {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), what], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`prlimit: ${stderr}`);
}

/** Whether this system can limit a running process (Linux). */
export const canLimit = spawnSync('prlimit', ['--version']).status === 0;

/** Runs a command in a PID namespace of its own, as in a container: its pids mean nothing outside. */
export const inContainer = ['unshare', '-pf', '--mount-proc', '--kill-child'] as const;

/** Whether this system lets us do that (Linux, as root). */
export const hasContainers = spawnSync(inContainer[0], [...inContainer.slice(1), 'true']).status === 0;

/** The user to run as without root's rights; `null` if no such user may read the command itself. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Whether there is a user for whom rights count and who may run the command. */
export const hasUnprivileged =
  spawnSync(process.execPath, [builtCommand, '--version'], { ...options, ...nobody }).status === 0;

/** Runs the built command as a user to whom the rights of files apply. */
export function runUnprivileged(args: readonly string[]): Promise<Finished> {
  return finished(process.execPath, [builtCommand, ...args], nobody);
}

function finished(file: string, args: string[], as: { uid?: number; gid?: number }): Promise<Finished> {
  const startedAt = Date.now();
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, ...as });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (text.stdout += piece));
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (text.stderr += piece));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...text, tookMs: Date.now() - startedAt }));
  });
}
