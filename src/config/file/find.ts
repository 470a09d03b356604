import { isAbsolute, join, resolve, win32 } from 'node:path';
import { codeOf } from '../../domain/text/error-reason.js';
import { ConfigError, wholeFile } from '../yaml/config-error.js';
import { unreadable } from '../yaml/read-text.js';
import { configFileName } from '../settings/option.js';

/** Where a configuration file is looked for. */
export interface Surroundings {
  /** The file given; false: none at all, undefined: look in the usual places. */
  asked: string | false | undefined;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  home: string;
  readFile: (path: string) => string;
  /** Default: this machine's. */
  platform?: NodeJS.Platform;
}

/**
 * Finds and reads the configuration file: the one given, else `fleet-migrate.yaml` in the working folder, else in
 * `$XDG_CONFIG_HOME/fleet-migrate` (`~/.config/fleet-migrate`, on Windows `%APPDATA%\fleet-migrate`). Null when none was given or found.
 * @throws ConfigError when the one given does not exist, or a file found cannot be read
 */
export function findConfig(surroundings: Surroundings): { path: string; text: string } | null {
  const { asked, cwd, readFile } = surroundings;
  if (asked === false) return null;
  if (asked !== undefined) return readOr(resolve(cwd, asked), readFile, () => false);
  for (const folder of [cwd, configHome(surroundings)]) {
    const read = readOr(join(folder, configFileName), readFile, (code) => code === 'ENOENT' || code === 'ENOTDIR');
    if (read) return read;
  }
  return null;
}

function readOr(
  path: string,
  readFile: (path: string) => string,
  mayBeMissing: (code: string | null) => boolean,
): { path: string; text: string } | null {
  try {
    return { path, text: readFile(path) };
  } catch (error) {
    if (mayBeMissing(codeOf(error))) return null;
    throw new ConfigError(wholeFile(path), unreadable(error), { cause: error });
  }
}

/** The folder of the user for configuration. The XDG Base Directory Specification ignores a relative $XDG_CONFIG_HOME. */
export function configHome({
  env,
  home,
  platform = process.platform,
}: Pick<Surroundings, 'env' | 'home' | 'platform'>): string {
  const given = env['XDG_CONFIG_HOME'] ?? '';
  if (isAbsolute(given)) return join(given, 'fleet-migrate');
  if (platform !== 'win32') return join(home, '.config', 'fleet-migrate');
  const roaming = env['APPDATA'] ?? '';
  return join(win32.isAbsolute(roaming) ? roaming : join(home, 'AppData', 'Roaming'), 'fleet-migrate');
}
