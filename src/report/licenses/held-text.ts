import { printable, safeJson } from '../../domain/text/printable.js';
import { alignColumns, utcMinute } from '../plain-text.js';

/** A license that is held, as far as it is shown. */
interface Held {
  mac: string;
  direction: string;
  file: string;
  sha256: string;
  source: string;
  importedAt: string;
}

/** Licenses that are held, for people. */
export function renderHeld(licenses: readonly Held[]): string {
  if (licenses.length === 0)
    return 'No licenses are held. fleet-migrate licenses import FILE takes those that the portal gave.\n';
  const lines = alignColumns([
    ['mac', 'direction', 'imported', 'file', 'source'],
    ...licenses.map(({ mac, direction, importedAt, file, source }) => [
      ...[mac, direction, utcMinute(importedAt), printable(file, 60), printable(source, 200)],
    ]),
  ]);
  return `${lines.join('\n')}\n`;
}

/** The same in JSON, schema `fleet-migrate/licenses-held@1`. */
export function renderHeldJson(licenses: readonly Held[]): string {
  const document = {
    schema: 'fleet-migrate/licenses-held@1',
    licenses: licenses.map(({ mac, direction, file, sha256, source, importedAt }) => ({
      ...{ mac, direction, file, sha256, source, importedAt },
    })),
  };
  return `${safeJson(document, 2)}\n`;
}
