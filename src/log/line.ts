import type { LogFields, LogLevel } from '../domain/ports/log.js';
import { printable, safeJson } from '../domain/text/printable.js';
import { plainValue } from './plain-value.js';
import { isSecretName, redacted, redactText } from './redact.js';

/** One event before it is written. */
export interface LogEntry {
  /** Milliseconds since the epoch. */
  at: number;
  level: LogLevel;
  address: string | null;
  mac: string | null;
  message: string;
  fields: LogFields;
}

/** Longest message or value of a text line and longest text of a JSON line, in UTF-16 units. */
const longestText = 2_000;
const longestStack = 8_000;

const reserved: ReadonlySet<string> = new Set(['at', 'level', 'address', 'mac', 'message']);

/**
 * `2026-01-31T22:14:05.123+01:00 info  10.0.0.5 00CCFC123456 message key=value`, in local time with its zone, without a line end. Values
 * with blanks, quotes or nothing in them are quoted as in JSON. Secrets are redacted and hidden characters shown as escapes, so that it is
 * one line.
 */
export function textLine(entry: LogEntry, stacks = false): string {
  return `${localTime(entry.at)} ${entry.level.padEnd(5)} ${bareLine(entry, stacks)}`;
}

/** The same without time and level, for a log that keeps both beside the line. */
export function bareLine(entry: LogEntry, stacks = false): string {
  const parts: string[] = [];
  if (entry.address !== null) parts.push(printable(entry.address, 260));
  if (entry.mac !== null) parts.push(printable(entry.mac, 20));
  parts.push(printable(redactText(entry.message), longestText));
  for (const [name, value] of Object.entries(plainFields(entry.fields, stacks))) {
    if (value !== undefined) parts.push(`${printable(name, 80)}=${textValue(value)}`);
  }
  return parts.join(' ');
}

/** One JSON object, `at` in ISO 8601 UTC. A field that has the name of one of the fixed ones is written as `field_NAME`. */
export function jsonLine(entry: LogEntry, stacks = false): string {
  const fields = Object.entries(plainFields(entry.fields, stacks)).map(([name, value]) => [
    reserved.has(name) ? `field_${name}` : name,
    value,
  ]);
  return safeJson({
    at: new Date(entry.at).toISOString(),
    level: entry.level,
    address: entry.address,
    mac: entry.mac,
    message: redactText(entry.message),
    ...(Object.fromEntries(fields) as Record<string, unknown>),
  });
}

function plainFields(fields: LogFields, stacks: boolean): Record<string, unknown> {
  const named = Object.entries(fields).map(([name, value]) => [
    redactText(name),
    isSecretName(name) ? redacted : plainValue(value, stacks),
  ]);
  return Object.fromEntries(named) as Record<string, unknown>;
}

function textValue(value: unknown): string {
  if (typeof value !== 'string') return printable(safeJson(value), longestStack);
  return value === '' || /[\s"=\\]/.test(value)
    ? printable(safeJson(value), longestText)
    : printable(value, longestText);
}

/** ISO 8601 with the zone's distance to UTC: two lines can be compared whatever clock change lies between them. */
function localTime(at: number): string {
  const east = -new Date(at).getTimezoneOffset();
  const [hours, minutes] = [Math.floor(Math.abs(east) / 60), Math.abs(east) % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  const local = new Date(at + east * 60_000).toISOString().slice(0, -1);
  return `${local}${east < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`;
}
