import type { RawRow } from '../row.js';

const names = ['address', 'mac'] as const;

/**
 * Reads the hosts of nmap's XML (`-oX`). Hosts that are down are listed there too, and are no targets; a MAC is there only for hosts of the
 * same segment. Source: nmap's DTD.
 */
export function* readNmapXml(text: string): Generator<RawRow, void, undefined> {
  let line = 1;
  let counted = 0;
  let hasEnd = true;
  for (let at = nextHost(text, 0); at >= 0;) {
    const end: number = hasEnd ? text.indexOf('</host>', at) : -1;
    hasEnd = end >= 0;
    const next = nextHost(text, at + 1);
    // A scan that was cut off ends within a host.
    const block = text.slice(at, end < 0 ? (next < 0 ? text.length : next) : end);
    for (; counted < at; counted += 1) if (text.charCodeAt(counted) === 10) line += 1;
    yield hostOf(block, line);
    at = end < 0 ? next : nextHost(text, end);
  }
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
 */
export async function* readNmapGrepable(
  lines: AsyncIterable<{ line: string; number: number }>,
): AsyncGenerator<RawRow, void, undefined> {
  const seen = new Set<string>();
  for await (const { line, number } of lines) {
    const [, address, rest = ''] = /^Host: (\S+) \([^)]*\)\s*(.*)$/.exec(line) ?? [];
    if (address === undefined || seen.has(address)) continue;
    seen.add(address);
    const isUp = !/\bStatus: (?!Up\b)/.test(rest);
    yield { names, cells: [address, ''], line: number, ...(isUp ? {} : { skip: 'inactive' as const }) };
  }
}
