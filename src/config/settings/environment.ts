import { UsageError } from '../../domain/text/usage-error.js';
import { type ConfigOption, environmentVariable } from './option.js';
import { optionSchema } from '../file/value-schemas.js';
import { friendlyMessage } from '../yaml/zod-messages.js';
import { nearMiss } from '../../domain/text/near-miss.js';
import { unfoldUnion } from '../yaml/unfold-union.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What `FLEET_MIGRATE_*` variables set, by option name: lists are comma-separated, flags true or false, and an empty
 * variable sets nothing. @throws UsageError for a value that does not fit, and for a variable that is nearly one of ours
 */
export function environmentValues(options: readonly ConfigOption[], env: Environment): Record<string, unknown> {
  refuseMisspelled(options, env);
  const values: Record<string, unknown> = {};
  for (const option of options) {
    const variable = environmentVariable(option.name);
    const text = env[variable]?.trim() ?? '';
    if (text === '') continue;
    const given = option.many ? listOf(text) : valueOf(option, text);
    const result = optionSchema(option).safeParse(given, { error: friendlyMessage });
    const [issue] = result.error?.issues.flatMap(unfoldUnion) ?? [];
    if (issue) throw new UsageError(`${variable}: ${issue.message}.`);
    values[option.name] = result.data;
  }
  return values;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function valueOf({ type }: ConfigOption, text: string): unknown {
  if (type === 'boolean' && /^(?:true|yes|on|1)$/i.test(text)) return true;
  if (type === 'boolean' && /^(?:false|no|off|0)$/i.test(text)) return false;
  return type === 'number' && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

/** A slip in a variable's name would go unnoticed. Other names with our prefix are left alone: passwords may be in them. */
function refuseMisspelled(options: readonly ConfigOption[], env: Environment): void {
  const known = options.map(({ name }) => environmentVariable(name));
  for (const variable of Object.keys(env)) {
    if (!variable.startsWith('FLEET_MIGRATE_') || known.includes(variable)) continue;
    const meant = nearMiss(variable, known);
    if (meant !== null) throw new UsageError(`${variable} sets nothing; did you mean ${meant}?`);
  }
}
