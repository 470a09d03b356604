import { type ConfigOption, type Scalar, type Written } from './option.js';
import { refusal } from './read-value.js';
import { placed } from './where.js';

/** The settings of one source, and its problems. */
export interface SourceValues {
  /** By option name, without broken ones. */
  values: Readonly<Record<string, Written>>;
  /** Options with an invalid value. */
  broken: ReadonlySet<string>;
  problems: readonly string[];
}

/** The settings of the command line, by option name. Options that were not given are undefined in `args`. */
export function flagValues(options: readonly ConfigOption[], args: Readonly<Record<string, unknown>>): SourceValues {
  const values: Record<string, Written> = {};
  const broken = new Set<string>();
  const problems: string[] = [];
  for (const option of options) {
    const given = args[option.name];
    // `--no-config`: no file at all.
    if (given === undefined || (option.name === 'config' && given === false)) continue;
    const complaints = complaintsOf(option, given);
    problems.push(...complaints.map((sentence) => placed(option.name, { from: 'flag' }, sentence)));
    if (complaints.length > 0) broken.add(option.name);
    else values[option.name] = option.many ? [given].flat().map(scalar(option)) : scalar(option)(given);
  }
  return { values, broken, problems };
}

function complaintsOf(option: ConfigOption, given: unknown): string[] {
  const { name, form, many } = option;
  if (form.type === 'boolean' && typeof given === 'boolean') return [];
  if (!many && Array.isArray(given)) return [`--${name} was given ${given.length} times; give it once.`];
  const texts = [given].flat();
  if (texts.some((text) => text === true || text === false || String(text).trim() === ''))
    return [`--${name} needs a value; see fleet-migrate --help.`];
  return texts.flatMap((text) => refusal(option, String(text).trim()) ?? []);
}

const scalar =
  ({ form }: ConfigOption) =>
  (value: unknown): Scalar => {
    if (form.type === 'boolean') return value === true;
    return form.type === 'number' ? Number(String(value)) : String(value).trim();
  };
