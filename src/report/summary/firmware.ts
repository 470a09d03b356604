import type { FirmwareDemand } from '../../domain/firmware/demand.js';
import { formatBitRate } from '../../domain/text/bit-rate.js';
import { formatBytes } from '../../domain/text/bytes.js';
import { printable } from '../../domain/text/printable.js';

/** What the phones will fetch from each file server, shown with the plan: one sentence each. */
export function firmwareSentences(demands: readonly FirmwareDemand[]): string[] {
  return demands.map((demand) => {
    const phones = demand.phones === 1 ? 'This phone' : `These ${demand.phones} phones`;
    return `${phones} will pull ${amount(demand)} from ${printable(demand.server, 120)}${duration(demand)}.`;
  });
}

function amount({ bytes, knownBytes, atMost }: FirmwareDemand): string {
  if (bytes !== null) return `${atMost ? 'at most ' : ''}${formatBytes(bytes)}`;
  if (knownBytes === 0) return 'an unknown amount (the server does not tell sizes)';
  return `${formatBytes(knownBytes)} and files of unknown size`;
}

function duration({ seconds, slots, linkBitsPerSecond }: FirmwareDemand): string {
  const at = slots === null ? '' : ` at ${slots} ${slots === 1 ? 'slot' : 'slots'}`;
  if (seconds === null || linkBitsPerSecond === null) return at;
  return `, about ${roughly(seconds)}${at} over ${formatBitRate(linkBitsPerSecond)}; restarts come on top`;
}

/** No more exact than it is. */
function roughly(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} minutes`;
  return `${Number((minutes / 60).toPrecision(2))} hours`;
}
