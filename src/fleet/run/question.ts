import type { FirmwareDemand } from '../../domain/firmware/demand.js';
import type { WaveSpec } from '../../domain/pacing/waves.js';
import { waveSizes } from '../../domain/pacing/waves.js';
import type { PhoneRecord } from '../record/phone-record.js';

/** What is to be confirmed before a run writes. */
export interface Question {
  /** Phones that would be written to. */
  phones: readonly PhoneRecord[];
  /** How many of them go in which wave, the first wave first; one number where there are no waves. */
  waves: readonly number[];
  /** Targets that answered, or were named, and stay as they are. */
  stay: readonly PhoneRecord[];
  /** Phones of an interrupted run that were written to and are watched on. */
  underWay: number;
  firmware: readonly FirmwareDemand[];
}

/** The question of a run whose plans are made. @param waiting phones to be written to, or under way already */
export function questionOf(
  waiting: readonly PhoneRecord[],
  all: readonly PhoneRecord[],
  waves: WaveSpec | null,
  firmware: readonly FirmwareDemand[],
): Question {
  const phones = waiting.filter(({ touched }) => !touched);
  const isWaiting = new Set(waiting);
  // What an interrupted run has moved is no news; nor are printers, and addresses where nothing is.
  const isOther = ({ outcome, target }: PhoneRecord): boolean =>
    !target.named && (outcome === 'not-a-phone' || outcome === 'no-answer');
  const stay = all.filter((record) => !isWaiting.has(record) && record.ended && !record.touched && !isOther(record));
  return { phones, waves: sizesOf(waiting, phones, waves), stay, underWay: waiting.length - phones.length, firmware };
}

/** As `drawWaves` draws them; on resume phones keep theirs, and one that is seen first joins the last. */
function sizesOf(waiting: readonly PhoneRecord[], phones: readonly PhoneRecord[], waves: WaveSpec | null): number[] {
  if (waves === null) return [phones.length];
  if (waiting.every(({ wave }) => wave === null)) return waveSizes(waves, phones.length);
  const last = Math.max(0, ...waiting.map(({ wave }) => wave ?? 0));
  const byWave = new Map<number, number>();
  for (const { wave } of phones) byWave.set(wave ?? last, (byWave.get(wave ?? last) ?? 0) + 1);
  return [...byWave].sort(([a], [b]) => a - b).map(([, size]) => size);
}
