import { isLocalShortage } from '../../domain/failures/failure-codes.js';
import { withLabelVid } from '../../domain/phone/hardware.js';
import type { UpgradeTools } from '../context.js';
import { asOfNow, checkStep, type FilesProblem, mayPass } from '../plan/check-files.js';
import type { PhoneRecord } from '../record/phone-record.js';
import type { Wait } from './recheck-before-write.js';

/**
 * Looks once more for the files of a phone whose turn has come, for its first step or its next, before it is contacted. A phone whose files
 * are gone is blocked; one that has had its first step is read first, since it may need them no more (`recheckBeforeWrite`). A file server that
 * is in trouble is waited for as long as a phone in a call is: it may only be restarting, and would otherwise cost the night of all phones
 * whose turn is just now.
 * @returns why to wait; `null`: go on, unless the record has its outcome
 */
export async function filesBeforeWrite(record: PhoneRecord, tools: UpgradeTools): Promise<Wait | null> {
  const problem = await filesProblem(record, tools);
  if (record.ended || problem === null) return null;
  const { failure: why } = problem;
  if (isLocalShortage(why)) return { wait: why };
  if (mayPass(problem, record, tools.profile)) {
    tell(why.message, tools);
    return { wait: why };
  }
  if (!record.touched) record.advance('prerequisite-missing', why);
  return null;
}

/**
 * What is wrong with the files that a phone is still to fetch, by a look that is not old; `null`: nothing. The steps that are proven need
 * theirs no more.
 */
export async function filesProblem(record: PhoneRecord, { context }: UpgradeTools): Promise<FilesProblem | null> {
  const { facts, target } = record;
  if (facts === null) return null;
  for (const step of record.plan.slice(record.stepIndex)) {
    const checked = await checkStep(step, withLabelVid(facts, target.hint), record.address, asOfNow(context));
    if (record.ended) return null;
    if (!Array.isArray(checked)) return checked;
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
