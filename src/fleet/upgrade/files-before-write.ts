import { withLabelVid } from '../../domain/phone/hardware.js';
import type { UpgradeTools } from '../context.js';
import { checkStep, type FilesProblem } from '../plan/check-files.js';
import type { PhoneRecord } from '../record/phone-record.js';
import { failure } from '../../domain/failures/failure-codes.js';
import type { Wait } from './recheck-before-write.js';

/** So long ago (ms) a file may have been looked at for a phone's second step: hours may have passed since its wave began. */
const justSeenMs = 5 * 60_000;

/**
 * Looks once more for the files that a phone's next steps make it fetch, before it is contacted: the preflight remembers what it found since
 * the wave began. A phone whose files are gone is blocked; after its first step it stays where that has brought it. A file server that is in
 * trouble is waited for as long as a phone in a call is: it may only be restarting, and would otherwise cost the night of all phones whose
 * turn is just now.
 * @returns why to wait; `null`: go on, unless the record has its outcome
 */
export async function filesBeforeWrite(record: PhoneRecord, tools: UpgradeTools): Promise<Wait | null> {
  const { context } = tools;
  const { facts, target } = record;
  if (facts === null) return null;
  if (record.touched) context.preflight.anew(justSeenMs);
  for (const step of record.plan.slice(record.stepIndex)) {
    const checked = await checkStep(step, withLabelVid(facts, target.hint), record.address, context);
    if (record.ended) return null;
    if (Array.isArray(checked)) continue;
    return orBlocked(record, checked, tools);
  }
  return null;
}

function orBlocked(
  record: PhoneRecord,
  { failure: why, troubleForMs }: FilesProblem,
  tools: UpgradeTools,
): Wait | null {
  const { idleWait, upgradeDeadline } = tools.profile.timing;
  if (why.code === 'local-resources') return { wait: why };
  if (troubleForMs !== null && troubleForMs < (record.touched ? upgradeDeadline : idleWait)) {
    tell(why.message, tools);
    return { wait: why };
  }
  if (record.touched)
    record.advance('seen-failed', failure('stopped-between-steps', `After its first step: ${why.message}`));
  else record.advance('prerequisite-missing', why);
  return null;
}

/** How often (ms) it is said that phones wait. */
const tellEveryMs = 60_000;

/** Says that phones wait, but not for each of them. */
function tell(why: string, { context: { clock, log }, filesTold }: UpgradeTools): void {
  const now = clock.monotonic();
  if (now - filesTold.at < tellEveryMs) return;
  filesTold.at = now;
  log.warn('phones wait for their file server before they are written to', { why });
}
