import { nearMiss } from '../../domain/text/near-miss.js';
import type { SourceValues } from './flags.js';
import { type ConfigOption, environmentVariable, type Scalar, type Written } from './option.js';
import { refusal } from './read-value.js';
import { placed } from './where.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The settings of `FLEET_MIGRATE_*` variables, by option name: lists are comma-separated, flags true or false, and an empty variable
 * sets nothing. A near miss of a variable's name is a problem, too.
 */
export function environmentValues(options: readonly ConfigOption[], env: Environment): SourceValues {
  const values: Record<string, Written> = {};
  const broken = new Set<string>();
  const problems = misspelled(options, env);
  for (const option of options) {
    const text = env[environmentVariable(option.name)]?.trim() ?? '';
    if (text === '') continue;
    const texts = option.many ? pieces(option, text) : [text];
    const complaints = texts.flatMap((one) => refusal(option, one) ?? []);
    problems.push(...complaints.map((sentence) => placed(option.name, { from: 'env' }, sentence)));
    if (complaints.length > 0) broken.add(option.name);
    else values[option.name] = option.many ? texts : scalarOf(option, text);
  }
  return { values, broken, problems };
}

function pieces({ form }: ConfigOption, text: string): string[] {
  return text
    .split(form.cut ?? ',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function scalarOf({ name, form }: ConfigOption, text: string): Scalar {
  if (form.type === 'boolean') return form.read(text, `--${name}`) === true;
  return form.type === 'number' ? Number(text) : text;
}

/** A typo in a variable's name would go unnoticed. Other names with our prefix are left alone: they may hold passwords. */
function misspelled(options: readonly ConfigOption[], env: Environment): string[] {
  const known = options.map(({ name }) => environmentVariable(name));
  return Object.keys(env)
    .filter((variable) => variable.startsWith('FLEET_MIGRATE_') && !known.includes(variable))
    .flatMap((variable) => {
      const meant = nearMiss(variable, known);
      return meant === null ? [] : [`${variable} sets nothing; did you mean ${meant}?`];
    });
}
