import { nearMiss } from '../../domain/text/near-miss.js';
import { optionsOf, optionTable } from '../options/table.js';

const commands = [
  'migrate',
  'audit',
  'resume',
  'runs',
  'report',
  'config',
  'profiles',
  'firmware',
  'explain',
  'probe',
  'capture',
  'serve',
  'simulate',
  'demo',
];

/** An argument that may be a password: neither it nor what follows it is repeated. */
const passwordItself = /^--?(?:password|passwd|pass|pwd|pw)(?:=|$)/i;
const noPassword =
  'Unknown argument: password. Anyone who can list processes could read it there: name a variable that holds it with --password-env NAME, or a file with --password-file FILE. See fleet-migrate --help.';

/** A parser error as one message that names the remedy. */
export function complaint(message = 'That command line cannot be read', args: readonly string[] = []): string {
  if (args.some((arg) => passwordItself.test(arg)) && message.startsWith('Unknown argument')) return noPassword;
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
  if (args[0] === 'resume' && isOption && optionTable.some(({ name }) => name === unknown)) {
    const taken = optionsOf.resume.map(({ name }) => `--${name}`).join(', ');
    return `A resume keeps the settings that its run began with; it takes ${taken}.`;
  }
  const known = isOption ? optionTable.map(({ name }) => name) : commands;
  const meant = nearMiss(unknown, known);
  if (meant === null) return help;
  if (isOption && meant === unknown) return `--${unknown} is not an option of ${args[0] ?? 'this command'}. ${help}`;
  return `Did you mean ${isOption ? `--${meant}` : meant}? ${help}`;
}
