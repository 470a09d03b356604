import { isUsageError } from '../../domain/text/usage-error.js';
import type { ConfigOption, ValueForm } from './option.js';

/** Why a text cannot be a value of this option, as a sentence about its flag; null if it can. */
export function refusal({ name, form }: Pick<ConfigOption, 'name' | 'form'>, text: string): string | null {
  return refusalOf(form, text, `--${name}`);
}

/** The same for a form by itself. */
export function refusalOf(form: ValueForm<unknown>, text: string, flag: string): string | null {
  try {
    form.read(text, flag);
    return null;
  } catch (error) {
    if (isUsageError(error)) return error.message;
    throw error;
  }
}
