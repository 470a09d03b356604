import { configKey, environmentVariable } from './option.js';
import type { Settings } from './merge.js';

type Sourced = Pick<Settings, 'origin' | 'configPath'>;

/** Where a setting was made, to look it up and change it there: `--http-port`, a variable, or a line of the file. */
export function describeOrigin(name: string, { origin, configPath }: Sourced): string {
  const from = origin[name] ?? 'default';
  if (from === 'flag') return `--${name}`;
  if (from === 'env') return environmentVariable(name);
  if (from === 'default') return 'the default';
  return `${configKey(name)} in ${configPath ?? 'the configuration file'}:${from.slice('file:'.length)}`;
}

/**
 * A message about `--an-option`, with the real place of the first option in it that was set elsewhere than on the command
 * line: `--http-port must be … (set by FLEET_MIGRATE_HTTP_PORT).`
 */
export function withOrigin(message: string, settings: Sourced): string {
  for (const [, flag = ''] of message.matchAll(/--([a-z][a-z0-9-]*)/g)) {
    const name = settings.origin[flag] === undefined ? flag.replace(/^no-/, '') : flag;
    const from = settings.origin[name];
    if (from === undefined || from === 'flag' || from === 'default') continue;
    const place = describeOrigin(name, settings);
    return `${message.replace(/\.$/, '')} (set by ${place}).`;
  }
  return message;
}
