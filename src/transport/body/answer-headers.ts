import type { Dispatcher } from 'undici';

/** An answer's headers with one text each: what came several times is joined by commas. */
export function headersOf({ headers }: Pick<Dispatcher.ResponseData, 'headers'>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

/** How long its body is said to be, in bytes; 0 where it is not said. */
export function announcedLength(headers: Readonly<Record<string, string>>): number {
  return Number.parseInt(headers['content-length'] ?? '', 10) || 0;
}
