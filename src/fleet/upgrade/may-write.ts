import { formatDuration } from '../../domain/text/duration.js';
import { failure } from '../../domain/failures/failure-codes.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { RunContext, UpgradeTools } from '../run/context.js';
import type { PhoneRecord } from '../record/phone-record.js';
import { stopsForStore, type StopControl } from '../run/stop-control.js';
import { rememberDeferral } from '../memory/memory.js';

/** Why a phone may not be written to now, by the pace of the run or because another run has it; `null` when it may. */
export async function whyNotNow(record: PhoneRecord, { context, breaker }: UpgradeTools): Promise<Failure | null> {
  return breaker.tripped ?? outsideWindow(record, context) ?? (await claimedElsewhere(record, context));
}

/** Whether a phone that was written to may be written to once more. */
export async function mayBeWrittenAgain(record: PhoneRecord, tools: UpgradeTools): Promise<boolean> {
  return !tools.stop.gently.aborted && (await whyNotNow(record, tools)) === null;
}

/** A phone that cannot finish before the window closes is not written to; when it next could be is noted. */
export function outsideWindow(record: PhoneRecord, { options, clock, usually }: RunContext): Failure | null {
  const { pacing } = options;
  const window = pacing.sites.get(record.target.hint.site ?? '')?.window ?? pacing.window;
  if (!window) return null;
  const needed = record.plan.slice(record.stepIndex).reduce((sum, { step }) => sum + usually(step), 0);
  if (window.fits(clock.now(), needed)) return null;
  const next = window.nextFit(clock.now(), needed);
  record.opensAt = next;
  const opens = next === null ? 'it never fits' : `next at ${new Date(next).toISOString()}`;
  return failure(
    'outside-window',
    `It usually takes ${formatDuration(needed)}, which does not fit into the window ${window.text} now (${opens}).`,
  );
}

/**
 * Takes all phones that are to be written to, before the first of them is: a run that comes later leaves them alone, whenever their turn
 * is. What another run has is put off, and those for whom it is no time now are taken when it is.
 */
export async function claimAll(
  waiting: readonly PhoneRecord[],
  context: RunContext,
  stop: StopControl,
): Promise<PhoneRecord[]> {
  for (const record of waiting) {
    if (record.touched || stop.gently.aborted || outsideWindow(record, context)) continue;
    const held = await claimedElsewhere(record, context).catch((error: unknown) => {
      if (!stopsForStore(error, stop)) throw error;
      return null;
    });
    if (held === null) continue;
    record.advance('not-now', held);
    rememberDeferral(record, context.memory);
  }
  return waiting.filter(({ ended }) => !ended);
}

/** Takes the phone for this run, where it has not yet. `null`: it is ours. */
async function claimedElsewhere({ mac }: PhoneRecord, { memory }: RunContext): Promise<Failure | null> {
  return mac === null ? null : memory.claim(mac);
}

/** Nobody else may write to a phone that an earlier run left under way. Where it is not to be had it is watched all the same. */
export async function claimUnderWay(record: PhoneRecord, { context, stop }: UpgradeTools): Promise<void> {
  const other = await claimedElsewhere(record, context).catch((error: unknown) => {
    if (!stopsForStore(error, stop)) throw error;
    return null;
  });
  if (other) record.note(other.code, other.message);
}
