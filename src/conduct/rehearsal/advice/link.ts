import type { RehearsedNight } from '../../../domain/rehearsal/rehearsal.js';

/** From such a factor on phones wait for the link more than a little. */
const slowed = 1.2;

const mbit = 1_000_000;

/** Whether phones waited for the link to a file server in a night. */
export function isSlowed({ files }: Pick<RehearsedNight, 'files'>): boolean {
  return files.some(({ timesSlower }) => timesSlower >= slowed);
}

/** `--link 40Mbit`: what a night used that had as much as it wanted, in whole Mbit. */
export function linkOption({ files }: Pick<RehearsedNight, 'files'>): string {
  const most = Math.max(mbit, ...files.map(({ peakBitsPerSecond }) => peakBitsPerSecond));
  return `--link ${Math.ceil(most / mbit)}Mbit`;
}
