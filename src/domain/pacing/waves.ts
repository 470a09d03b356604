import { printable } from '../text/printable.js';
import { UsageError } from '../text/usage-error.js';

/** How far one wave goes: this many phones, or until this share of all phones has had its turn. */
type WaveSize = { kind: 'count'; phones: number } | { kind: 'share'; percent: number };

/** The waves of `--waves`. The last one takes all phones that are left, even if it is not written. */
export interface WaveSpec {
  text: string;
  sizes: readonly WaveSize[];
}

const example = '1,10,10%,50%,100%';

/**
 * Reads `1,10,10%,50%,100%`: a count is the size of that wave, a percentage the share of all phones that are done when the wave is done.
 *
 * @param place what the message of a UsageError begins with
 * @throws UsageError for anything that is not such a list or contradicts itself, naming the part.
 */
export function parseWaves(text: string, place = '--waves'): WaveSpec {
  const wrong = (what: string): UsageError => new UsageError(`${place} ${what}; write it such as ${example}.`);
  const parts = text.split(',').map((part) => part.trim());
  if (parts.every((part) => part === '')) throw wrong('has no wave');
  const sizes = parts.map((part) => parseSize(part, text, wrong));
  let reached = 0;
  for (const [index, size] of sizes.entries()) {
    const part = parts[index] ?? '';
    if (reached === 100) throw wrong(`has ${part} after 100%, when no phone is left`);
    if (size.kind === 'count') continue;
    if (size.percent <= reached)
      throw wrong(`has ${part} after ${reached}%: percentages are of all phones done so far and must grow`);
    reached = size.percent;
  }
  return { text: parts.join(','), sizes };
}

function parseSize(part: string, whole: string, wrong: (what: string) => UsageError): WaveSize {
  const shown = printable(part, 40);
  if (part === '') throw wrong(`has an empty part in "${printable(whole, 80)}"`);
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(%?)$/.exec(part);
  if (!match) throw wrong(`has "${shown}", which is neither a number of phones nor a percentage`);
  const value = Number(match[1]);
  if (value === 0) throw wrong(`has ${shown}, a wave without a phone`);
  if (match[2] === '%') {
    if (value > 100) throw wrong(`has ${shown}, which is more than all phones`);
    return { kind: 'share', percent: value };
  }
  if (!Number.isInteger(value)) throw wrong(`has ${shown}, which is not a whole number of phones`);
  return { kind: 'count', phones: value };
}

/**
 * The sizes of the waves of a fleet of `total` phones, first wave first; they sum to `total` and none is empty. A share is rounded up, so
 * that it is at least one phone even in a small fleet; one that is reached already makes no wave.
 */
export function waveSizes(spec: WaveSpec, total: number): number[] {
  const waves: number[] = [];
  let taken = 0;
  for (const size of spec.sizes) {
    const wanted = size.kind === 'count' ? size.phones : shareOf(size.percent, total) - taken;
    const wave = Math.min(wanted, total - taken);
    if (wave <= 0) continue;
    waves.push(wave);
    taken += wave;
  }
  return taken < total ? [...waves, total - taken] : waves;
}

/** Rounded up, but not because of floating-point error. */
function shareOf(percent: number, total: number): number {
  return Math.ceil((percent * total) / 100 - 1e-9);
}
