import { accessNote } from '../../domain/plan/access-note.js';
import { longestDeferralMs } from '../../domain/pacing/backoff.js';
import { failure, type FailureCodeName } from '../../domain/failures/failure-codes.js';
import type { Mac } from '../../domain/network/mac.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { RunContext } from '../context.js';
import { rememberDeferral } from '../memory/memory.js';
import { noteLook, type PhoneRecord } from '../record/phone-record.js';
import { planPhone } from '../plan/plan-phone.js';
import type { ProbeResult } from '../../phones/phones.js';
import { type ReadProblem, problemOf } from './look-problem.js';

/** The record that showed a MAC first in this run. */
export type SeenMacs = Map<Mac, PhoneRecord>;

/**
 * Reads one target and, if it is a phone, plans for it: afterwards the record has its outcome or waits for its write.
 * @returns `null`, or why the target could not be read, for the caller to decide on
 */
export async function readAndPlan(
  record: PhoneRecord,
  answer: ProbeResult | undefined,
  context: RunContext,
  macs: SeenMacs,
): Promise<ReadProblem | null> {
  try {
    const withSettings = context.options.profile !== null;
    const opens = withSettings ? 'anyone' : null;
    const look = await context.phones.visit(
      record.address,
      (visit) => visit.look(withSettings, withSettings, opens),
      answer,
    );
    if (look.kind === 'not-a-phone') return { code: 'not-a-phone', message: look.detail };
    if (look.kind === 'unreadable') {
      if (!record.ended) noteLook(record, look);
      return { code: look.failure.code as FailureCodeName, message: look.failure.message };
    }
    if (record.ended) return null;
    record.facts = look.facts;
    noteLook(record, look);
    record.advance('phone-there');
    await planRecord(record, look.facts, context, macs);
    return null;
  } catch (error) {
    return problemOf(error, record.address, context);
  }
}

async function planRecord(record: PhoneRecord, facts: PhoneFacts, context: RunContext, macs: SeenMacs): Promise<void> {
  const planned = await planPhone(facts, record.target.hint, record.address, context);
  if (record.ended) return;
  record.eligibility = planned.eligibility;
  record.plan = planned.plan;
  for (const { kind, text } of planned.notes) record.note(kind, text);
  // If nothing is done because of the access problem, the phone's failure says so. An audit reads another page instead.
  const isSaid = planned.failure?.code === facts.settingsProblem?.code && planned.event !== 'audit-only';
  const access = isSaid ? null : accessNote(facts);
  if (access) record.note(access.kind, access.text);
  record.advance('judged');
  const first = facts.mac === null ? undefined : macs.get(facts.mac);
  if (first) {
    const message = `${first.address} showed the same MAC ${facts.mac} in this run.`;
    if (planned.event !== 'audit-only')
      return record.advance('prerequisite-missing', failure('duplicate-mac', message));
    record.note('duplicate-mac', message);
  }
  if (facts.mac !== null && !first) macs.set(facts.mac, record);
  const deferred = planned.event === 'plan-accepted' && facts.mac !== null ? stillDeferred(facts.mac, context) : null;
  record.advance(deferred ? 'not-now' : planned.event, deferred ?? planned.failure);
  rememberDeferral(record, context.memory);
}

/** The failure of a phone that an earlier run deferred until later than now; `null` for any other phone. */
function stillDeferred(mac: Mac, { memory, clock }: RunContext): Failure | null {
  const until = memory.deferredUntil(mac);
  // Further ahead than any deferral can be: the clock has been set back since.
  if (until === null || until <= clock.now() || until > clock.now() + longestDeferralMs) return null;
  return failure('not-yet', `An earlier run deferred it until ${new Date(until).toISOString()}.`);
}
