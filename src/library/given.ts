import { configKey } from '../config/settings/option.js';
import { nearMiss } from '../domain/text/near-miss.js';
import { shown } from '../domain/text/printable.js';
import { refuseProblems } from '../domain/text/usage-error.js';
import type { OptionRow } from '../conduct/options/row.js';
import { type Given, give, type Words } from '../conduct/options/sources.js';
import type { ControlOptions } from './run.js';

/** What of the options is no option of the table. */
const control: Readonly<Record<keyof ControlOptions, true>> = {
  confirmed: true,
  confirm: true,
  signal: true,
  warn: true,
};

/**
 * The settings of a run as a program gives them: a configuration file counts only where it is named, the variables of options never.
 * @throws UsageError with all that is no option, or no value for one
 */
export async function givenBy(
  program: Readonly<Record<string, unknown>>,
  options: readonly OptionRow[],
  { confirmed }: { confirmed: boolean },
): Promise<Given> {
  const ofProgram = options.filter(({ onlyTyped }) => onlyTyped !== true);
  const rows = new Map(ofProgram.map((row) => [configKey(row.name), row]));
  const problems: string[] = [];
  const words: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(program)) {
    if (value === undefined || Object.hasOwn(control, key)) continue;
    const row = rows.get(key);
    if (row === undefined) problems.push(unknownOption(key, [...rows.keys(), ...Object.keys(control)]));
    else if (!isValue(value, row)) problems.push(`${key}: ${wanted(row)} is expected, not ${described(value)}.`);
    else words[row.name] = Array.isArray(value) ? value.map((one) => written(one, row)) : written(value, row);
  }
  refuseProblems(problems);
  // Without what it confirms it would be refused at the command line, where somebody may have forgotten it.
  if (confirmed && (words['profile'] !== undefined || words['enable-web-access'] === true)) words['yes'] = true;
  const config = words['config'] ?? false;
  return give({ ...words, config } satisfies Words, options, { withVariables: false, sites: 'needed' });
}

function unknownOption(key: string, known: readonly string[]): string {
  const near = nearMiss(key, known);
  return `${shown(key)}: there is no such option${near === null ? '; docs/options.md lists them' : `; did you mean ${near}?`}`;
}

/** Whether it may be the value: that of a switch must be a boolean, as nobody knows what the text "false" means to a program. */
function isValue(value: unknown, { form, many }: OptionRow): boolean {
  if (Array.isArray(value)) return many === true && value.every((one) => isText(one));
  return form.type === 'boolean' ? typeof value === 'boolean' : isText(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

function wanted({ form, many }: OptionRow): string {
  const one = form.type === 'boolean' ? 'true or false' : form.type === 'number' ? 'a number' : 'a text';
  return many ? `${one}, or a list of them,` : one;
}

function described(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  // NaN and infinity are numbers, to JavaScript.
  if (value === null || typeof value === 'number') return String(value);
  return typeof value === 'string' ? `"${shown(value)}"` : typeof value;
}

/** As somebody would type it. */
function written(value: unknown, { form }: OptionRow): unknown {
  return typeof value === 'number' && form.value === 'DURATION' ? `${value}ms` : value;
}
