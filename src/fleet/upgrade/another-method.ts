import type { PhoneFacts } from '../../domain/phone/facts.js';
import { samePlan } from '../../domain/plan/plan.js';
import { isTransportError, type Look, type Visit } from '../../phones/phones.js';
import { type PhoneRecord, noteLook } from '../record/phone-record.js';
import { stopsForStore } from '../run/stop-control.js';
import { recheckBeforeWrite } from './recheck-before-write.js';
import { holding, type WrittenStep } from '../record/written-step.js';
import { mayBeWrittenAgain } from './may-write.js';
import { type UpgradeTools, priority } from '../run/context.js';
import { post } from './write-step.js';

/**
 * How long a phone's old settings say nothing of what was sent last (ms): the profile's patience, twice as long for each further way, so
 * that a phone which is only slow is not told again and again.
 */
export function patienceOf({ tried }: Pick<WrittenStep, 'tried'>, { profile }: Pick<UpgradeTools, 'profile'>): number {
  return profile.timing.patience * 2 ** Math.max(0, tried.length - 1);
}

/**
 * Sends a step once more, in a way that was not tried yet, to a phone that has shown for long enough that it took nothing. It is read in
 * the same session first, and must be the planned phone as it was planned, with its old settings; else nothing is sent.
 * @returns whether something may have left: its deadline begins anew then
 */
export async function tryAnotherMethod(
  record: PhoneRecord,
  written: WrittenStep,
  tools: UpgradeTools,
): Promise<boolean> {
  const sentAt = record.sentAt;
  try {
    if (await mayBeWrittenAgain(record, tools))
      await tools.pool.add(() => send(record, written, tools), { priority: priority.watch });
  } catch (error) {
    // What was sent before is watched on: a run that has lost its memory sends nothing more, and a conversation that broke is no answer.
    if (stopsForStore(error, tools.stop)) written.more = false;
    else if (!isTransportError(error)) throw error;
    else if (error.code === 'fields-missing') written.more = false;
  }
  return record.sentAt !== sentAt;
}

async function send(record: PhoneRecord, written: WrittenStep, tools: UpgradeTools): Promise<void> {
  if (record.ended || tools.stop.gently.aborted) return;
  await tools.context.phones.visit(record.address, async (visit: Visit) => {
    const look = await visit.look(true, true, record.mac === null ? null : { mac: record.mac });
    if (record.ended) return;
    noteLook(record, look);
    if (!(await isAsPlanned(record, written, look, tools)) || record.ended || tools.stop.gently.aborted) return;
    await post(record, written, visit, tools);
  });
}

async function isAsPlanned(
  record: PhoneRecord,
  written: WrittenStep,
  look: Look,
  tools: UpgradeTools,
): Promise<boolean> {
  if (look.kind !== 'phone' || holding(written, look.facts) !== 'before') return false;
  if (saysMore(look.facts, written, tools)) return false;
  const guarded = await recheckBeforeWrite(record, look, tools);
  return 'step' in guarded && samePlan([guarded.step], [written.step]);
}

/** Whether it shows anything of an upgrade or a license that it did not show before: then it has heard. */
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
