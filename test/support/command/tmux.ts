import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { apart, builtCommand } from './command.js';

/** Whether this machine has tmux: a terminal that can be made smaller and larger, and whose screen can be read. */
export const hasTmux = spawnSync('tmux', ['-V'], { encoding: 'utf8' }).status === 0;

/** The built command in a window of tmux. */
export interface InTmux {
  /** What the window shows now, without blanks at the ends. */
  screen(): string[];
  /** The same with its colors as control sequences, and with the lines that have left the window at the top. */
  painted(): string;
  /** Whether the cursor is shown. */
  hasCursor(): boolean;
  /** Resolves to the screen when it shows this. */
  shows(text: string | RegExp | ((lines: readonly string[]) => boolean)): Promise<string[]>;
  /** Types a text, or a key by its name in tmux, such as `Enter` and `C-c`. */
  type(key: string): void;
  resize(columns: number, rows: number): void;
  /** Resolves to the exit code. */
  readonly done: Promise<number>;
  /** Closes the window; resolves when the command has ended with it, so that nobody else talks to its phones any more. */
  close(): Promise<void>;
}

/** Starts the built command in a window of this size and in this folder; `env` is added to its environment. */
export function startInTmux(
  args: readonly string[],
  {
    columns = 100,
    rows = 30,
    env = {},
    cwd = process.cwd(),
  }: { columns?: number; rows?: number; env?: Readonly<Record<string, string>>; cwd?: string } = {},
): InTmux {
  // A server of its own: it ends with the test, and touches no other.
  const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-tmux-'));
  const { NODE_OPTIONS: _options, FORCE_COLOR: _force, NO_COLOR: _no, CI: _ci, TMUX: _tmux, ...rest } = process.env;
  const ownEnv = { ...rest, ...apart(), ...env };
  const tmux = (...words: string[]): string =>
    spawnSync('tmux', ['-S', join(folder, 'socket'), '-f', '/dev/null', ...words], { encoding: 'utf8', env: ownEnv })
      .stdout;
  const quoted = [process.execPath, builtCommand, ...args]
    .map((word) => `'${word.replaceAll("'", `'\\''`)}'`)
    .join(' ');
  tmux(
    'new-session',
    '-d',
    '-c',
    cwd,
    '-x',
    String(columns),
    '-y',
    String(rows),
    // A shell ends with a command that a signal has ended, unless it listens to that signal itself.
    `trap : INT; ${quoted}; echo "ended with $?"; exec sleep 600`,
  );
  const screen = (): string[] => {
    const lines = tmux('capture-pane', '-p')
      .split('\n')
      .map((line) => line.trimEnd());
    while (lines.at(-1) === '') lines.pop();
    return lines;
  };
  const shows: InTmux['shows'] = async (text) => {
    for (let tries = 0; ; tries += 1) {
      const lines = screen();
      const all = lines.join('\n');
      const isShown =
        typeof text === 'string' ? all.includes(text) : typeof text === 'function' ? text(lines) : text.test(all);
      if (isShown) return lines;
      if (tries > 600 || /^ended with/m.test(all)) throw new RangeError(`it never showed ${String(text)}:\n${all}`);
      await pause(50);
    }
  };
  return {
    screen,
    painted: () => tmux('capture-pane', '-e', '-p', '-S', '-').trimEnd(),
    hasCursor: () => tmux('display-message', '-p', '#{cursor_flag}').trim() === '1',
    shows,
    type: (key) => void tmux('send-keys', key),
    resize: (width, height) => void tmux('resize-window', '-x', String(width), '-y', String(height)),
    get done() {
      return (async () => {
        for (let tries = 0; tries < 1_200; tries += 1) {
          const code = /^ended with (\d+)$/m.exec(screen().join('\n'))?.[1];
          if (code !== undefined) return Number(code);
          await pause(50);
        }
        throw new RangeError(`it did not end:\n${screen().join('\n')}`);
      })();
    },
    close: async () => {
      const shell = tmux('display-message', '-p', '#{pane_pid}').trim();
      const command = shell === '' ? [] : childrenOf(shell);
      tmux('kill-server');
      rmSync(folder, { recursive: true, force: true });
      for (const pid of command) await ended(pid);
    },
  };
}

function childrenOf(pid: string): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** A command whose window is closed goes on to its own end; one that takes too long is ended. */
async function ended(pid: number): Promise<void> {
  for (let tries = 0; isAlive(pid); tries += 1) {
    if (tries === 200) process.kill(pid, 'SIGKILL');
    await pause(50);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
