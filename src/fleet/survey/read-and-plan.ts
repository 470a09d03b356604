import { accessNote } from '../../domain/plan/access-note.js';
import type { Eligibility } from '../../domain/plan/eligibility.js';
import { inventoryDisagreements } from '../../domain/phone/inventory-disagreement.js';
import { longestDeferralMs, transientRetryDelay } from '../../domain/pacing/backoff.js';
import { failure, type FailureCodeName } from '../../domain/failures/failure-codes.js';
import type { Mac } from '../../domain/network/mac.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import { sleep } from '../../domain/ports/clock.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { Target } from '../../inventory/target.js';
import type { RunContext } from '../context.js';
import { rememberDeferral } from '../memory/memory.js';
import { noteLook, type PhoneRecord } from '../record/phone-record.js';
import { type PlannedPhone, planPhone } from '../plan/plan-phone.js';
import type { Look, MayInitialize, ProbeResult } from '../../phones/phones.js';
import { whyLeftOut } from '../unified-cm/unseen.js';
import { tellSite } from '../target-site.js';
import { foundByMac } from './by-mac.js';
import { type ReadProblem, problemOf } from './look-problem.js';

/** The record that showed a MAC first in this run. */
export type SeenMacs = Map<Mac, PhoneRecord>;

/**
 * Reads one target and, if it is a phone, plans for it: afterwards the record has its outcome or waits for its write.
 * @returns `null`, or why the target could not be read, for the caller to decide on; `paused`: it would have to be given its first password first
 */
export async function readAndPlan(
  record: PhoneRecord,
  answer: ProbeResult | undefined,
  context: RunContext,
  macs: SeenMacs,
): Promise<ReadProblem | 'known' | 'paused' | null> {
  try {
    const isAudit = context.options.profile === null;
    const isPaused = context.pause?.isPaused === true;
    const opens = isAudit ? null : mayBeOpened(record, context);
    const look = await context.phones.visit(
      record.address,
      (visit) => visit.look(isAudit ? 'identity' : 'settings', !isAudit, isPaused ? null : opens),
      record.traffic,
      answer,
    );
    if (isPaused && context.options.setInitialPassword === true && wouldBeOpened(look, opens)) return 'paused';
    if (look.kind === 'not-a-phone') return { code: 'not-a-phone', message: look.detail };
    if (look.kind === 'unreadable') {
      if (!record.ended) noteLook(record, look);
      return { code: look.failure.code as FailureCodeName, message: look.failure.message };
    }
    if (record.ended) return null;
    noteLook(record, look);
    return (await planKnown(record, look.facts, context, macs)) ? null : 'known';
  } catch (error) {
    return problemOf(error, record.address, context);
  }
}

/**
 * Plans for a phone of which is known what there is to know: afterwards the record has its outcome or waits for its write.
 * @returns `false` for a phone of an interrupted run that has come to this address: it has its record, and this one is none of its own
 */
export async function planKnown(
  record: PhoneRecord,
  facts: PhoneFacts,
  context: RunContext,
  macs: SeenMacs,
): Promise<boolean> {
  if (hasMovedHere(facts, record, context, macs)) return false;
  record.facts = facts;
  record.lastSeenAt = context.clock.monotonic();
  foundByMac(record, facts.mac, context);
  const { family, model, serial, softwareVersion } = facts;
  record.emit('phone', { family, model, serial, softwareVersion });
  record.advance('phone-there');
  const left = whyLeft(record.target, facts.mac, context);
  if (left === null) await planRecord(record, facts, context, macs);
  else {
    record.advance('judged');
    record.advance('not-now', left);
    // A list that gives its MAC alone has found it.
    if (facts.mac !== null && !macs.has(facts.mac)) macs.set(facts.mac, record);
  }
  return true;
}

/** Whether it is a phone that an interrupted run has written to, found where that run did not know it: its watch goes on from here. */
function hasMovedHere({ mac }: PhoneFacts, { address }: PhoneRecord, context: RunContext, macs: SeenMacs): boolean {
  const first = mac === null ? undefined : macs.get(mac);
  if (!first?.touched || (first.ended && first.outcome !== 'done')) return false;
  if (first.ended || first.address === address) return true;
  first.note('moved', `found again by its MAC at ${address}, was ${first.address}`);
  first.address = address;
  tellSite(address, first.target.hint.site, context);
  return true;
}

/** Which phone may be given its first password: with a list of MACs only one that the list takes, wherever it is. */
function mayBeOpened({ target }: PhoneRecord, { targets }: RunContext): MayInitialize {
  const { mac } = target.hint;
  if (targets.takes(target, null)) return 'anyone';
  return mac !== undefined && targets.takes(target, mac) ? { mac } : null;
}

/** Whether a phone that was read while nothing may be written asks for its first password, and would be given it. */
function wouldBeOpened(look: Look, opens: MayInitialize): boolean {
  if (look.kind === 'not-a-phone' || opens === null) return false;
  const problem = look.kind === 'unreadable' ? look.failure : look.facts.settingsProblem;
  const isMeant = opens === 'anyone' || (look.kind === 'phone' && look.facts.mac === opens.mac);
  return isMeant && problem?.code === ('set-password-page' satisfies FailureCodeName);
}

/** Why a phone is left out, which only its MAC tells: `--limit FILE` does not list it, or it is not chosen on Unified CM. */
export function whyLeft(target: Target, mac: Mac | null, { targets, ucm }: RunContext): Failure | null {
  if (targets.takes(target, mac)) return whyLeftOut(mac, ucm ?? null);
  const said = mac === null ? 'it does not show its MAC' : `its MAC ${mac} is not in the list`;
  return failure('beyond-limit', `--limit lists other phones: ${said}.`);
}

async function planRecord(record: PhoneRecord, facts: PhoneFacts, context: RunContext, macs: SeenMacs): Promise<void> {
  const planned = await planPatiently(facts, record, context);
  if (record.ended) return;
  record.eligibility = withDisagreements(planned.eligibility, facts, record);
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

/** For how long (ms) a file server that is in trouble is waited for while phones are read: it may only have stumbled. */
const filesPatienceMs = 60_000;

/** Plans, a few times where a file server is in trouble. */
async function planPatiently(facts: PhoneFacts, record: PhoneRecord, context: RunContext): Promise<PlannedPhone> {
  for (let retry = 1; ; retry += 1) {
    const planned = await planPhone(facts, record.target, record.address, context);
    const isLong = (planned.filesTroubleForMs ?? filesPatienceMs) >= filesPatienceMs;
    const delay = isLong || record.ended ? null : transientRetryDelay(retry, context.random);
    if (delay === null) return planned;
    await sleep(context.clock, delay);
  }
}

/** What its list says and the phone does not show comes before other warnings: it is about this phone, or about another one. */
function withDisagreements(
  eligibility: Eligibility | null,
  facts: PhoneFacts,
  { target }: PhoneRecord,
): Eligibility | null {
  const found = inventoryDisagreements(facts, target);
  if (eligibility === null || found.length === 0) return eligibility;
  return { ...eligibility, warnings: [...found, ...eligibility.warnings] };
}

/** The failure of a phone that an earlier run deferred until later than now; `null` for any other phone. */
function stillDeferred(mac: Mac, { memory, clock }: RunContext): Failure | null {
  const until = memory.deferredUntil(mac);
  // Further ahead than any deferral can be: the clock has been set back since.
  if (until === null || until <= clock.now() || until > clock.now() + longestDeferralMs) return null;
  return failure('not-yet', `An earlier run deferred it until ${new Date(until).toISOString()}.`);
}
