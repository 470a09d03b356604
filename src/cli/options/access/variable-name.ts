import { UsageError } from '../../../domain/text/usage-error.js';

/** The name of an environment variable. @throws UsageError, which does not repeat it: some give the password itself */
export function readVariableName(text: string, flag: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return text;
  throw new UsageError(`${flag} takes the name of an environment variable, not the password itself.`);
}
