import { nearMiss } from '../../domain/text/near-miss.js';
import { shown } from '../../domain/text/printable.js';
import { allCommands, calledCommand, type CommandNode, usageOf } from '../help/command-tree.js';
import { optionsOf, optionTable } from '../../conduct/options/table.js';
import { meantAsTargets } from './meant-as-target.js';

/** An argument that may be a password: neither it nor what follows it is repeated. */
const passwordItself = /^--?(?<ofUcm>ucm-?)?(?:password|passwd|pass|pwd|pw)(?:=|$)/i;
const noPassword = (prefix: string): string =>
  `Unknown argument: ${prefix}password. Anyone who can list processes could read it there: name a variable that holds it with --${prefix}password-env NAME, or a file with --${prefix}password-file FILE. See fleet-migrate --help.`;

/**
 * A parser error as one message that names the remedy.
 * @param root the commands that there are
 */
export function complaint(message: string | undefined, args: readonly string[], root: CommandNode): string {
  const said = message ?? 'That command line cannot be read';
  const secret = args.map((arg) => passwordItself.exec(arg)).find((found) => found !== null);
  if (secret && said.startsWith('Unknown argument')) return noPassword(secret.groups?.['ofUcm'] ? 'ucm-' : '');
  const text = said
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.?$/, '.');
  const unknown = /^Unknown (?:argument|command)s?: (.+)\.$/.exec(text)?.[1]?.split(/,\s*/) ?? [];
  const node = calledCommand(root, args);
  const missing = missingWord(text, node, root);
  if (missing !== null) return `${missing} ${seeHelp(node)}`;
  return targets(unknown, args, root, node) ?? `${text} ${remedy(unknown, args, root, node)}`;
}

/** What lacks a value or a word, in place of the parser's own sentence; null for other messages. */
function missingWord(text: string, node: CommandNode, root: CommandNode): string | null {
  const option = /^Not enough arguments following: ([\w-]+)/.exec(text)?.[1];
  if (option !== undefined) {
    const row = [node, ...allCommands(root)].flatMap(({ rows }) => rows).find(({ name }) => name === option);
    const { choices, example, value } = row?.form ?? {};
    return `--${option} needs a value: --${option} ${choices?.join('|') ?? example ?? value ?? 'TEXT'}.`;
  }
  if (!text.startsWith('Not enough non-option arguments')) return null;
  const words = node.positionals.filter(({ isRequired }) => isRequired).map(({ name }) => name.toUpperCase());
  return `${node.path.join(' ')} needs ${words.join(' and ')}: ${usageOf(node)}.`;
}

function seeHelp({ path }: CommandNode): string {
  return `See ${['fleet-migrate', ...path.filter((word) => word !== 'migrate'), '--help'].join(' ')}.`;
}

/** For words that name phones, without the option that would say so; null for others. */
function targets(
  unknown: readonly string[],
  args: readonly string[],
  root: CommandNode,
  { path }: CommandNode,
): string | null {
  const isOfRun = path[0] === 'migrate' || path[0] === 'audit';
  if (!isOfRun || unknown.length === 0 || repeated(args, root) !== null) return null;
  const first = unknown[0] ?? '';
  return args[0] === first && meantCommand(first, root) !== null
    ? null
    : meantAsTargets(unknown, args, args[0] === path[0]);
}

function remedy(unknown: readonly string[], args: readonly string[], root: CommandNode, node: CommandNode): string {
  const help = seeHelp(node);
  const [first] = unknown;
  if (first === undefined) return help;
  if (args[0] === 'help') return `Write: ${seeHelp(calledCommand(root, args.slice(1))).replace('See ', '')}`;
  const name = node.path.join(' ');
  // A word that is no command explains the options that it would have had.
  const word = args.slice(node.path.length).find((one) => unknown.includes(one));
  if (word !== undefined && node.commands.length > 0) {
    const meant = meantCommand(word, node);
    const all = node.commands.map(({ path }) => path.at(-1)).join(', ');
    const guess = meant === null ? ` It has ${all}.` : ` Did you mean ${name} ${meant}?`;
    return `${name} has no command ${shown(word)}.${guess} See fleet-migrate ${name} --help.`;
  }
  const several = repeated(args, root);
  if (several !== null) return several;
  const dashed = withOneDash(args, node);
  if (dashed !== null) return `${dashed} has two dashes. ${help}`;
  const isOption = args.some((arg) => nameIn(arg) === first);
  if (name === 'audit' && optionTable.some((row) => row.name === first && row.writes))
    return `--${first} belongs to migrate; an audit only reads.`;
  if (name === 'resume' && isOption && optionTable.some((row) => row.name === first)) {
    const taken = optionsOf.resume.map((row) => `--${row.name}`).join(', ');
    return `A resume keeps the settings that its run began with; it takes ${taken}.`;
  }
  if (!isOption) {
    const meant = meantCommand(first, root);
    return meant === null ? help : `Did you mean ${meant}? ${help}`;
  }
  const others = allCommands(root).flatMap(({ rows }) => rows);
  if (others.some((row) => row.name === first)) return `--${first} is not an option of ${name}. ${help}`;
  const meant = [node.rows, others]
    .map((rows) =>
      nearMiss(
        first,
        rows.map((row) => row.name),
      ),
    )
    .find((one) => one !== null);
  return meant === undefined
    ? help
    : `Did you mean ${args.some((arg) => arg.startsWith(`--no-${first}`)) ? '--no-' : '--'}${meant}? ${help}`;
}

/** The option of a command that is written with one dash, which the parser takes for letters; `null`: none is. */
function withOneDash(args: readonly string[], { rows }: CommandNode): string | null {
  const names = args.flatMap((arg) => /^-([a-z][a-z-]+)(?:=|$)/.exec(arg)?.[1] ?? []);
  const found = names.find((name) => rows.some((row) => row.name === name));
  return found === undefined ? null : `--${found}`;
}

/** The option that an argument names. */
function nameIn(arg: string): string | undefined {
  return /^--(?:no-)?([^=]*)/.exec(arg)?.[1];
}

/** The command of a group that a word most likely means. */
function meantCommand(word: string, group: CommandNode): string | null {
  return nearMiss(
    word,
    group.commands.map(({ path }) => path.at(-1) ?? ''),
  );
}

/** What to write for `--inventory a.csv b.csv`, as a shell makes of `--inventory *.csv`; `null` where nothing of that kind stands there. */
function repeated(args: readonly string[], root: CommandNode): string | null {
  const repeatable = new Set(
    allCommands(root)
      .flatMap(({ rows }) => rows.filter(({ many }) => many))
      .map(({ name }) => `--${name}`),
  );
  const isValue = (at: number): boolean => args[at] !== undefined && !args[at].startsWith('-');
  const at = args.findIndex((arg, index) => repeatable.has(arg) && isValue(index + 1) && isValue(index + 2));
  const [option, first, second] = args.slice(at, at + 3);
  if (at < 0) return null;
  return `${option} takes one value each time: ${option} ${shown(first ?? '')} ${option} ${shown(second ?? '')}.`;
}
