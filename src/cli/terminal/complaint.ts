import { nearMiss } from '../../domain/text/near-miss.js';
import { shown } from '../../domain/text/printable.js';
import { captureRows, probeRows, reportRows, runsRows, serveRows } from '../options/command-rows.js';
import { licensesCheckRows, licensesPlanRows } from '../options/license-rows.js';
import { listRows } from '../options/row.js';
import { ucmRestartRows } from '../options/ucm-command-rows.js';
import { optionsOf, optionTable } from '../options/table.js';

/** Options that may be given several times, of whatever command. */
const repeatable: ReadonlySet<string> = new Set(
  [
    ...optionTable,
    ...[captureRows, licensesCheckRows, licensesPlanRows, probeRows, reportRows, runsRows, serveRows].flatMap((rows) =>
      listRows(rows),
    ),
    ...listRows(ucmRestartRows),
  ].flatMap(({ name, many }) => (many === true ? [`--${name}`] : [])),
);

const commands = [
  'migrate',
  'audit',
  'resume',
  'runs',
  'report',
  'config',
  'profiles',
  'firmware',
  'licenses',
  'ucm',
  'explain',
  'probe',
  'capture',
  'serve',
  'simulate',
  'demo',
];

/** Commands that have commands of their own. */
const groups: ReadonlySet<string> = new Set(['config', 'profiles', 'firmware', 'licenses', 'ucm']);

/** An argument that may be a password: neither it nor what follows it is repeated. */
const passwordItself = /^--?(?<ofUcm>ucm-?)?(?:password|passwd|pass|pwd|pw)(?:=|$)/i;
const noPassword = (prefix: string): string =>
  `Unknown argument: ${prefix}password. Anyone who can list processes could read it there: name a variable that holds it with --${prefix}password-env NAME, or a file with --${prefix}password-file FILE. See fleet-migrate --help.`;

/** A parser error as one message that names the remedy. */
export function complaint(message = 'That command line cannot be read', args: readonly string[] = []): string {
  const secret = args.map((arg) => passwordItself.exec(arg)).find((found) => found !== null);
  if (secret && message.startsWith('Unknown argument')) return noPassword(secret.groups?.['ofUcm'] ? 'ucm-' : '');
  const text = message
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.?$/, '.');
  return `${text} ${remedy(text, args)}`;
}

function remedy(text: string, args: readonly string[]): string {
  const all = /^Unknown arguments?: ([^.]+)/.exec(text)?.[1]?.split(/,\s*/) ?? [];
  // A word that is no command explains the options that it would have had.
  const word = all.find((one) => args[1] === one);
  const help = 'See fleet-migrate --help.';
  if (word !== undefined && groups.has(args[0] ?? ''))
    return `${args[0]} has no command ${shown(word)}. See fleet-migrate ${args[0]} --help.`;
  const [unknown] = all;
  if (unknown === undefined) return help;
  const several = repeated(args);
  if (several !== null) return several;
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

/** What to write for `--inventory a.csv b.csv`, as a shell makes of `--inventory *.csv`; `null` where nothing of that kind stands there. */
function repeated(args: readonly string[]): string | null {
  const isValue = (at: number): boolean => args[at] !== undefined && !args[at].startsWith('-');
  const at = args.findIndex((arg, index) => repeatable.has(arg) && isValue(index + 1) && isValue(index + 2));
  const [option, first, second] = args.slice(at, at + 3);
  if (at < 0) return null;
  return `${option} takes one value each time: ${option} ${shown(first ?? '')} ${option} ${shown(second ?? '')}.`;
}
