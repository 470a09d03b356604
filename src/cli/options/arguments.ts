import { parseDuration } from '../../domain/text/duration.js';
import { UsageError } from '../../domain/text/usage-error.js';

/** Parsed command line arguments, by option name. */
export type Arguments = Readonly<Record<string, unknown>>;

/** An option given once, or not at all. @throws UsageError when it was given twice or without a value */
export function textOf(args: Arguments, name: string): string | null {
  const value = args[name];
  if (value === undefined) return null;
  if (Array.isArray(value)) throw new UsageError(`--${name} was given ${value.length} times; give it once.`);
  if (typeof value !== 'string' || value.trim() === '')
    throw new UsageError(`--${name} needs a value; see fleet-migrate --help.`);
  return value.trim();
}

/** An option that may be given several times. @throws UsageError for an empty one */
export function listOf(args: Arguments, name: string): string[] {
  const values = [args[name] ?? []].flat().map(String);
  if (values.some((value) => value.trim() === ''))
    throw new UsageError(`--${name} needs a value; see fleet-migrate --help.`);
  return values;
}

/** A flag. */
export function flagOf(args: Arguments, name: string): boolean {
  return args[name] === true;
}

/** A whole number within bounds. @throws UsageError */
export function numberOf(args: Arguments, name: string, least: number, most: number): number {
  const value = args[name];
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(
    `--${name} must be one whole number from ${least} to ${most}, such as --${name} ${Math.min(most, Math.max(least, 64))}.`,
  );
}

/** A duration such as `30s`, in milliseconds; `null` when not given. @throws UsageError */
export function durationOf(args: Arguments, name: string, leastMs: number): number | null {
  const text = textOf(args, name);
  if (text === null) return null;
  const ms = parseDuration(text);
  if (ms === null) throw new UsageError(`--${name} ${text} is not a duration; write 500ms, 30s, 10m or 2h.`);
  if (ms < leastMs) throw new UsageError(`--${name} ${text} is too short; give at least ${leastMs}ms.`);
  return ms;
}
