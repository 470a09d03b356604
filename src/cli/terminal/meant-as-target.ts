import { statSync } from 'node:fs';
import { parseTarget } from '../../domain/network/address-forms.js';
import { namesList } from '../../domain/network/list-path.js';
import { shown } from '../../domain/text/printable.js';
import { isUsageError } from '../../domain/text/usage-error.js';
import { shellWord } from '../../domain/text/shell-word.js';

/** What a word is, and the option that takes it. */
interface Meant {
  what: string;
  option: string;
  value: string;
}

const macForms = /^(?:SEP)?(?:[\da-f]{12}|(?:[\da-f]{2}[:-]){5}[\da-f]{2}|(?:[\da-f]{4}\.){2}[\da-f]{4})$/i;

/**
 * What to write for words that name phones without an option, as `audit 10.0.0.0/24`: the whole command line, ready to copy. Null where
 * one of them names none.
 * @param mayBeHost a command was named, so that a word of mere letters is no mistyped one
 */
export function meantAsTargets(unknown: readonly string[], args: readonly string[], mayBeHost = false): string | null {
  const mac = unknown.find((word) => macForms.test(word));
  if (mac !== undefined)
    return `${shown(mac)} is a MAC, and phones are reached by address: write --target ADDRESS, or --inventory FILE with a list that has both.`;
  const meant = new Map<string, Meant>();
  for (const word of unknown) {
    const one = meantBy(word, mayBeHost);
    if (one === null || !args.includes(word)) return null;
    meant.set(word, one);
  }
  const are = [...meant].map(([word, { what }]) => `${shown(word)} is ${what}`).join(', ');
  const written = (word: string): string => {
    const one = meant.get(word);
    return one === undefined ? shellWord(shown(word)) : `${one.option} ${shellWord(shown(one.value))}`;
  };
  // Addresses of webhooks and URLs with a user are secrets, and this may end in a log.
  const mayRepeat = !args.some((word) => word.startsWith('--notify') || /:\/\/[^/]*@/.test(word));
  return `${are}; write: ${(mayRepeat ? ['fleet-migrate', ...args] : unknown).map(written).join(' ')}.`;
}

/**
 * What a word names, as far as its form and the files here tell; null where it names no phones.
 * @param mayBeHost a word of mere letters is a host name
 */
export function meantBy(word: string, mayBeHost = false): Meant | null {
  if (/\.ya?ml$/i.test(word)) return { what: 'a configuration file', option: '--config', value: word };
  if (namesList(word) || isFile(word)) return { what: 'a file', option: '--inventory', value: word };
  if (/^[\d.]+\/\d+$/.test(word)) return { what: 'a subnet', option: '--subnet', value: word };
  const host = /^https?:\/\/([^/:@]+)/i.exec(word)?.[1] ?? word;
  // A word without a digit or a dot is more likely a mistyped command.
  if (!/[\d.]/.test(host) && !(mayBeHost && /^[a-z][\w-]*$/i.test(host))) return null;
  try {
    const { kind } = parseTarget(host, '');
    const what = kind === 'host' ? 'a host name' : host.includes('-') ? 'a range' : 'an address';
    return { what: host === word ? what : 'the page of a phone', option: '--target', value: host };
  } catch (error) {
    if (isUsageError(error)) return null;
    throw error;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // Many texts are no path at all, such as one that is too long.
    return false;
  }
}
