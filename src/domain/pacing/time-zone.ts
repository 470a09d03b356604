import { nearMisses } from '../text/near-miss.js';
import { printable } from '../text/printable.js';
import { UsageError } from '../text/usage-error.js';

/**
 * Reads a name of the time zone database, such as `Europe/Berlin` or `UTC`.
 * @param place what the message of a UsageError begins with; empty for none
 * @throws UsageError for a zone that nobody knows, with what it nearly is
 */
export function parseTimeZone(text: string, place = ''): string {
  const name = text.trim();
  if (isTimeZone(name)) return name;
  const near = nearMisses(name, Intl.supportedValuesOf('timeZone'));
  const known = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'write it such as Europe/Berlin or UTC';
  throw new UsageError(`${place === '' ? '' : `${place} `}"${printable(name, 60)}" is no time zone: ${known}`);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
