import * as z from 'zod';
import { hideUserInUrl } from '../../domain/text/printable.js';
import type { ConfigOption, ValueForm } from '../settings/option.js';
import { refusalOf } from '../settings/read-value.js';
import { found } from '../yaml/zod-messages.js';

/** A complaint that names what was expected and what was found; a user name and password in a URL are not repeated. */
export function expected(what: string): (issue: { input?: unknown }) => string {
  return ({ input }) => {
    if (input === null) return `has no value, expected ${what}; give one or remove the line`;
    return input === undefined ? `is missing, expected ${what}` : `expected ${what}, found ${shown(input)}`;
  };
}

function shown(input: unknown): string {
  return found(typeof input === 'string' ? hideUserInUrl(input) : input);
}

/** What a key accepts, and its name in errors: the flag that sets the same. */
export interface KeyForm {
  name: string;
  form: ValueForm<unknown>;
  many?: boolean;
  text: string;
  default?: ConfigOption['default'];
}

/** The schema of a key: whatever its form reads, one value or a list of them. It only checks; the value stays as written. */
export function valueSchema({ name, form, many, text, default: standard }: KeyForm): z.ZodType {
  const { schema } = form;
  return z
    .unknown()
    .superRefine((value, context) => {
      if (value === undefined) return;
      const isList = many === true && Array.isArray(value);
      const ofList = many === true && !isList ? ` or a list` : '';
      for (const [at, one] of (isList ? value : [value]).entries()) {
        const message = problemOf(form, one, `--${name}`, ofList);
        if (message !== null) context.addIssue({ code: 'custom', path: isList ? [at] : [], message, input: one });
      }
    })
    .meta({
      description: text,
      ...(standard === undefined ? {} : { default: standard }),
      ...(many ? { anyOf: [schema, { type: 'array', items: schema }] } : schema),
    });
}

function problemOf(form: ValueForm<unknown>, value: unknown, flag: string, ofList: string): string | null {
  const complaint = (): string => expected(`${form.expected}${ofList}`)({ input: value });
  if (form.type === 'boolean') return typeof value === 'boolean' ? null : complaint();
  if (typeof value !== 'string' && typeof value !== 'number') return complaint();
  const text = String(value).trim();
  return text === '' ? `expected ${form.expected}, found an empty text` : refusalOf(form, text, flag);
}
