import { withLabelVid } from '../../domain/phone/hardware.js';
import type { UpgradeTools } from '../context.js';
import { checkStep } from '../plan/check-files.js';
import type { PhoneRecord } from '../record/phone-record.js';
import type { Wait } from './recheck-before-write.js';

/**
 * Looks once more for the files of a phone whose turn has come, before it is contacted: the preflight remembers what it found since the wave
 * began. A phone whose files are gone is blocked. A file server that is in trouble is waited for as long as a phone in a call is: it may
 * only be restarting, and would otherwise cost the night of all phones whose turn is just now.
 * @returns why to wait; `null`: go on, unless the record has its outcome
 */
export async function filesBeforeWrite(record: PhoneRecord, tools: UpgradeTools): Promise<Wait | null> {
  const { context, profile } = tools;
  const { facts, target } = record;
  if (record.touched || facts === null) return null;
  for (const step of record.plan) {
    const checked = await checkStep(step, withLabelVid(facts, target.hint), record.address, context);
    if (record.ended) return null;
    if (Array.isArray(checked)) continue;
    const { failure: why, troubleForMs } = checked;
    if (why.code === 'local-resources') return { wait: why };
    if (troubleForMs !== null && troubleForMs < profile.timing.idleWait) {
      tell(why.message, tools);
      return { wait: why };
    }
    record.advance('prerequisite-missing', why);
    return null;
  }
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
