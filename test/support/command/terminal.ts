import { spawn, spawnSync } from 'node:child_process';
import { apart, builtCommand } from './command.js';

/** Whether this machine has `script` of util-linux, which makes a terminal for a program that has none. */
export const hasTerminals =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;

/** A command that runs on a terminal of its own. */
export interface OnTerminal {
  /** Everything that the terminal was sent so far, control characters included. */
  readonly sent: string;
  /** Resolves when the terminal has been sent this text; rejects when the command ends without it. */
  shows(text: string | RegExp): Promise<void>;
  type(text: string): void;
  /** Takes the terminal away, as a lost connection does; the command may live on. */
  hangUp(): void;
  /** The exit code. */
  readonly done: Promise<number | null>;
}

/**
 * Starts the built command on a terminal of this many columns; `rest` is appended as a shell reads it, such as `> file`, and `more` is added
 * to its environment.
 */
export function startOnTerminal(
  args: readonly string[],
  {
    columns = 100,
    rest = '',
    cwd = process.cwd(),
    more = {},
  }: { columns?: number; rest?: string; cwd?: string; more?: Readonly<Record<string, string>> } = {},
): OnTerminal {
  const words = [process.execPath, builtCommand, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  const line = `stty cols ${columns} rows 30; exec ${words.join(' ')} ${rest}`;
  const { NODE_OPTIONS: _options, FORCE_COLOR: _force, NO_COLOR: _no, CI: _ci, ...env } = process.env;
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', line, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...env, ...apart(), TERM: 'xterm', SHELL: '/bin/sh', ...more },
    cwd,
  });
  let sent = '';
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    sent += piece;
    for (const look of waiting) look();
  });
  const done = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  });
  return {
    done,
    get sent() {
      return sent;
    },
    type: (text) => void child.stdin.write(text),
    hangUp: () => void child.kill('SIGKILL'),
    shows: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (typeof text === 'string' ? !sent.includes(text) : !text.test(sent)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        const ended = (): void => reject(new RangeError(`it ended without ${String(text)}: ${JSON.stringify(sent)}`));
        done.then(ended, reject);
      }),
  };
}

/** What is left on the screen after all of this was sent to a terminal: its lines, without colors and blanks at the ends. */
export function screenAfter(sent: string): string[] {
  const lines: string[] = [''];
  let [row, column] = [0, 0];
  for (const [, control, argument = '', final = ''] of sent.matchAll(/(\x1b\[([?\d;]*)([A-Za-z])|[^])/g)) {
    if (control === '\r') column = 0;
    else if (control === '\n') row += 1;
    else if (final === 'A') row = Math.max(0, row - (Number(argument) || 1));
    else if (final === 'B') row += Number(argument) || 1;
    // A drawing is shown as a whole: where it begins and ends.
    else if (argument === '?2026') continue;
    else if (final === 'G') column = (Number(argument) || 1) - 1;
    else if (final === 'K') lines[row] = argument === '2' ? '' : (lines[row] ?? '').slice(0, column);
    else if (final === 'J') lines.splice(row, Infinity, (lines[row] ?? '').slice(0, column));
    else if (final === '') {
      lines[row] = (lines[row] ?? '').padEnd(column).slice(0, column) + control + (lines[row] ?? '').slice(column + 1);
      column += 1;
    } else if (final !== 'm') throw new RangeError(`this terminal does not know ESC[${argument}${final}`);
    while (lines.length <= row) lines.push('');
  }
  return lines.map((line) => line.trimEnd());
}
