import { nearMiss } from '../domain/near-miss.js';
import { optionTable } from './option-table.js';

const commands = ['migrate', 'audit', 'resume', 'runs', 'report', 'config', 'profiles', 'explain', 'simulate', 'demo'];

/** What the command line's reader has to say against it, as one sentence that names the remedy. */
export function complaint(message = 'That command line cannot be read', args: readonly string[] = []): string {
  const text = message
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.?$/, '.');
  return `${text} ${remedy(text, args)}`;
}

function remedy(text: string, args: readonly string[]): string {
  const unknown = /^Unknown arguments?: ([^\s,.]+)/.exec(text)?.[1];
  const help = 'See fleet-migrate --help.';
  if (unknown === undefined) return help;
  const isOption = args.some((arg) => arg === `--${unknown}` || arg.startsWith(`--${unknown}=`));
  if (args[0] === 'audit' && optionTable.some(({ name, writes }) => name === unknown && writes))
    return `--${unknown} belongs to migrate; an audit only reads.`;
  const known = isOption ? optionTable.map(({ name }) => name) : commands;
  const meant = nearMiss(unknown, known);
  if (meant === null) return help;
  return `Did you mean ${isOption ? `--${meant}` : meant}? ${help}`;
}
