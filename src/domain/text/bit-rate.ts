import { shown } from './printable.js';
import { UsageError } from './usage-error.js';

const prefixes = { '': 1, k: 1_000, m: 1_000_000, g: 1_000_000_000 } as const;
const binaryPrefixes = { k: 1_024, m: 1_048_576, g: 1_073_741_824 } as const;

/** Below it a license would take minutes; above it nothing is limited. */
const least = 8_000;
const most = 1_000_000_000_000;

/** A small b is a bit, as in `Mbps` and `Mb/s`, and only with "per second" or spelled out: `10Mb` and `10MB` are said of sizes, too. */
const inBits = /^(\d{1,9}(?:\.\d{1,3})?)\s*([kKmMgG]?)(?:[bB]its?(?:\/s|ps)?|b\/s|bps)$/;
const inBytes = /^(\d{1,9}(?:\.\d{1,3})?)\s*([kKmMgG]?)(i?)(?:B\/s|[bB]ytes?\/s)$/;

/**
 * Reads `10Mbit`, `10Mbit/s`, `10Mbps` (bits) or `2MB/s`, `512KiB/s` (bytes) as whole bits per second. What may be either, such as
 * `10M` or `10MB`, is refused: the two differ by eight times.
 * @param place what the message begins with, such as `--link`
 * @throws UsageError
 */
export function parseBitRate(text: string, place: string): number {
  const rate = bitsPerSecond(text.trim());
  if (rate === null)
    throw new UsageError(
      `${place} "${shown(text)}" is not a rate; write bits as 10Mbit or bytes as 2MB/s (with k, M or G before).`,
    );
  if (rate < least) throw new UsageError(`${place} "${shown(text)}" is too slow to be meant; give at least 8kbit.`);
  if (rate > most) throw new UsageError(`${place} "${shown(text)}" is more than any link; give at most 1000Gbit.`);
  return rate;
}

function bitsPerSecond(text: string): number | null {
  const [, bits, bitPrefix = ''] = inBits.exec(text) ?? [];
  if (bits !== undefined) return Math.round(Number(bits) * prefixes[bitPrefix.toLowerCase() as keyof typeof prefixes]);
  const [, bytes, prefix = '', binary = ''] = inBytes.exec(text) ?? [];
  if (bytes === undefined || (binary !== '' && prefix === '')) return null;
  const factor =
    binary === ''
      ? prefixes[prefix.toLowerCase() as keyof typeof prefixes]
      : binaryPrefixes[prefix.toLowerCase() as keyof typeof binaryPrefixes];
  return Math.round(Number(bytes) * factor * 8);
}

/** Writes bits per second for people, and as {@link parseBitRate} reads them: `10 Mbit/s`, `2.5 Gbit/s`. */
export function formatBitRate(bits: number): string {
  for (const [prefix, factor] of [
    ['G', prefixes.g],
    ['M', prefixes.m],
    ['k', prefixes.k],
  ] as const) {
    if (bits >= factor) return `${Number((bits / factor).toFixed(bits < 10 * factor ? 2 : 1))} ${prefix}bit/s`;
  }
  return `${Math.round(bits)} bit/s`;
}
