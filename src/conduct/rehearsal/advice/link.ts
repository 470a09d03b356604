import type { RehearsedNight } from '../../../domain/rehearsal/rehearsal.js';

const mbit = 1_000_000;

/** Speed of a link (bits per second, in whole Mbit) that gives as much as phones asked for in a night that had it all. */
export function linkFor({ files }: Pick<RehearsedNight, 'files'>): number {
  return Math.ceil(Math.max(1, ...files.map(({ peakBitsPerSecond }) => peakBitsPerSecond / mbit))) * mbit;
}
