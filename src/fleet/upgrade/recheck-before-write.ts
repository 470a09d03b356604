import { assess, assessInPlace } from '../../domain/plan/eligibility.js';
import { failure, isLocalShortage } from '../../domain/failures/failure-codes.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import { type PlanStep, samePlan } from '../../domain/plan/plan.js';
import { missingFields } from '../../domain/plan/page-fields.js';
import { alreadyThere } from '../../domain/plan/route.js';
import { nextStepOf } from '../../domain/plan/steps.js';
import { familyAfter, partFor, runsLoad } from '../../domain/plan/target.js';
import { retriggered } from '../../domain/plan/retrigger.js';
import { disagreementText } from '../../domain/phone/cross-check.js';
import type { Failure, Note } from '../../domain/failures/failure.js';
import type { StateEvent } from '../../domain/progress/state.js';
import type { Look } from '../../phones/phones.js';
import type { UpgradeTools } from '../context.js';
import type { PhoneRecord } from '../record/phone-record.js';
import { withLabelVid } from '../../domain/phone/hardware.js';
import { asOfNow, checkStep, mayPass } from '../plan/check-files.js';
import { planPhone } from '../plan/plan-phone.js';

/** The phone as just read and the step to write now; or a reason to wait; or how the record ends instead. */
export type Rechecked = { facts: PhoneFacts; step: PlanStep } | Wait | Ending;

/** How a record ends whose phone must not be written to. */
export interface Ending {
  event: StateEvent;
  failure?: Failure;
  /** As it was read, if it is the planned phone. */
  facts?: PhoneFacts;
  evidence?: Note;
  /** It does not end: its plan goes on with this step, as the phone has what those before it lead to. */
  goesOnWith?: number;
}

/** Ends a record whose phone must not be written to now. */
export function endBefore(record: PhoneRecord, { event, failure: why, facts, evidence, goesOnWith }: Ending): null {
  if (facts) record.facts = facts;
  // Before the state changes: what is stored with it must already belong to the next step.
  if (goesOnWith !== undefined) record.stepIndex = goesOnWith;
  if (evidence) record.note(evidence.kind, evidence.text);
  record.advance(event, why);
  return null;
}

/**
 * Checks that the phone that was just read is the one planned for, in the state planned for
 * (docs/architecture.md#1-no-write-on-a-guess). Changes nothing.
 */
export async function recheckBeforeWrite(record: PhoneRecord, look: Look, tools: UpgradeTools): Promise<Rechecked> {
  if (look.kind === 'unreadable') return { wait: look.failure };
  if (look.kind === 'not-a-phone')
    return { wait: failure('phone-changed', `It no longer answers as a phone: ${look.detail}`) };
  const { facts } = look;
  const another = otherPhoneAt(facts, record.mac);
  if (another !== null) {
    const changed = failure('identity-changed', `Planned for ${record.mac}, but ${another} answers.`);
    // After its first step the phone may only have moved: the one at its address is left alone, and ours is waited for.
    return record.touched ? { wait: changed } : { event: 'guard-tripped', failure: changed };
  }
  if (facts.busy) return { wait: failure('busy') };
  return record.stepIndex > 0 ? recheckNextStep(record, facts, tools) : recheckFirstStep(record, facts, tools);
}

/** Which other phone answers at the address, instead of the planned one or in turns with it; `null` if none does. */
function otherPhoneAt({ mac, witnesses }: PhoneFacts, planned: string | null): string | null {
  if (mac === null) return 'a phone without a MAC';
  return mac === planned ? (witnesses?.another ?? null) : mac;
}

/** Before the first step: plans anew from what the phone shows now. Only exactly the same plan is carried out. */
async function recheckFirstStep(record: PhoneRecord, facts: PhoneFacts, { context }: UpgradeTools): Promise<Rechecked> {
  const judgement = await planPhone(facts, record.target, record.address, asOfNow(context));
  const [step] = judgement.plan;
  // A file server in trouble is waited for between the tries, not while a phone is connected.
  if ((judgement.filesTroubleForMs ?? null) !== null && judgement.failure) return { wait: judgement.failure };
  if (judgement.event !== 'plan-accepted')
    return { event: judgement.event, facts, ...(judgement.failure ? { failure: judgement.failure } : {}) };
  if (samePlan(judgement.plan, record.plan) && step) return { facts, step };
  const changed = failure('phone-changed', 'Its settings changed since it was planned.');
  return { event: 'guard-tripped', failure: changed, facts };
}

/** After its first step: continues the same plan, if the phone is now what the next step needs, and what it will fetch is there. */
async function recheckNextStep(record: PhoneRecord, facts: PhoneFacts, tools: UpgradeTools): Promise<Rechecked> {
  const { context, profile } = tools;
  const { step } = record;
  const stopped = (message: string): Ending => ({
    event: 'seen-failed',
    failure: failure(facts.family === 'transition' ? 'left-on-transition-load' : 'stopped-between-steps', message),
  });
  if (!step || profile.direction === 'none') return stopped('There is no further step.');
  const next = nextStepOf(record.plan, record.stepIndex, facts, profile);
  if (next > record.stepIndex) {
    const isLast = next >= record.plan.length;
    const text = `answers as ${facts.family} with ${facts.softwareVersion}, before ${isLast ? 'its last' : 'that'} step was written`;
    const seen = { facts, evidence: { kind: 'phone-on-load', text } };
    return isLast ? { event: 'all-proven', ...seen } : { event: 'step-proven', ...seen, goesOnWith: next };
  }
  const reached =
    step.step === 'authorize' ? alreadyThere(facts, partFor(facts.family, profile), context.models) : null;
  if (reached !== null) return { event: 'all-proven', facts, evidence: { kind: 'already-there', text: reached } };
  const known = withLabelVid(facts, record.target.hint);
  const disagreements = facts.witnesses?.disagreements ?? [];
  if (disagreements.length > 0) return stopped(`After its first step: ${disagreementText(disagreements)}`);
  const unfit = whyUnfit(known, record, tools);
  if (unfit !== null) return stopped(`After its first step ${unfit}`);
  const again = facts.settings ? retriggered(step, facts.settings, profile.retrigger) : step;
  if ('code' in again) return stopped(`After its first step: ${again.message}`);
  const missing = step.step === 'load' ? null : missingFields(again, facts, profile.ways);
  if (missing) return stopped(`After its first step: ${missing.message}`);
  const files = await checkStep(again, known, record.address, asOfNow(context));
  if (Array.isArray(files)) return { facts, step: again };
  // A server in trouble is waited for between the tries, not while a phone is connected.
  if (isLocalShortage(files.failure) || mayPass(files, record, profile)) return { wait: files.failure };
  return { event: 'seen-failed', failure: filesGone(files.failure.message, facts.softwareVersion), facts };
}

/** Why a phone is not what its next step is for; `null`: it is. */
function whyUnfit(
  known: PhoneFacts,
  { step, stepIndex, plan }: PhoneRecord,
  { context: { models }, profile }: UpgradeTools,
): string | null {
  if (!step || profile.direction === 'none') return 'there is none to follow.';
  const before = plan[stepIndex - 1];
  // A transition load has no rules of its own: the phone was judged before it took it.
  if (before?.load && familyAfter(profile, before) === 'transition')
    return known.family === 'transition' && runsLoad(known, before.load)
      ? null
      : `it runs ${known.softwareVersion ?? 'firmware that it does not show'}, not ${before.load}.`;
  const { verdict, reasons } =
    step.step === 'authorize'
      ? assessInPlace(known, 'authorize', models)
      : assess(known, profile.direction, models, profile.requires);
  return verdict === 'eligible' ? null : `it is ${verdict}: ${reasons[0]?.text ?? ''}`;
}

/** Why a phone stays on the load of its first step. @param load what it runs; `null`: not known */
export function filesGone(why: string, load: string | null): Failure {
  const runs = load === null ? 'Its first step is done' : `Its first step is done, and it runs ${load}`;
  return failure('files-gone-between-steps', `${runs}; nothing more was written: ${why}`);
}

/** Why to try again later: the phone is in a call or does not respond. Nothing was written. */
export interface Wait {
  wait: Failure;
}
