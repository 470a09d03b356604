import { fates } from './fate.js';
import { parseWeeklyHours, type WeeklyHours } from '../pacing/weekly-hours.js';
import { parseDuration, writeDuration } from '../text/duration.js';
import { parseSize, formatBytes } from '../text/bytes.js';
import { nearMiss } from '../text/near-miss.js';
import { printable } from '../text/printable.js';
import { UsageError } from '../text/usage-error.js';

/** What may be assumed of phones that nobody has asked yet, with what is meant by it. Shares are of the phones of one night. */
export const assumptionMeanings = {
  busy: 'in a call when they are looked at; with hours: only then, such as "busy:10% Mon-Fri 07:00-19:00"',
  call: 'how long a call lasts on average',
  deferred: 'in a call for the whole night',
  failed: 'take what was written and say that the upgrade failed',
  silent: 'are not seen again after they were written to',
  'page-off': 'have no web page after a move to Enterprise',
  'no-answer': 'do not answer that night',
  duration: 'how long a step takes that loads firmware, instead of what is known or guessed',
  size: 'how much firmware a phone fetches, instead of what is known or guessed',
} as const;

export type AssumptionName = keyof typeof assumptionMeanings;

/** A share of phones in a call. */
export interface BusyShare {
  /** 0 to 1. */
  share: number;
  /** `null`: at all hours for which none is named. */
  hours: WeeklyHours | null;
  /** As written: `10% Mon-Fri 07:00-19:00`. */
  text: string;
}

/** One `--assume`, as read. */
export type Assumption = { name: 'busy'; value: BusyShare } | { name: Exclude<AssumptionName, 'busy'>; value: number };

/** All that a rehearsal assumes. Shares are 0 to 1. */
export interface Assumptions {
  busy: readonly BusyShare[];
  /** ms. */
  call: number;
  deferred: number;
  failed: number;
  silent: number;
  'page-off': number;
  'no-answer': number;
  /** ms; `null`: by what is known. */
  duration: number | null;
  /** Bytes; `null`: by what is known. */
  size: number | null;
}

/** Guesses all: nobody has published how phones behave in such a night. */
export const usualAssumptions: Assumptions = {
  busy: [
    { share: 0.01, hours: null, text: '1%' },
    { share: 0.1, hours: parseWeeklyHours('Mon-Fri 07:00-19:00'), text: '10% Mon-Fri 07:00-19:00' },
  ],
  call: 4 * 60_000,
  deferred: 0.01,
  failed: 0.01,
  silent: 0.01,
  'page-off': 0,
  'no-answer': 0.01,
  ...{ duration: null, size: null },
};

const names = Object.keys(assumptionMeanings) as readonly AssumptionName[];

/** Each with how much it may be. */
const examples: Readonly<Record<AssumptionName, string>> = {
  ...{ busy: 'busy:10%', call: 'call:8m', deferred: 'deferred:1%', failed: 'failed:5%', silent: 'silent:1%' },
  ...{ 'page-off': 'page-off:5%', 'no-answer': 'no-answer:1%', duration: 'duration:8m', size: 'size:75MB' },
};

/**
 * Reads `failed:1%`, `busy:10% Mon-Fri 07:00-19:00`, `call:4m`, `duration:12m`, `size:75MB`.
 * @throws UsageError
 */
export function parseAssumption(text: string): Assumption {
  const said = `--assume "${printable(text, 80)}"`;
  const [, word = '', value = ''] = /^\s*([^:]*?)\s*:\s*([^]*?)\s*$/.exec(text) ?? [];
  const name = names.find((one) => one === word.toLowerCase());
  if (name === undefined) {
    const meant = names.find((one) => one === text.trim().toLowerCase());
    if (meant !== undefined)
      throw new UsageError(`${said}: how much is missing; write it such as --assume ${examples[meant]}.`);
    const near = nearMiss(word === '' ? text : word, names);
    const remedy = near === null ? `one of ${names.join(', ')}` : `did you mean ${near}?`;
    throw new UsageError(`${said}: write what is assumed and how much, such as --assume failed:1%; ${remedy}`);
  }
  switch (name) {
    case 'busy':
      return { name, value: busyShare(value, said) };
    case 'call':
    case 'duration': {
      const ms = parseDuration(value);
      if (ms !== null && ms > 0) return { name, value: ms };
      throw new UsageError(`${said}: after ${name}: comes a duration of more than 0, such as --assume ${name}:8m.`);
    }
    case 'size': {
      const bytes = parseSize(value);
      if (bytes !== null && bytes > 0) return { name, value: bytes };
      throw new UsageError(`${said}: after size: comes a size of more than 0, such as --assume size:75MB.`);
    }
    default:
      return { name, value: share(value, name, said) };
  }
}

function busyShare(text: string, said: string): BusyShare {
  const [, percent = '', hours = ''] = /^(\S*)\s*([^]*)$/.exec(text) ?? [];
  return {
    share: share(percent, 'busy', said),
    hours: hours === '' ? null : parseWeeklyHours(hours, `${said}:`),
    text: `${percent}${hours === '' ? '' : ` ${hours}`}`,
  };
}

function share(text: string, name: string, said: string): number {
  const [, number] = /^(\d{1,9}(?:\.\d{1,3})?)\s*%$/.exec(text) ?? [];
  if (number === undefined)
    throw new UsageError(`${said}: after ${name}: comes a percentage from 0 to 100, such as ${name}:1%.`);
  if (Number(number) > 100) throw new UsageError(`${said}: that is more than all phones; write at most ${name}:100%.`);
  return Number(number) / 100;
}

/**
 * What a rehearsal assumes: the usual, and instead of it what is given. A share of phones in a call replaces all the usual ones.
 * @throws UsageError where two contradict each other, or are more than all phones together
 */
export function assume(given: readonly Assumption[]): Assumptions {
  const result: Assumptions = { ...usualAssumptions };
  const busy = given.flatMap((one) => (one.name === 'busy' ? [one.value] : []));
  if (busy.length > 0) result.busy = busy;
  if (busy.filter(({ hours }) => hours === null).length > 1)
    throw new UsageError(`--assume busy: is given twice without hours; leave one out, or say when it holds.`);
  const set = new Set<AssumptionName>();
  for (const one of given) {
    if (one.name === 'busy') continue;
    if (set.has(one.name)) throw new UsageError(`--assume ${one.name}: is given twice; leave one out.`);
    set.add(one.name);
    result[one.name] = one.value;
  }
  const sum = fates.reduce((total, name) => total + result[name], 0);
  if (sum > 1 + 1e-9)
    throw new UsageError(
      `--assume: ${fates.map((name) => `${name}:${percent(result[name])}`).join(', ')} are ${percent(sum)} together, and a phone ends in one of them; ${remedyOf(result, set)}.`,
    );
  return result;
}

/** What makes shares 100 % at most that are more: where those that nobody gave are too many, without them. */
function remedyOf(shares: Assumptions, given: ReadonlySet<AssumptionName>): string {
  const sum = fates.reduce((total, name) => total + (given.has(name) ? shares[name] : 0), 0);
  const usual = fates.filter((name) => !given.has(name) && shares[name] > 0);
  if (sum > 1 + 1e-9 || usual.length === 0) return 'make them 100% at most';
  const zero = usual.map((name) => `--assume ${name}:0%`).join(' ');
  return `make them 100% at most, such as by ${zero}`;
}

/** What is assumed, as it is written, and whether that is only the usual. */
export interface AssumedText {
  name: AssumptionName;
  /** `failed:1%`. */
  text: string;
  isUsual: boolean;
}

/** All that is assumed. What follows from what is known of the fleet is not among it. */
export function assumptionTexts(assumptions: Assumptions): AssumedText[] {
  return names.flatMap((name): AssumedText[] => {
    const isUsual = assumptions[name] === usualAssumptions[name];
    if (name === 'busy') return assumptions.busy.map(({ text }) => ({ name, text: `busy:${text}`, isUsual }));
    const value = assumptions[name];
    return value === null ? [] : [{ name, text: `${name}:${written(name, value)}`, isUsual }];
  });
}

function written(name: AssumptionName, value: number): string {
  switch (name) {
    case 'call':
    case 'duration':
      return writeDuration(value);
    case 'size':
      return formatBytes(value).replace(' ', '');
    default:
      return percent(value);
  }
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(3))}%`;
}
