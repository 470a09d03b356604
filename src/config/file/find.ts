import { isAbsolute, join, resolve, win32 } from 'node:path';
import { ConfigError, unreadable, wholeFile } from '../yaml/read.js';
import { configFileName } from '../settings/option.js';

/** Where a configuration file is looked for. */
export interface Surroundings {
  /** The file that was asked for; false forbids any, undefined lets the usual places decide. */
  asked: string | false | undefined;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  home: string;
  readFile: (path: string) => string;
  /** This machine's, unless given. */
  platform?: NodeJS.Platform;
}

/**
 * Finds and reads the configuration file: the one asked for, else `fleet-migrate.yaml` in the working folder, else in
 * `$XDG_CONFIG_HOME/fleet-migrate` (`~/.config/fleet-migrate`, on Windows `%APPDATA%\fleet-migrate`). Answers null when none was asked for and there is none.
 * @throws ConfigError when the one asked for is not there, or one that is there cannot be read
 */
export function findConfig(surroundings: Surroundings): { path: string; text: string } | null {
  const { asked, cwd, readFile } = surroundings;
  if (asked === false) return null;
  if (asked !== undefined) return readOr(resolve(cwd, asked), readFile, () => false);
  for (const folder of [cwd, join(configHome(surroundings), 'fleet-migrate')]) {
    const read = readOr(join(folder, configFileName), readFile, (code) => code === 'ENOENT' || code === 'ENOTDIR');
    if (read) return read;
  }
  return null;
}

function readOr(
  path: string,
  readFile: (path: string) => string,
  mayBeMissing: (code: unknown) => boolean,
): { path: string; text: string } | null {
  try {
    return { path, text: readFile(path) };
  } catch (error) {
    if (mayBeMissing((error as { code?: unknown } | null)?.code)) return null;
    throw new ConfigError(wholeFile(path), unreadable(error), { cause: error });
  }
}

/** A relative $XDG_CONFIG_HOME is to be ignored, says the XDG Base Directory Specification. */
function configHome({ env, home, platform = process.platform }: Surroundings): string {
  const given = env['XDG_CONFIG_HOME'] ?? '';
  if (isAbsolute(given)) return given;
  if (platform !== 'win32') return join(home, '.config');
  const roaming = env['APPDATA'] ?? '';
  return win32.isAbsolute(roaming) ? roaming : join(home, 'AppData', 'Roaming');
}
