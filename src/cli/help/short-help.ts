import { foldCommand, twoColumns, wrap } from '../../report/plain-text.js';
import type { OptionRow } from '../../conduct/options/row.js';
import { recipesText } from './recipes.js';
import { briefly, calledCommand, type CommandNode, usageOf, valueOf, writtenName } from './command-tree.js';

/** More options than this are no longer short; the rest is for `--help`. */
const most = 10;

/** Of the options that many commands share, those that one needs most, in this order. */
const neededMost = [
  ...['subnet', 'target', 'inventory', 'exclude', 'profile', 'files', 'dry-run', 'yes', 'ucm', 'ucm-username'],
  ...['ucm-password-env', 'password-env', 'report', 'output', 'config', 'db'],
];

/** A line to copy for commands whose words alone do not say how they are used. */
const examples: Readonly<Record<string, string>> = {
  audit: 'fleet-migrate audit --subnet 10.0.0.0/24 --report audit.csv',
  resume: 'fleet-migrate resume --yes',
  report: 'fleet-migrate report latest --lists',
  'config check': 'fleet-migrate config check fleet-migrate.yaml',
  'config show': 'fleet-migrate config show --config fleet-migrate.yaml',
  'profiles show': 'fleet-migrate profiles show mpp-to-enterprise',
  'profiles lint': 'fleet-migrate profiles lint my-profile.yaml',
  'firmware check': 'fleet-migrate firmware check --profile mpp-to-enterprise --files http://10.0.0.5:6970',
  'licenses plan': 'fleet-migrate licenses plan --direction m2e --macs macs.csv',
  'licenses import': 'fleet-migrate licenses import licenses.zip',
  'licenses check': 'fleet-migrate licenses check --profile authorize-mpp --files http://10.0.0.5:6970',
  'db migrate': 'fleet-migrate db migrate --db postgres://fleet@db.example.com/fleet',
  'db check': 'fleet-migrate db check --db postgres://fleet@db.example.com/fleet --db-password-file db.password',
  'sites import': 'fleet-migrate sites import sites.yaml --db postgres://fleet@db.example.com/fleet',
  'ucm check': 'fleet-migrate ucm check --ucm cucm.example.com --ucm-username migrate --ucm-password-env UCM',
  'ucm list': 'fleet-migrate ucm list --ucm cucm.example.com --ucm-username migrate --ucm-password-env UCM',
  init: 'fleet-migrate init --config night.yaml',
  completion: 'fleet-migrate completion bash > ~/.local/share/bash-completion/completions/fleet-migrate',
  explain: 'fleet-migrate explain license-missing',
  probe: 'fleet-migrate probe 10.0.0.5',
  capture: 'fleet-migrate capture 10.0.0.5 -o phone.zip',
  serve: 'fleet-migrate serve /srv/phones --tftp-port 69',
  simulate: 'fleet-migrate simulate --phones 50',
  demo: 'fleet-migrate demo',
};

/** What `COMMAND -h` shows on a terminal of this width: what it does, how it is called, and the options that one needs most. */
export function shortHelp(root: CommandNode, args: readonly string[], width = 80): string {
  const node = calledCommand(root, args);
  const name = node.path.join(' ');
  if (name === 'migrate') return recipesText(width);
  const example = examples[name];
  return [
    ...wrap(`Usage: ${usageOf(node)}${node.rows.length > 0 ? ' [OPTIONS]' : ''}`, width),
    ...wrap(`${sentenceOf(node.text)}.`, width),
    ...(example === undefined ? [] : ['', ...foldCommand(example, width)]),
    ...(node.commands.length > 0
      ? [
          '',
          ...listOf(
            node.commands.map((one) => [usageOf(one).replace('fleet-migrate ', ''), one.text]),
            width,
          ),
        ]
      : []),
    ...optionLines(node, width),
    '',
    ...wrap(`More: fleet-migrate ${name} --help; recipes: fleet-migrate -h.`, width),
    '',
  ].join('\n');
}

function optionLines({ rows }: CommandNode, width: number): string[] {
  const own = rows.filter(({ group }) => group === 'Options');
  // A run that may write has its recipes; an audit never asks.
  const isOfRun = rows.some(({ name }) => name === 'subnet' && !own.some((row) => row.name === name));
  const shared = neededMost
    .filter((name) => name !== 'yes' || !isOfRun)
    .flatMap((name) => rows.filter((row) => row.name === name && !own.includes(row)));
  const shown = [...own, ...shared].slice(0, most);
  const others = rows.filter((row) => !shown.includes(row));
  // One that is left out would take no more room than saying so.
  if (others.length === 1) shown.push(...others);
  const left = rows.length - shown.length;
  if (shown.length === 0) return [];
  const lines = listOf(
    shown.map((row) => [written(row), briefly(row)]),
    width,
  );
  return ['', ...lines, ...(left > 0 ? [`  … and ${left} more`] : [])];
}

function written(row: OptionRow): string {
  const value = valueOf(row);
  return `${writtenName(row)}${value === null ? '' : ` ${value}`}`;
}

function listOf(rows: readonly (readonly [string, string])[], width: number): string[] {
  return twoColumns(rows, width, 30);
}

function sentenceOf(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
