import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { apart, type Running, startCommand } from '../../../test/support/command/command.js';
import { temporaryFolder } from '../../../test/support/command/temporary-folder.js';
import { startOnTerminal } from '../../../test/support/command/terminal.js';
import { type InTmux, startInTmux } from '../../../test/support/command/tmux.js';
import { freePorts, usualPorts } from './ports.js';

/** Columns of the terminal that samples and pictures are made on. */
export const stageColumns = 100;

/** The simulated phones of examples/one-night, and the built command in a copy of that folder. */
export interface Stage {
  /** Where the command is run. */
  readonly folder: string;
  /** What `fleet-migrate simulate` has printed. */
  readonly simulated: string;
  /** What the command prints on standard output to a terminal without colors. */
  printed(words: readonly string[]): Promise<string>;
  /** Starts the command without a terminal, as a nightly job is. */
  start(words: readonly string[]): Running;
  /** Starts the command in a window with colors. */
  window(words: readonly string[], rows: number): InTmux;
  /** A text as a reader would get it who follows the page: with the simulator's usual ports, and without our folder. */
  told(text: string): string;
  close(): Promise<void>;
}

const example = join('examples', 'one-night');

/** Sets the stage: phones that listen at ports of their own, beside whatever else runs on this machine. */
export async function openStage(): Promise<Stage> {
  const folder = temporaryFolder();
  cpSync(example, folder.path, { recursive: true });
  const ports = await freePorts(usualPorts.length);
  const job = folder.file('fleet-migrate.yaml');
  const withOwnPorts = usualPorts.reduce(
    (text, usual, at) => text.replaceAll(String(usual), String(ports[at])),
    readFileSync(job, 'utf8'),
  );
  writeFileSync(job, withOwnPorts);
  const [httpPort, httpsPort, filesPort] = ports.map(String) as [string, string, string];
  const listening = ['--http-port', httpPort, '--https-port', httpsPort, '--files-port', filesPort];
  const simulator = startCommand(['simulate', '--scenario', 'scenario.yaml', ...listening], { cwd: folder.path });
  await simulator.shows('Ready');
  const surroundings = { TZ: 'UTC', XDG_CONFIG_HOME: folder.path, XDG_STATE_HOME: folder.path, ...apart() };
  const told = (text: string): string =>
    usualPorts.reduce(
      (words, usual, at) => words.replaceAll(new RegExp(`\\b${ports[at] ?? ''}\\b`, 'g'), String(usual)),
      text.replaceAll(`${folder.path}/`, ''),
    );
  return {
    folder: folder.path,
    simulated: told(simulator.stdout).trimEnd(),
    told,
    printed: async (words) => {
      const more = { ...surroundings, NO_COLOR: '1' };
      const terminal = startOnTerminal(words, { columns: stageColumns, rest: '2>/dev/null', cwd: folder.path, more });
      await terminal.done;
      return told(stripVTControlCharacters(terminal.sent).replaceAll('\r', '')).trimEnd();
    },
    start: (words) => startCommand(words, { cwd: folder.path, env: surroundings }),
    window: (words, rows) => startInTmux(words, { columns: stageColumns, rows, cwd: folder.path, env: surroundings }),
    close: async () => {
      simulator.kill('SIGINT');
      await simulator.done;
      folder.remove();
    },
  };
}
