import type { PhoneFacts } from '../../domain/phone/facts.js';
import type { Timing } from '../../domain/plan/migration-profile.js';
import { samePlan } from '../../domain/plan/plan.js';
import { isTransportError, type Look, type Visit } from '../../phones/phones.js';
import { type PhoneRecord, noteLook } from '../record/phone-record.js';
import { stopsForStore } from '../stop-control.js';
import { recheckBeforeWrite } from './recheck-before-write.js';
import { settingsAfter, type WrittenStep } from '../record/written-step.js';
import { mayBeWrittenAgain } from './may-write.js';
import { type UpgradeTools, priority } from '../context.js';
import { filesProblem } from './files-before-write.js';
import { HeldBack, LeftToOthers } from './record-intent.js';
import { post } from './write-step.js';

/**
 * For how long after a post a phone's old settings say nothing (ms): the profile's patience, doubled with each further write method, so
 * that a phone that is only slow is not written to again and again.
 */
export function patienceOf({ tried }: Pick<WrittenStep, 'tried'>, { patience }: Pick<Timing, 'patience'>): number {
  return patience * 2 ** Math.max(0, tried.length - 1);
}

/**
 * Sends a step again by a write method not tried yet, to a phone that has shown its old settings for long enough. The phone is read in the
 * same session first; unless it is the planned phone, in the planned state, with its old settings, nothing is sent.
 * @returns whether a request may have left; the deadline starts over then
 */
export async function tryAnotherMethod(
  record: PhoneRecord,
  written: WrittenStep,
  tools: UpgradeTools,
): Promise<boolean> {
  const sentAt = record.sentAt;
  try {
    if ((await mayBeWrittenAgain(record, tools)) && (await hasItsFiles(record, tools)))
      await tools.pool.add(() => send(record, written, tools), { priority: priority.watch });
  } catch (error) {
    // The watch of what was sent before continues: without its store a run sends nothing more, and a broken connection says nothing.
    if (error instanceof HeldBack) return false;
    if (error instanceof LeftToOthers) throw error;
    if (stopsForStore(error, tools.stop)) written.more = false;
    else if (!isTransportError(error)) throw error;
    else if (error.code === 'fields-missing') written.more = false;
  }
  return record.sentAt !== sentAt;
}

/** Whether what it would fetch is there still; notes what is not. */
async function hasItsFiles(record: PhoneRecord, tools: UpgradeTools): Promise<boolean> {
  const problem = await filesProblem(record, tools);
  if (problem && !record.ended) record.note('preflight', `Not written again: ${problem.failure.message}`);
  return problem === null && !record.ended;
}

async function send(record: PhoneRecord, written: WrittenStep, tools: UpgradeTools): Promise<void> {
  if (record.ended || tools.stop.gently.aborted) return;
  await tools.context.phones.visit(
    record.address,
    async (visit: Visit) => {
      const look = await visit.look('settings', true, record.mac === null ? null : { mac: record.mac });
      if (record.ended) return;
      noteLook(record, look);
      if (!(await isAsPlanned(record, written, look, tools)) || record.ended || tools.stop.gently.aborted) return;
      await post(record, written, visit, tools);
    },
    record.traffic,
  );
}

async function isAsPlanned(
  record: PhoneRecord,
  written: WrittenStep,
  look: Look,
  tools: UpgradeTools,
): Promise<boolean> {
  if (look.kind !== 'phone' || settingsAfter(written, look.facts) !== 'before') return false;
  if (saysMore(look.facts, written, tools)) return false;
  const rechecked = await recheckBeforeWrite(record, look, tools);
  return 'step' in rechecked && samePlan([rechecked.step], [written.step]);
}

/** Whether it shows anything about an upgrade or a license that it did not show before: then it took the settings. */
function saysMore(
  { upgradeStatus, firmwareUpgradeRows, authorizationRows }: PhoneFacts,
  { baseline }: WrittenStep,
  { context }: UpgradeTools,
): boolean {
  return (
    context.phones.words.isUpgrading(upgradeStatus ?? '') ||
    firmwareUpgradeRows.join('\n') !== baseline.firmwareUpgradeRows.join('\n') ||
    authorizationRows.map(({ text }) => text).join('\n') !==
      baseline.authorizationRows.map(({ text }) => text).join('\n')
  );
}
