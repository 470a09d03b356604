import { isIP } from 'node:net';
import type { Log } from '../../domain/ports/log.js';
import { printable } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import type { FleetSettings, ServeAt, SettingsServer } from '../../fleet/run/assemble.js';
import { textForm } from '../../config/settings/forms.js';

/** Where phones fetch from us: `HOST` or `HOST:PORT`. */
export const serveAtForm = textForm(
  'HOST[:PORT]',
  (text, flag): ServeAt => {
    const [, host = '', digits] = /^([^:/]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
    const port = digits === undefined ? null : Number(digits);
    // Four numbers that are not a valid address are not a host name either.
    const isHost = isIP(host) === 4 || (/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(host) && !/^[\d.]+$/.test(host));
    if (!isHost || (port !== null && (port < 1 || port > 65_535)))
      throw new UsageError(
        `${flag} ${printable(text, 80)} is not an address that phones can fetch from; write 10.0.0.9, 10.0.0.9:8080 or a host name.`,
      );
    return { host, port };
  },
  { example: '10.0.0.9' },
);

/**
 * Starts to serve settings if this run may need it: it writes, and its profile allows the write method resync.
 * @param mostConnections that phones may have open to it at once
 * @throws UsageError
 */
export async function settingsServerFor(
  { profile, dryRun, serveAt }: Pick<FleetSettings, 'profile' | 'dryRun' | 'serveAt'>,
  mostConnections: number,
  log: Log,
): Promise<SettingsServer | null> {
  if (!profile?.ways.includes('resync') || dryRun) return null;
  const { openSettingsServer } = await import('../../fleet/run/assemble.js');
  return openSettingsServer({ serveAt, mostConnections, log });
}
