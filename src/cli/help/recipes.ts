import { foldCommand, twoColumns, wrap } from '../../report/plain-text.js';

/*
 * What `-h` shows of the whole program. Written out, and loaded without the program: whoever asks for a reminder need not wait for the parser.
 * A test holds it to the option table, and runs the recipes.
 */

/** What most people come for, in the order in which they do it. */
export const recipes: readonly { does: string; line: string }[] = [
  { does: 'Audit a subnet: reads every phone, changes nothing', line: 'fleet-migrate audit --subnet 10.0.0.0/24' },
  {
    does: 'Dry run: the whole plan, checked against the file server, writes nothing',
    line: 'fleet-migrate --subnet 10.0.0.0/24 --profile mpp-to-enterprise --files http://10.0.0.5:6970 --dry-run',
  },
  {
    does: 'The real run: asks before it writes (--yes where nobody can be asked)',
    line: 'fleet-migrate --subnet 10.0.0.0/24 --profile mpp-to-enterprise --files http://10.0.0.5:6970',
  },
];

/** The options that one needs most; each line names the option first. */
const options: readonly (readonly [written: string, does: string])[] = [
  ['--target HOST|RANGE', 'an address, a host name, or a range: 10.0.0.5-40'],
  ['--inventory FILE', 'a list of phones: CSV, JSON, or one address a line'],
  ['--exclude CIDR|FILE', 'never contact these, whatever else is said'],
  ['--profile NAME', 'where to move phones (fleet-migrate profiles list)'],
  ['--password-env NAME', 'variable with the password of the admin pages'],
  ['--waves 1,10,100%', 'one phone first, then ten, then all'],
  ['--window "22:00-05:00"', 'start no phone that could not finish by then'],
  ['--report FILE', 'write the report to a file (.html, .json, .csv)'],
  ['--config FILE', 'take settings from a file (fleet-migrate init)'],
];

/** `fleet-migrate -h`, for a terminal of this width. */
export function recipesText(width = 80): string {
  return [
    ...recipes.flatMap(({ does, line }) => [...wrap(`${does}:`, width), ...foldCommand(line, width)]),
    '',
    ...twoColumns(options, width),
    '',
    ...wrap('More: --help (everything), COMMAND -h, explain WORD, man fleet-migrate, docs/.', width),
    '',
  ].join('\n');
}
