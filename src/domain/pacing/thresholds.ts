import { type FailureCodeName, failureCodes, isFailureCode } from '../failures/failure-codes.js';
import { nearMisses } from '../text/near-miss.js';
import { printable } from '../text/printable.js';
import { UsageError } from '../text/usage-error.js';

/**
 * What is counted: `failed` every phone that was written to and is not proven, `unverified` the outcome of that name, `unreachable` phones
 * that were not found (see `run-tally.ts`), or one failure code, also of phones that could not be read.
 */
export type ThresholdKind = 'failed' | 'unverified' | 'unreachable' | FailureCodeName;

/** When a run stops itself. */
export interface Threshold {
  text: string;
  kind: ThresholdKind;
  /** `percent`: more than `limit` percent trip it. `phones`: `limit` phones or more do. */
  unit: 'percent' | 'phones';
  limit: number;
  /** What the phones are counted over. */
  scope: 'wave' | 'run';
  /** A percentage says nothing before this many phones have ended. */
  minimumSample: number;
}

const defaultMinimumSample = 10;

const generalKinds = ['failed', 'unverified', 'unreachable'] as const;

const howTo = 'write it such as 5%, 10, unreachable:10% or authorization-failed:3/run';

/**
 * Reads `[KIND:]LIMIT[/wave|/run]`: `5%`, `10`, `authorization-failed:3`, `unreachable:10%/run`. Without a kind it is `failed`. Without a
 * scope a percentage is judged over the wave, where a deterioration shows first, and a count over the run, where it adds up.
 *
 * @param place what the message of a UsageError begins with
 * @throws UsageError for an unknown kind (with the nearest known one), a percentage over 100, a count of zero, and anything else.
 */
export function parseThreshold(
  text: string,
  minimumSample: number = defaultMinimumSample,
  place = '--abort-after',
): Threshold {
  const said = `${place} ${printable(text, 80)}`;
  const match = /^(?:([^:/]*):)?([^:/]*)(?:\/([^:/]*))?$/.exec(text.trim());
  if (!match) throw wrong(said, 'is not a threshold');
  const [, kindText, limitText = '', scopeText] = match;
  const kind = kindText === undefined ? 'failed' : parseKind(kindText.trim().toLowerCase(), said);
  const { unit, limit } = parseLimit(limitText.trim(), said);
  const scope = scopeText?.trim().toLowerCase() ?? (unit === 'percent' ? 'wave' : 'run');
  if (scope !== 'wave' && scope !== 'run')
    throw wrong(said, `has the scope "${printable(scope, 40)}", which is neither wave nor run`);
  return { text: text.trim(), kind, unit, limit, scope, minimumSample };
}

function parseKind(kind: string, said: string): ThresholdKind {
  if (isFailureCode(kind)) return kind;
  const general = generalKinds.find((name) => name === kind);
  if (general) return general;
  const near = nearMisses(kind, [...generalKinds, ...Object.keys(failureCodes)]);
  const meant =
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : `known are ${generalKinds.join(', ')} and every failure code`;
  throw new UsageError(`${said} names "${printable(kind, 40)}", which is not a kind of failure: ${meant}`);
}

function parseLimit(limit: string, said: string): Pick<Threshold, 'unit' | 'limit'> {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(%?)$/.exec(limit);
  if (!match)
    throw wrong(said, `has the limit "${printable(limit, 40)}", which is neither a number of phones nor a percentage`);
  const value = Number(match[1]);
  if (match[2] === '%') {
    if (value > 100) throw wrong(said, 'is over 100 %, more than all phones');
    return { unit: 'percent', limit: value };
  }
  if (!Number.isInteger(value)) throw wrong(said, 'is not a whole number of phones');
  if (value === 0) throw wrong(said, 'is reached before the first phone; 1 stops at the first failure');
  return { unit: 'phones', limit: value };
}

function wrong(said: string, what: string): UsageError {
  return new UsageError(`${said} ${what}; ${howTo}.`);
}
