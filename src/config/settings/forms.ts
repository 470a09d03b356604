import { parseExclusion, parseSubnet, parseTarget } from '../../domain/network/address-forms.js';
import { namesList } from '../../domain/network/list-path.js';
import { parseChosenColumn } from '../../domain/network/chosen-column.js';
import { checkFilesUrl } from '../../domain/network/files-url.js';
import { parseTimeZone } from '../../domain/pacing/weekly-hours.js';
import { parseWeeklyHours } from '../../domain/pacing/weekly-hours.js';
import { readPlainName, readReportName } from '../../domain/report/report-name.js';
import { parseBitRate } from '../../domain/text/bit-rate.js';
import { parseDuration } from '../../domain/text/duration.js';
import { printable } from '../../domain/text/printable.js';
import { shown } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { failureCodes } from '../../domain/failures/failure-codes.js';
import { outcomes } from '../../domain/progress/outcome.js';
import type { LimitSpec } from '../../domain/network/limit-spec.js';
import { nearMisses, nearestWord } from '../../domain/text/near-miss.js';
import type { ValueForm } from './option.js';

/** A whole number is a text, too: `abortAfter: 10` is what people write. */
const textSchema = { type: ['string', 'number'] } as const;

/** Any text, read by `read`. */
export function textForm<Value = string>(
  value: string,
  read: (text: string, flag: string) => Value,
  more: Partial<Pick<ValueForm<Value>, 'expected' | 'cut' | 'schema' | 'example'>> = {},
): ValueForm<Value> {
  return { type: 'string', value, expected: 'a text', read, schema: textSchema, ...more };
}

/** A text without further rules. */
export function plainText(value: string): ValueForm<string> {
  return textForm(value, (text) => text);
}

/** One of a few words. */
export function choice<const Word extends string>(...choices: readonly Word[]): ValueForm<Word> {
  return {
    type: 'string',
    choices,
    ...(choices[0] === undefined ? {} : { example: choices[0] }),
    expected: `one of ${choices.join(', ')}`,
    schema: { type: 'string', enum: choices },
    read: (text, flag) => {
      const word = choices.find((one) => one === text);
      if (word !== undefined) return word;
      const near = nearestWord(text, choices);
      const remedy = near === null ? 'choose one of them.' : `did you mean ${near}?`;
      throw new UsageError(`${flag} "${printable(text, 40)}" is not one of ${choices.join(', ')}; ${remedy}`);
    },
  };
}

/** On or off. */
export const switchForm: ValueForm<boolean> = {
  type: 'boolean',
  expected: 'true or false',
  schema: { type: 'boolean' },
  read: (text, flag) => {
    if (/^(?:true|yes|on|1)$/i.test(text)) return true;
    if (/^(?:false|no|off|0)$/i.test(text)) return false;
    throw new UsageError(`${flag} must be true or false, not "${printable(text, 40)}".`);
  },
};

/** Numbers as YAML spells them, so that the same text means the same everywhere. */
const yamlNumber = /^(?:[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?|0x[0-9a-f]+|0o[0-7]+)$/i;

/** Phones that upgrade at once: more than a fleet has. */
export const mostUpgrading = 100_000;

/**
 * A whole number within bounds, both included.
 * @param example as somebody would write it: its errors name it
 */
export function wholeNumber(least: number, most: number, example: number, value = 'N'): ValueForm<number> {
  return {
    type: 'number',
    value,
    example: String(example),
    expected: `a whole number from ${least} to ${most}`,
    schema: { type: ['integer', 'string'], minimum: least, maximum: most },
    read: (text, flag) => {
      const number = yamlNumber.test(text) ? Number(text) : Number.NaN;
      if (Number.isInteger(number) && number >= least && number <= most) return number;
      throw new UsageError(`${flag} must be one whole number from ${least} to ${most}, such as ${flag} ${example}.`);
    },
  };
}

/** A number above zero, not necessarily whole. */
export function numberUpTo(most: number, example: number, value = 'N'): ValueForm<number> {
  return {
    type: 'number',
    value,
    example: String(example),
    expected: `a number above 0 and at most ${most}`,
    schema: { type: ['number', 'string'], exclusiveMinimum: 0, maximum: most },
    read: (text, flag) => {
      const number = yamlNumber.test(text) ? Number(text) : Number.NaN;
      if (number > 0 && number <= most) return number;
      throw new UsageError(`${flag} must be a number above 0 and at most ${most}, such as ${flag} ${example}.`);
    },
  };
}

/** A port that a server listens on. */
export const portForm = (example: number): ValueForm<number> => wholeNumber(1, 65_535, example, 'PORT');

/** The same, where 0 stands for any free one. */
export const ownPortForm = (example: number): ValueForm<number> => wholeNumber(0, 65_535, example, 'PORT');

/**
 * A duration of at least `leastMs`, read as milliseconds.
 * @param example as somebody would write it: its errors name it
 */
export function duration(leastMs: number, example: string): ValueForm<number> {
  return textForm(
    'DURATION',
    (text, flag) => {
      const ms = parseDuration(text);
      if (ms === null)
        throw new UsageError(
          `${flag} ${printable(text, 40)} is not a duration; write 500ms, 30s, 10m or 2h, such as ${flag} ${example}.`,
        );
      if (ms < leastMs)
        throw new UsageError(`${flag} ${text} is too short; give at least ${leastMs}ms, such as ${flag} ${example}.`);
      return ms;
    },
    {
      example,
      expected: 'a duration such as 500ms, 30s, 10m or 2h',
      schema: { type: 'string', pattern: '^\\s*[0-9]+(?:\\.[0-9]+)?(?:ms|s|m|h)\\s*$' },
    },
  );
}

/** A rate, read as whole bits per second. */
export const bitRateForm = textForm('RATE', parseBitRate, {
  example: '10Mbit',
  expected: 'a rate such as 10Mbit or 2MB/s',
});

/** A text that `check` accepts; it gets the text with its option, as `--subnet 10.0.0.0/33`. */
function addressForm(
  value: string,
  expected: string,
  example: string,
  check: (text: string, place: string) => unknown,
): ValueForm<string> {
  return textForm(
    value,
    (text, flag) => {
      check(text, `${flag} ${shown(text)}`);
      return text;
    },
    { expected, example },
  );
}

export const subnetForm: ValueForm<string> = {
  ...addressForm('CIDR', 'a subnet such as 10.0.0.0/24', '10.0.0.0/24', parseSubnet),
  schema: { type: 'string', pattern: '^\\s*[0-9.]+/[0-9]+\\s*$' },
};
export const targetForm = addressForm('HOST|RANGE', 'an address, a host name or a range', '10.0.0.5', parseTarget);

export const exclusionForm = addressForm(
  'CIDR|HOST|RANGE|FILE',
  'what must not be contacted',
  '10.0.0.5',
  (text, place) => (namesList(text) ? null : parseExclusion(text, place)),
);

/** A file with phones; its content tells what it is. */
export const inventoryForm = plainText('FILE');

/** A column of an inventory by its name, and what it says. */
export const columnForm = textForm('MEANING=NAME', parseChosenColumn, {
  example: 'mac="Device Name"',
  expected: 'a meaning and the name of a column, such as mac=Device Name',
  schema: { type: 'string', pattern: '^[^=]*=' },
});

/** The address of a file server. */
export const filesUrlForm = textForm('URL', checkFilesUrl, {
  example: 'http://10.0.0.5:6970',
  expected: 'a URL such as http://10.0.0.5:6970',
  schema: { type: 'string', pattern: '^\\s*[A-Za-z]+://' },
});

/** Hours of the week, without a zone yet; whether they are long enough for a step is checked later. */
export const windowForm = textForm(
  '[DAYS] HOURS',
  (text, flag) => {
    parseWeeklyHours(text, flag);
    return text;
  },
  // A list of days has commas of its own, and no digits.
  { example: '22:00-05:00', expected: 'a window such as "22:00-05:00" or "Mon-Fri 22:00-05:00"', cut: /(?<=\d\s*),/ },
);

export const timeZoneForm = textForm('ZONE', parseTimeZone, {
  example: 'Europe/Berlin',
  expected: 'a time zone such as Europe/Berlin',
});

/** The file of a report; it may hold words of its run. */
export const reportForm = textForm('FILE', readReportName, { example: 'night-{date}-{run}.json' });

/** A file that all runs write, so that its name holds nothing of one. */
export const sameFileForm = textForm('FILE', readPlainName);

/** An account of phones. */
export const usernameForm = textForm(
  'NAME',
  (text, flag) => {
    if (!/[\x00-\x1f\x7f-\x9f:]/.test(text)) return text;
    throw new UsageError(`${flag} must not hold a colon or a control character; phones know admin and user.`);
  },
  { example: 'admin' },
);

/** What people write for a number: also with a sign, a fraction, separators of thousands, an exponent, another base, or a percent sign. */
const numberLike =
  /^[-+\u2212]?(?:0[xob][\da-f]+|\d+(?:[.,'_ ]\d+)?(?:e[-+]?\d+)?|\d{1,3}(?:[.,'_ ]\d{3})+|[.,]\d+|\d+[.,]|infinity|nan)\s*%?$/i;

/** How many targets a run takes at most, or the path of a list of those it may take. */
export const limitForm = textForm(
  'N|FILE',
  (text, flag): LimitSpec => {
    const given = text.trim();
    if (/^\d+(?:\.\d+){3}(?:[-/][\d.]+)?$/.test(given))
      throw new UsageError(
        `${flag} ${shown(text)}: this is neither a number nor a file; name a phone with --target, or give a file with addresses, one a line.`,
      );
    if (!numberLike.test(given)) return { most: null, list: text };
    const most = Number(given);
    if (/^\d+$/.test(given) && Number.isSafeInteger(most) && most >= 1) return { most, list: null };
    const why =
      /^\d+$/.test(given) && most < 1 ? 'at least one phone must be allowed' : 'this is no whole number of phones';
    throw new UsageError(
      `${flag} ${shown(text)}: ${why}; write a number such as 5, or the path of a list (./${shown(given)} if that is its name).`,
    );
  },
  { example: '5', expected: 'a number of phones such as 5, or a file with addresses or MACs' },
);

const endings = [...outcomes, ...Object.keys(failureCodes)];

/** Outcomes and failure codes, separated by commas. */
export const endingsForm = textForm(
  'OUTCOME|CODE',
  (text, flag): string[] =>
    text.split(/[,\s]+/).flatMap((part) => {
      const word = part.trim().toLowerCase();
      if (word === '') return [];
      if (endings.includes(word)) return [word];
      const near = nearMisses(word, endings);
      const guess = near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`;
      throw new UsageError(
        `${flag} ${shown(part)}: this is neither an outcome nor a failure code${guess === '' ? '.' : guess} Outcomes are ${outcomes.join(', ')}; fleet-migrate explain lists the codes.`,
      );
    }),
  { example: 'failed', expected: 'outcomes or failure codes, such as failed or license-missing' },
);
