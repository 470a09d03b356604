import * as z from 'zod';
import { parseDuration } from '../../domain/text/duration.js';
import { hideUserInUrl } from '../../domain/text/printable.js';
import type { ConfigOption } from '../settings/option.js';
import { found } from '../yaml/zod-messages.js';

const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const cidrPattern = new RegExp(`^${octet}(?:\\.${octet}){3}/(?:3[0-2]|[12]?[0-9])$`);
const durationPattern = /^[0-9]{1,7}(?:\.[0-9]{1,3})?(?:ms|s|m|h)$/;
const urlPattern = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/\s]/;

const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const time = '(?:[01]?[0-9]|2[0-4]):[0-5][0-9]';
const windowPattern = new RegExp(`^(?:${day}(?:[-,]${day})*\\s+)?${time}\\s*-\\s*${time}$`, 'i');

/** A complaint that names what was expected and what was found; a user name and password in a URL are not repeated. */
export function expected(what: string): (issue: { input?: unknown }) => string {
  return ({ input }) => {
    if (input === null) return `has no value, expected ${what}; give one or take the line out`;
    return input === undefined ? `is missing, expected ${what}` : `expected ${what}, found ${shown(input)}`;
  };
}

function shown(input: unknown): string {
  return found(typeof input === 'string' ? hideUserInUrl(input) : input);
}

/** A text. A whole number is one too, for `abortAfter: 10` is what people write. */
export const plainText = z.union(
  [
    z
      .string()
      .trim()
      .min(1, { error: () => 'expected a text, found an empty one' }),
    z.int(),
  ],
  { error: expected('a text') },
);

/** A subnet such as `10.0.0.0/24`. */
export const cidr = patterned(cidrPattern, 'a subnet such as 10.0.0.0/24');

/** `http://10.0.0.5:6970`. */
export const url = patterned(urlPattern, 'a URL such as http://10.0.0.5:6970');

/** `22:00-05:00`, `Mon-Fri 22:00-05:00`: only its form; whether it ever opens is judged where it is used. */
export const windowText = patterned(windowPattern, 'a window such as "22:00-05:00" or "Mon-Fri 22:00-05:00"');

/** A name of the time zone database. */
export const timeZone = z
  .string({ error: expected('a time zone such as Europe/Berlin') })
  .refine(isTimeZone, { error: expected('a time zone such as Europe/Berlin') });

const durationText = patterned(durationPattern, 'a duration such as 500ms, 30s, 10m or 2h').refine(
  (text) => !durationPattern.test(text) || parseDuration(text) !== null,
  { error: expected('a duration such as 500ms, 30s, 10m or 2h') },
);

/** One value, or a list of them. */
export function oneOrMany<T extends z.ZodType>(item: T, what = 'a text or a list of texts') {
  return z.union([item, z.array(item)], { error: expected(what) });
}

/** A whole number within bounds, both included. */
export function wholeNumber(least: number, most: number) {
  const complaint = {
    error: expected(
      most === Number.MAX_SAFE_INTEGER
        ? `a whole number of at least ${least}`
        : `a whole number from ${least} to ${most}`,
    ),
  };
  return z.int(complaint).min(least, complaint).max(most, complaint);
}

/** What may stand at an option's key in the file. It checks and trims; the value keeps its type and its one-or-many form. */
export function optionSchema(option: ConfigOption): z.ZodType {
  const one = oneValue(option);
  return (option.many ? oneOrMany(one) : one).meta({
    description: option.text,
    ...(option.default === undefined ? {} : { default: option.default }),
  });
}

function oneValue({ name, type, value, choices, least, most }: ConfigOption): z.ZodType {
  if (type === 'boolean') return z.boolean({ error: expected('true or false') });
  if (type === 'number') {
    if (value === 'PORT') return wholeNumber(least ?? 1, most ?? 65_535);
    if (value === 'N') return wholeNumber(least ?? 0, most ?? Number.MAX_SAFE_INTEGER);
    return z.number({ error: expected('a number') });
  }
  if (choices) return z.enum(choices, { error: expected(`one of ${choices.join(', ')}`) });
  return byName[name] ?? byValue[value ?? ''] ?? plainText;
}

const byName: Readonly<Record<string, z.ZodType>> = { window: windowText, 'time-zone': timeZone };
const byValue: Readonly<Record<string, z.ZodType>> = { CIDR: cidr, DURATION: durationText, URL: url };

function patterned(pattern: RegExp, what: string) {
  return z.string({ error: expected(what) }).regex(pattern, { error: expected(what) });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
