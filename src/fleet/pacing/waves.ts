import { assignWaves } from '../../domain/pacing/wave-membership.js';
import type { RunContext } from '../context.js';
import type { Pacing } from './pacing.js';
import { type PhoneRecord, targetKey } from '../record/phone-record.js';

/**
 * Draws up the waves of a run, spread over models and subnets so that a canary means something. On resume a phone keeps the wave it has.
 */
export function drawWaves(
  waiting: readonly PhoneRecord[],
  { waves: spec }: Pacing,
  context: Pick<RunContext, 'options'>,
): PhoneRecord[][] {
  if (!spec) return [[...waiting]];
  const isNew = (record: PhoneRecord): boolean => record.wave === null;
  const fresh = waiting.filter(isNew);
  const first = fresh.length === waiting.length;
  const drawn = assignWaves(
    fresh.map((record) => ({
      key: record.mac ?? targetKey(record.target),
      model: record.facts?.model ?? null,
      subnet: record.target.scope,
      site: record.target.hint.site ?? null,
    })),
    spec,
    context.options.profile?.name ?? '',
  );
  // A phone first seen in a resume joins the last wave, as the canaries have been tried.
  const last = Math.max(0, ...waiting.map(({ wave }) => wave ?? 0));
  for (const [index, record] of fresh.entries()) record.wave = first ? (drawn[index] ?? 0) : last;
  const byWave = new Map<number, PhoneRecord[]>();
  for (const record of waiting) byWave.set(record.wave ?? 0, [...(byWave.get(record.wave ?? 0) ?? []), record]);
  return [...byWave].sort(([a], [b]) => a - b).map(([, records]) => records);
}

/** Saves which phone is in which wave: also those of an interrupted run that are not to be written to any more. */
export function freezeWaves(records: readonly PhoneRecord[], { memory }: Pick<RunContext, 'memory'>): Promise<void> {
  const inWaves = records.flatMap(({ target, wave }) => (wave === null ? [] : [[targetKey(target), wave] as const]));
  return memory.freezeWaves(Object.fromEntries(inWaves));
}

/**
 * The number of a wave in its run, from 1, and how many waves there are. On resume the waves of the interrupted run count.
 * @param all every phone of the run, ended or not
 */
export function placeInRun(wave: readonly PhoneRecord[], all: readonly PhoneRecord[]): { number: number; of: number } {
  const number = (wave[0]?.wave ?? 0) + 1;
  return { number, of: all.reduce((most, record) => Math.max(most, (record.wave ?? 0) + 1), number) };
}
