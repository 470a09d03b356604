import type { Argv, Options } from 'yargs';
import type { CommandTools } from '../command-tools.js';
import type { OptionRow } from '../../conduct/options/row.js';

/** A word that a command takes beside its options. */
interface Positional {
  name: string;
  isRequired: boolean;
  isMany: boolean;
}

/** A command as it is described: in completion, in the manual, in the short help and in complaints. */
export interface CommandNode {
  /** The words that call it: `['config', 'check']`; none for the whole program. */
  path: readonly string[];
  text: string;
  positionals: readonly Positional[];
  rows: readonly OptionRow[];
  /** Further names of its options: `{ o: 'out' }`. */
  aliases: Readonly<Record<string, string>>;
  commands: readonly CommandNode[];
}

/** What a command may be defined by. */
type Builder = ((command: Argv) => unknown) | object;

/** Takes down what `define` tells the parser, so that whatever describes commands says what the parser does. */
export function recordCommands(define: (program: Argv, tools: CommandTools) => unknown): CommandNode {
  // In place of the parser's own form of an option: the recorder is the only one to see it.
  const shown = (rows: readonly OptionRow[]): Record<string, Options> => rows as unknown as Record<string, Options>;
  const tools: CommandTools = { shown, run: () => () => Promise.resolve() };
  return recorded([], '', [], (program) => define(program, tools));
}

function recorded(
  path: readonly string[],
  text: string,
  positionals: readonly Positional[],
  build: Builder,
): CommandNode {
  const rows: OptionRow[] = [];
  const aliases: Record<string, string> = {};
  const commands: CommandNode[] = [];
  const recorder = {
    command(names: string | readonly string[], about: string, builder: Builder = {}) {
      const [name = '', ...words] = String([names].flat()[0]).split(' ');
      commands.push(recorded([...path, name], about, words.map(positional), builder));
      return recorder;
    },
    options(more: readonly OptionRow[]) {
      rows.push(...more);
      return recorder;
    },
    alias(short: string, name: string) {
      aliases[short] = name;
      return recorder;
    },
    positional: () => recorder,
    demandCommand: () => recorder,
  };
  if (typeof build === 'function') (build as (command: Argv) => unknown)(recorder as unknown as Argv);
  return { path, text, positionals, rows, aliases, commands };
}

/** `[runs..]`: may be left out, and given several times. */
function positional(word: string): Positional {
  return {
    name: word.replace(/^[[<]|(?:\.\.)?[\]>]$/g, ''),
    isRequired: word.startsWith('<'),
    isMany: word.includes('..'),
  };
}

/** A command and all that are below it, in their order. */
export function allCommands(root: CommandNode): CommandNode[] {
  return [root, ...root.commands.flatMap(allCommands)];
}

/** The command that these arguments call, as far as they name one; the default command where they begin with none. */
export function calledCommand(root: CommandNode, args: readonly string[]): CommandNode {
  let node = root;
  for (const word of args) {
    const next = node.commands.find(({ path }) => path.at(-1) === word);
    if (next === undefined) break;
    node = next;
  }
  return node === root ? (root.commands[0] ?? root) : node;
}

/** How an option's value is written: `CIDR`, or its choices; null for a switch. */
export function valueOf({ form }: OptionRow): string | null {
  if (form.type === 'boolean') return null;
  return form.choices?.join('|') ?? form.value ?? 'TEXT';
}

/** An option as it is written where it changes something: `--no-step-up` for a switch that is on. */
export function writtenName({ name, default: standard }: OptionRow): string {
  return standard === true ? `--no-${name}` : `--${name}`;
}

/** How a command is called, without its options. */
export function usageOf({ path, positionals, commands }: CommandNode): string {
  const words = positionals.map(({ name, isRequired, isMany }) => {
    const word = `${name.toUpperCase()}${isMany ? '…' : ''}`;
    return isRequired ? word : `[${word}]`;
  });
  return ['fleet-migrate', ...path, ...(commands.length > 0 ? ['COMMAND'] : []), ...words].join(' ');
}

/** What an option does, without its conditions; all of it where it is written to switch something off. */
export function briefly({ text, default: standard }: OptionRow): string {
  return standard === true ? text : (/^.{16,}?(?=[;:] )/.exec(text)?.[0] ?? text);
}
