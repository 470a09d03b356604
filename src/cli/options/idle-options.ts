import { UsageError } from '../../domain/text/usage-error.js';
import type { Settings } from '../../config/settings/merge.js';
import { flagOf, listOf, textOf } from './arguments.js';

/**
 * Options that cannot do what they were given for. On the command line that is a mistake; a configuration file or the environment may hold
 * one for other runs, and then it is a warning. Answers the warnings, one sentence each.
 * @throws UsageError
 */
export function idleOptions({
  values,
  origin,
  sites,
  credentials,
}: Pick<Settings, 'values' | 'origin' | 'sites' | 'credentials'>): string[] {
  const warnings: string[] = [];
  const idle = (name: string, why: string): void => {
    if (origin[name] === 'flag') throw new UsageError(`--${name} ${why}`);
    warnings.push(`--${name} ${why}`);
  };
  const hasPassword =
    textOf(values, 'password-env') !== null ||
    textOf(values, 'password-file') !== null ||
    [credentials, ...sites.map((site) => site.credentials)].some((all) => all.length > 0);
  if (flagOf(values, 'try-passwords') && !hasPassword)
    idle(
      'try-passwords',
      'does nothing without a password; name one with --password-env or --password-file, or credentials in the configuration file, or leave it out.',
    );
  if (flagOf(values, 'insecure') && listOf(values, 'ca').length > 0)
    idle('ca', 'does nothing with --insecure, which checks no certificate; leave one of them out.');
  // No mistake: current phones redirect plain http to https, where it counts.
  if (flagOf(values, 'tls-legacy') && textOf(values, 'scheme') === 'http')
    warnings.push('--tls-legacy with --scheme http only concerns phones that redirect to https.');
  return warnings;
}
