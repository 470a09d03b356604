import { textForm } from '../../../config/settings/forms.js';
import type { ValueForm } from '../../../config/settings/option.js';
import { UsageError } from '../../../domain/text/usage-error.js';

/** The name of an environment variable. What is refused is not repeated: some give the password itself. */
export function variableForm(example: string): ValueForm<string> {
  return textForm(
    'NAME',
    (text, flag) => {
      if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return text;
      throw new UsageError(
        `${flag} takes the name of an environment variable, such as ${flag} ${example}, not the password itself.`,
      );
    },
    { example },
  );
}
