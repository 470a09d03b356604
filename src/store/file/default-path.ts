import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where the store is when nobody says otherwise: the XDG state folder, `$XDG_STATE_HOME/fleet-migrate/fleet-migrate.db`, else below
 * `~/.local/state`. A relative `$XDG_STATE_HOME` is ignored, as the XDG specification asks.
 */
export function defaultStorePath(env: Readonly<Record<string, string | undefined>>): string {
  const given = env.XDG_STATE_HOME;
  const home = env.HOME !== undefined && isAbsolute(env.HOME) ? env.HOME : homedir();
  const state = given !== undefined && isAbsolute(given) ? given : join(home, '.local', 'state');
  return join(state, 'fleet-migrate', 'fleet-migrate.db');
}
