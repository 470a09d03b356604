import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeep } from '../depth.js';
import { isWarmFree, runWarm } from './warm-command.js';

/** The package that is tested, from `test/support/build-command.js`. */
const builtPackage = process.env.TESTED_BUILD ?? 'no build';
/** The command in it. */
export const builtCommand = join(builtPackage, 'dist', 'main.js');

/** Puts the built command at a path, as an installation would: for files of the examples that name it. */
export function installCommand(path: string): void {
  writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${builtCommand}" "$@"\n`, { mode: 0o755 });
}

/** Each command gets its own store in here, unless it names one. */
const stateHome = mkdtempSync(join(tmpdir(), 'fleet-migrate-state-'));
process.once('exit', () => rmSync(stateHome, { recursive: true, force: true }));

/** Simulated phones of different tests have the same MACs, so commands must not see each other's phone locks. */
export function apart(): { FLEET_MIGRATE_LOCK_FOLDER: string } {
  return { FLEET_MIGRATE_LOCK_FOLDER: mkdtempSync(join(stateHome, 'locks-')) };
}

/** How one run of the command ended. */
export interface Finished {
  /** `null` when a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  tookMs: number;
}

/** A run that has not ended yet. */
export interface Running {
  readonly done: Promise<Finished>;
  readonly pid: number;
  /** What has been written so far. */
  readonly stdout: string;
  readonly stderr: string;
  kill(signal: NodeJS.Signals): void;
  /** Resolves as soon as the stream has shown the text; rejects when the command ends without it. */
  shows(text: string, stream?: 'stdout' | 'stderr'): Promise<void>;
}

/** How a run is started. */
export interface CommandOptions {
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** The file to run instead of the built command. */
  main?: string;
  /** Words of another command to run it with, such as `inContainer`. */
  under?: readonly string[];
}

/** Starts the built command as its users do: a process of its own, no terminal, nothing on standard input. */
export function startCommand(
  args: readonly string[],
  { cwd, env, main = builtCommand, under = [] }: CommandOptions = {},
): Running {
  const startedAt = Date.now();
  const [file = process.execPath, ...words] = [...under, process.execPath, main, ...args];
  const child = spawn(file, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...ownEnvironment(), ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  const text = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (piece: string) => {
      text[stream] += piece;
      for (const look of waiting) look();
    });
  }
  const done = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...text, tookMs: Date.now() - startedAt }));
  });
  return {
    done,
    pid: child.pid ?? -1,
    get stdout() {
      return text.stdout;
    },
    get stderr() {
      return text.stderr;
    },
    kill: (signal) => void child.kill(signal),
    shows: (wanted, stream = 'stdout') =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!text[stream].includes(wanted)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        const ended = (): void => reject(new RangeError(`it ended without "${wanted}" on ${stream}: ${text.stderr}`));
        done.then(ended, reject);
      }),
  };
}

/**
 * Runs the built command to its end. At quick depth, in a process that the runs of a test file share one after the other; at full depth,
 * and always with `startCommand`, in one of its own.
 */
export async function runCommand(args: readonly string[], options: CommandOptions = {}): Promise<Finished> {
  const { cwd = process.cwd(), env, main, under } = options;
  const needsOwn = main !== undefined || under !== undefined || env?.['NODE_OPTIONS'] !== undefined;
  if (isDeep || needsOwn || !isWarmFree()) return startCommand(args, options).done;
  const startedAt = Date.now();
  const end = await runWarm(builtPackage, { args, cwd, env: { ...ownEnvironment(), ...env } });
  return { ...end, signal: null, tookMs: Date.now() - startedAt };
}

/** Our environment without what jest and the terminal add to it. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, FORCE_COLOR: _color, NO_COLOR: _noColor, ...rest } = process.env;
  const settings = Object.keys(rest).filter(
    (name) => name.startsWith('FLEET_MIGRATE_') && name !== 'FLEET_MIGRATE_CAPTURES',
  );
  for (const name of settings) delete rest[name];
  // `CI` makes some programs color what goes to a pipe; ours does not. A user's configuration and store must not get into tests.
  return {
    ...rest,
    TZ: 'UTC',
    CI: 'true',
    XDG_STATE_HOME: mkdtempSync(join(stateHome, 'run-')),
    XDG_CONFIG_HOME: stateHome,
    ...apart(),
  };
}
