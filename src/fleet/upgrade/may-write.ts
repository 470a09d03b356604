import { formatDuration } from '../../domain/text/duration.js';
import { failure } from '../../domain/failures/failure-codes.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { RunContext, UpgradeTools } from '../context.js';
import type { PhoneRecord } from '../record/phone-record.js';
import type { StopControl } from '../stop-control.js';
import { rememberDeferral } from '../memory/memory.js';

/** Why a phone may not be written to now (the run's pace, another run's lock); `null` if it may. */
export async function whyNotNow(record: PhoneRecord, { context, breaker }: UpgradeTools): Promise<Failure | null> {
  return breaker.tripped ?? outsideWindow(record, context) ?? (await claimedElsewhere(record, context));
}

/** Whether a phone that was written to may be written to again now. */
export async function mayBeWrittenAgain(record: PhoneRecord, tools: UpgradeTools): Promise<boolean> {
  return !tools.stop.gently.aborted && (await whyNotNow(record, tools)) === null;
}

/** The failure of a phone that cannot finish before its window closes; notes on the record when it next could. `null`: it can. */
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
 * Locks all phones that are to be written to before the first write, so that a later run leaves them alone. A phone that another run has is
 * deferred; one outside its window is locked when its turn comes.
 * @returns the phones that are still to be written to
 */
export async function claimAll(
  waiting: readonly PhoneRecord[],
  context: RunContext,
  stop: StopControl,
): Promise<PhoneRecord[]> {
  await Promise.all(
    waiting.map(async (record) => {
      if (record.touched || stop.gently.aborted || outsideWindow(record, context)) return;
      const held = await claimedElsewhere(record, context);
      if (held === null) return;
      record.advance('not-now', held);
      rememberDeferral(record, context.memory);
    }),
  );
  return waiting.filter(({ ended }) => !ended);
}

/** Locks the phone for this run. `null`: it is locked by this run. */
async function claimedElsewhere({ mac }: PhoneRecord, { memory }: RunContext): Promise<Failure | null> {
  return mac === null ? null : memory.claim(mac);
}

/** Locks a phone that an interrupted run left under way. If another run has it, it is still watched. */
export async function claimUnderWay(record: PhoneRecord, { context }: UpgradeTools): Promise<void> {
  const other = await claimedElsewhere(record, context);
  if (other) record.note(other.code, other.message);
}
