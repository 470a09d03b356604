import { allCommands, briefly, type CommandNode, writtenName } from '../help/command-tree.js';
import type { OptionRow } from '../../conduct/options/row.js';

/** What can stand at a place of the command line: words that are known, files or folders, run ids, or a text that nobody can guess. */
export interface Takes {
  words: readonly string[];
  paths: 'none' | 'files' | 'folders';
  runs: boolean;
  /** Several of the words may stand there, with commas between them. */
  isList: boolean;
}

/** An option as a shell offers it. */
export interface OfferedOption {
  /** `--out`, `--no-step-up`. */
  flag: string;
  text: string;
  isMany: boolean;
  /** Null for a switch. */
  takes: Takes | null;
}

/** A command as a shell completes it. */
export interface OfferedCommand {
  path: readonly string[];
  commands: readonly { name: string; text: string }[];
  options: readonly OfferedOption[];
  /** Of each word beside the options; the last one stands for all further ones where it may be repeated. */
  positionals: readonly (Takes & { name: string; isMany: boolean })[];
}

/** Words that only the program knows, by the name of the option or of the word that takes them. */
export interface KnownWords {
  profiles: readonly string[];
  scenarios: readonly string[];
  explained: readonly string[];
  endings: readonly string[];
  groupKeys: readonly string[];
  accepted: readonly string[];
}

const nothing: Takes = { words: [], paths: 'none', runs: false, isList: false };

/** All commands as shells offer them. The program itself offers the options of its default command, too. */
export function offered(root: CommandNode, known: KnownWords): OfferedCommand[] {
  return allCommands(root).map((node) => {
    const { rows, aliases } = node === root ? (root.commands[0] ?? root) : node;
    return {
      path: node.path,
      commands: node.commands.map(({ path, text }) => ({ name: path.at(-1) ?? '', text })),
      options: [...rows.flatMap((row) => offeredOptions(row, aliases, known)), ...forAll],
      positionals: node.positionals.map(({ name, isMany }) => ({ ...ofPositional(name, known), name, isMany })),
    };
  });
}

const forAll: readonly OfferedOption[] = [
  { flag: '-h', text: 'What one needs most', isMany: false, takes: null },
  { flag: '--help', text: 'Everything', isMany: false, takes: null },
];

function offeredOptions(
  row: OptionRow,
  aliases: Readonly<Record<string, string>>,
  known: KnownWords,
): readonly OfferedOption[] {
  const { name, form, many } = row;
  const takes = form.type === 'boolean' ? null : takenBy(row, known);
  const option: OfferedOption = { flag: writtenName(row), text: briefly(row), isMany: many === true, takes };
  const short = Object.keys(aliases).filter((alias) => aliases[alias] === name);
  return [
    option,
    ...short.map((alias) => ({ ...option, flag: `-${alias}` })),
    ...(name === 'config' ? [{ flag: '--no-config', text: 'No configuration file', isMany: false, takes: null }] : []),
  ];
}

function takenBy({ name, form: { choices, value = '' } }: OptionRow, known: KnownWords): Takes {
  const ofName: Readonly<Record<string, readonly string[]>> = {
    profile: known.profiles,
    scenario: known.scenarios,
    only: known.endings,
    'group-by': known.groupKeys,
    accept: known.accepted,
  };
  return {
    words: choices ?? ofName[name] ?? (value === 'RUN' ? ['latest'] : []),
    paths: /\bDIR\b/.test(value) ? 'folders' : /\b(?:FILE|PATH)\b/.test(value) ? 'files' : 'none',
    runs: value === 'RUN',
    isList: name === 'only' || name === 'group-by',
  };
}

function ofPositional(name: string, known: KnownWords): Takes {
  const all: Readonly<Record<string, Partial<Takes>>> = {
    run: { runs: true },
    runs: { runs: true, words: ['latest'] },
    file: { paths: 'files' },
    files: { paths: 'files' },
    folder: { paths: 'folders' },
    name: { words: known.profiles },
    words: { words: known.explained },
    shell: { words: shells },
  };
  return { ...nothing, ...all[name] };
}

/** The shells that can be completed in. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** Every command path of at least one word, as a shell compares it: `config check`. */
export function callablePaths(commands: readonly OfferedCommand[]): string[] {
  return commands.flatMap(({ path }) => (path.length > 0 ? [path.join(' ')] : []));
}

/** A text between single quotes of any shell; what would end it is left out. */
export function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '’')}'`;
}
