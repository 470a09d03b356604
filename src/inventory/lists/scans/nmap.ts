import type { RawRow } from '../row.js';
import { cutOff } from '../text/cut-off.js';

const names = ['address', 'mac'] as const;

/**
 * Reads the hosts of nmap's XML (`-oX`). Hosts that are down are listed there too, and are no targets; a MAC is there only for hosts of the
 * same segment. Source: nmap's DTD.
 * @throws UsageError for a scan that was interrupted, or cut off
 */
export function* readNmapXml(xml: string, path: string): Generator<RawRow, void, undefined> {
  // What somebody took out by hand is no host; the lines stay where they are.
  const text = xml.replace(/<!--[^]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '));
  let line = 1;
  let counted = 0;
  const lineOf = (at: number): number => {
    for (; counted < at; counted += 1) if (text.charCodeAt(counted) === 10) line += 1;
    return line;
  };
  for (let at = nextHost(text, 0); at >= 0;) {
    const end = text.indexOf('</host>', at);
    if (end < 0) throw cutOff(path, lineOf(at), 'this host');
    yield hostOf(text.slice(at, end), lineOf(at));
    at = nextHost(text, end);
  }
  const whole = text.trimEnd();
  if (!whole.endsWith('</nmaprun>')) throw cutOff(path, lineOf(whole.length), 'this scan');
}

function nextHost(text: string, from: number): number {
  const pattern = /<host(?=[\s>])/g;
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? -1;
}

function hostOf(block: string, line: number): RawRow {
  const isUp = /<status\b[^>]*\bstate\s*=\s*["']up["']/.test(block);
  const found = new Map<string, string>();
  for (const [tag] of block.matchAll(/<address\b[^>]*>/g)) {
    const type = attribute(tag, 'addrtype');
    if (!found.has(type)) found.set(type, attribute(tag, 'addr'));
  }
  return {
    names,
    cells: [found.get('ipv4') ?? found.get('ipv6') ?? '', found.get('mac') ?? ''],
    line,
    ...(isUp ? {} : { skip: 'inactive' as const }),
  };
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1] ?? '';
}

/**
 * Reads nmap's `-oG`: two lines a host, `Status:` and `Ports:`. A host counts as up unless a line says that it is down.
 * @throws UsageError for a scan that has its first line and not its last
 */
export async function* readNmapGrepable(
  lines: AsyncIterable<{ line: string; number: number }>,
  path: string,
): AsyncGenerator<RawRow, void, undefined> {
  const seen = new Set<string>();
  let last = 0;
  let isOpen = false;
  for await (const { line, number } of lines) {
    last = number;
    if (line.startsWith('# Nmap ')) isOpen = !line.startsWith('# Nmap done');
    const [, address, rest = ''] = /^Host: (\S+) \([^)]*\)\s*(.*)$/.exec(line) ?? [];
    if (address === undefined || seen.has(address)) continue;
    seen.add(address);
    const isUp = !/\bStatus: (?!Up\b)/.test(rest);
    yield { names, cells: [address, ''], line: number, ...(isUp ? {} : { skip: 'inactive' as const }) };
  }
  if (isOpen) throw cutOff(path, last, 'this scan');
}
