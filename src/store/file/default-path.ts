import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/**
 * The default path of the store: `fleet-migrate/fleet-migrate.db` in the XDG state folder `$XDG_STATE_HOME`, else below `~/.local/state`,
 * on Windows below `%LOCALAPPDATA%` (which does not roam to other machines with its user). A relative path in one of the variables is
 * ignored, as the XDG specification asks.
 */
export function defaultStorePath(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const { isAbsolute, join } = platform === 'win32' ? win32 : posix;
  const absolute = (path: string | undefined): string | null => (path !== undefined && isAbsolute(path) ? path : null);
  const usual = (): string =>
    platform === 'win32'
      ? (absolute(env['LOCALAPPDATA']) ?? join(homedir(), 'AppData', 'Local'))
      : join(absolute(env['HOME']) ?? homedir(), '.local', 'state');
  return join(absolute(env['XDG_STATE_HOME']) ?? usual(), 'fleet-migrate', 'fleet-migrate.db');
}
