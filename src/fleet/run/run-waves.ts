import { failure } from '../../domain/failures/failure-codes.js';
import type { AcceptableGrade } from '../../domain/pacing/grades.js';
import { placeInRun } from '../pacing/waves.js';
import { upgradePhone } from '../upgrade/upgrade-phone.js';
import type { UpgradeTools } from '../context.js';
import type { CircuitBreaker } from '../pacing/circuit-breaker.js';
import type { PhoneRecord } from '../record/phone-record.js';
import { missingFor, needs } from '../plan/missing-files.js';
import { aborted } from '../stop-control.js';

/** The tools of phones, with the thresholds that decide on waves. */
type WaveTools = UpgradeTools & { breaker: CircuitBreaker };

/** What running the waves needs. */
export interface WavesToRun {
  /** The waves that are left, first wave first. */
  waves: PhoneRecord[][];
  /** Every phone of the run, ended or not. */
  all: readonly PhoneRecord[];
  /** Resuming a run that had stopped itself: the first wave opens although the wave before it is not proven. */
  openFirstUnproven: boolean;
}

/** How long ago (ms) the survey may have looked at a file for the first wave: longer where a question, a window or a large fleet came between. */
const justSeenMs = 5 * 60_000;

/**
 * Upgrades the phones wave by wave. A wave opens only if a phone of the wave before is proven, or ended with an accepted grade, and the
 * thresholds hold. A phone that was deferred, blocked or left alone is replaced by one of the next wave, as nothing was learned from it.
 */
export async function runWaves({ waves, all, openFirstUnproven }: WavesToRun, tools: WaveTools): Promise<void> {
  const { breaker, stop, context } = tools;
  const left = waves.map((wave) => [...wave]);
  let first = true;
  for (let wave = left.shift(); wave; wave = left.shift()) {
    if (wave.length === 0) continue;
    const { number, of } = placeInRun(wave, all);
    if (!(first && openFirstUnproven)) holdUnlessProven(number, all, tools);
    // Files may be gone since. What the survey saw just now need not be asked for twice.
    context.preflight.anew(first ? justSeenMs : 0);
    first = false;
    breaker.nextWave(wave.length, number);
    await Promise.race([runWave(wave, left, tools), aborted(stop.now)]);
    if (stop.now.aborted) return;
    const rest = left.flat();
    if (!context.options.pacing.pauseAfterWave || rest.length === 0 || isOver(tools)) continue;
    // Say now, not only at the resume, if this wave is not proven.
    holdUnlessProven(number + 1, all, tools);
    if (breaker.tripped) continue;
    const message = `Wave ${number} of ${of} has ended; ${rest.length} phones wait: fleet-migrate resume takes them.`;
    for (const record of rest) record.advance('not-now', failure('paused-after-wave', message));
    return;
  }
}

/** Upgrades the phones of a wave, and those that take the place of such that end untouched: while others go on, as the last of a large wave may take long. */
async function runWave(wave: readonly PhoneRecord[], later: PhoneRecord[][], tools: WaveTools): Promise<void> {
  const { stop, context, profile } = tools;
  let untouched: PhoneRecord[] = [];
  const missing = new Set<string>();
  let underWay = 0;
  let hasEnded = (): void => {};
  const errors: Error[] = [];
  const start = (record: PhoneRecord): void => {
    underWay += 1;
    void (context.workers?.upgrade(record, tools) ?? upgradePhone(record, tools))
      .then(() => {
        if (record.ended && !record.touched && later.some(({ length }) => length > 0)) untouched.push(record);
      })
      .catch((thrown: unknown) => void errors.push(thrown instanceof Error ? thrown : new Error(String(thrown))))
      .finally(() => {
        underWay -= 1;
        hasEnded();
      });
  };
  wave.forEach(start);
  while (underWay > 0 || untouched.length > 0) {
    if (untouched.length === 0) await new Promise<void>((resolve) => void (hasEnded = resolve));
    const [error] = errors;
    if (error) throw error;
    if (untouched.length === 0) continue;
    // Together, as their waves are saved each time: when a window closes all that wait end at once.
    if (!isOver(tools)) await stop.sleep(context.clock, profile.timing.pollInterval, 'gently');
    const batch = untouched;
    untouched = [];
    for (const one of batch.flatMap(missingFor)) missing.add(one);
    (await replacements(batch, later, missing, tools)).forEach(start);
  }
}

/** Whether no further phone starts. */
function isOver({ breaker, stop }: UpgradeTools): boolean {
  return breaker.tripped !== null || stop.gently.aborted;
}

/**
 * Finds phones of later waves for these of one wave, to which nothing was written, and moves them to it. A phone that needs a file that was missing
 * in this wave stays in its own, by when it may be back.
 */
async function replacements(
  batch: readonly PhoneRecord[],
  later: PhoneRecord[][],
  missing: ReadonlySet<string>,
  tools: WaveTools,
): Promise<PhoneRecord[]> {
  if (isOver(tools)) return [];
  const wanted = batch.length;
  const taken: PhoneRecord[] = [];
  for (const wave of later) {
    if (missing.size === 0) taken.push(...wave.splice(0, wanted - taken.length));
    else {
      const able = wave.filter((record) => !needs(record).some((one) => missing.has(one)));
      const chosen = new Set(able.slice(0, wanted - taken.length));
      taken.push(...chosen);
      wave.splice(0, wave.length, ...wave.filter((record) => !chosen.has(record)));
    }
  }
  const number = batch[0]?.wave ?? null;
  for (const record of taken) record.wave = number;
  if (taken.length === 0) return [];
  tools.breaker.enlargeWave(taken.length);
  await tools.rememberWaves();
  return taken;
}

/** Stops the run if no phone of the wave before the `number`th gives reason to open that one. */
function holdUnlessProven(number: number, all: readonly PhoneRecord[], tools: WaveTools): void {
  const { breaker } = tools;
  if (isOver(tools)) return;
  const written = all.filter(({ wave, touched, ended }) => wave !== null && wave + 1 < number && touched && ended);
  const last = Math.max(...written.map(({ wave }) => wave ?? 0));
  const before = written.filter(({ wave }) => wave === last);
  const blocked = all.find((record) => (record.wave ?? number) + 1 < number && missingFor(record).length > 0);
  // Otherwise the next and larger wave would be the first to be written to.
  if (written.length === 0 && blocked?.failure)
    return breaker.stopUnproven(
      `Nothing was written in wave ${number - 1}, so wave ${number} was not opened: ${blocked.failure.message}`,
    );
  if (before.length === 0 || before.some((record) => breaker.opens(record))) return;
  const isSilent = before.some(
    (record) => record.failure?.code === ('silent-after-upgrading' satisfies AcceptableGrade),
  );
  breaker.stopUnproven(
    `No phone of wave ${last + 1} is proven, so wave ${number} was not opened.`,
    isSilent
      ? 'To let phones that said they were upgrading and then vanished open waves: --accept silent-after-upgrading.'
      : '',
  );
}
