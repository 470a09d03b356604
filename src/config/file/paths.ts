import { dirname, join, resolve } from 'node:path';
import { namesList } from '../../domain/network/list-path.js';

/**
 * Makes a path of the file absolute: it is relative to the file's own folder, so that a nightly job finds the same files
 * wherever it is started. `~/` (or `~\`) is the home folder. Other values of such an option (`NAME|FILE`) stay as they are.
 * @param kind how the option is written, such as `FILE`, `PATH|URL` or `CIDR|HOST|RANGE|FILE`
 */
export function pathFromFile(text: string, kind: string, configPath: string, home: string): string {
  if (!meansPath(text, kind.split('|'))) return text;
  return /^~[/\\]/.test(text) ? join(home, text.slice(2)) : resolve(dirname(configPath), text);
}

function meansPath(text: string, kinds: readonly string[]): boolean {
  if (!['FILE', 'PATH', 'DIR'].some((kind) => kinds.includes(kind))) return false;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return false;
  if (kinds.includes('N') && /^[-+]?\d+$/.test(text)) return false;
  if (kinds.includes('CIDR') || kinds.includes('HOST')) return namesList(text);
  if (kinds.includes('NAME')) return /[/\\]|\.ya?ml$/i.test(text);
  return true;
}
