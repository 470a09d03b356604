import { failure } from '../../domain/failures/failure-codes.js';
import { pollPause } from '../../domain/pacing/poll-pause.js';
import { observe, type Observation, type Sighting, type Watched } from '../../domain/progress/observation.js';
import { nextStepOf } from '../../domain/plan/steps.js';
import { familyAfter, runsLoad } from '../../domain/plan/target.js';
import type { MigrationProfile, Timing } from '../../domain/plan/migration-profile.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import { patienceOf, tryAnotherMethod } from './another-method.js';
import { type SettingsAfter, settingsAfter, type WrittenStep } from '../record/written-step.js';
import { type UpgradeTools, priority, type RunContext } from '../context.js';
import type { PhoneRecord } from '../record/phone-record.js';
import { Looks } from './looks.js';
import { tellSite } from '../target-site.js';
import { idleAgain } from '../record/snapshot.js';
import { noteFetched, withFetched } from './fetched.js';
import { deadlineOf, endAtDeadline, mayBeTaking, withLeft } from './watch-end.js';
import { lookWithUcm, type NotLooked } from '../unified-cm/watch-load.js';
import { finishLoad, putBackLoad } from '../unified-cm/write-load.js';
import type { Mac } from '../../domain/network/mac.js';

/** A phone is searched for after this many polls without seeing it; until then it is probably only restarting. */
const pollsBeforeSearch = 20;

/** A phone may look idle once between its download and its restart; if it looks idle more often, a later silence is not our upgrade. */
const looksToBeIdle = 2;

/**
 * For how long a phone may be missing before its subnet is swept, and the least time between two sweeps of a subnet (ms): never so long
 * that the phone's deadline would come first.
 */
export function searchAfter({ pollInterval, upgradeDeadline }: Timing): number {
  return Math.min(pollInterval * pollsBeforeSearch, upgradeDeadline / 2);
}

/**
 * Watches a phone whose step was posted until the step is proven, the phone says that it failed, or the deadline passes. If the phone has
 * shown for long enough that it took nothing, the step is sent again by another write method. When the step is proven and another follows,
 * the record is left in `continuing`.
 */
export async function watchStep(record: PhoneRecord, written: WrittenStep, tools: UpgradeTools): Promise<void> {
  const { context, profile, stop } = tools;
  const { clock } = context;
  const { pollInterval, stopGrace } = profile.timing;
  const { step, baseline, authorizationUrl, seenOnLoad } = written;
  const watched: Watched = {
    step,
    baseline,
    authorizationUrl,
    seenOnLoad,
    familyAfter: familyAfter(profile, step),
    later: [...laterLoads(record, profile), ...loadInUcm(record, tools)],
    accepted: profile.evidence,
  };
  const limit = deadlineOf(written, profile.timing);
  const isOverdue = record.sentAt + limit <= clock.monotonic();
  // After a crash the deadline may be long past: the phone is still polled twice before its watch ends.
  let deadline = Math.max(record.sentAt + limit, clock.monotonic() + pollInterval * 2);
  // A phone that is found taking its load still is watched on, for as long as a step may take.
  const watchesOnUntil = isOverdue ? clock.monotonic() + limit : deadline;
  // From now on, not from the post: after a crash it is not known when that left, or whether it did.
  let patienceEnds = clock.monotonic() + patienceOf(written, tools.profile.timing);
  // What was sent may never have arrived: allow the time it takes to learn whether it can be sent again.
  if ((isOverdue || written.step.step === 'load') && written.unread && written.more)
    deadline = Math.max(deadline, patienceEnds + pollInterval);
  const looks = new Looks(record, written, tools);
  let quietLooks = 0;
  // What is overdue may be searched for at once.
  record.lastSeenAt = isOverdue ? record.sentAt : clock.monotonic();
  let stopping = false;
  for (;;) {
    const soonest = record.state === 'upgrading' && !written.unread ? context.soonest?.(written.step.step) : null;
    const usual = pollPause(pollInterval, clock.monotonic() - record.sentAt, soonest ?? null);
    // Spread by a tenth, so that a fleet started together is not polled in step; never below the interval.
    const pause = Math.max(pollInterval, usual * (0.9 + 0.2 * context.random()));
    const wait = Math.max(1, Math.min(pause, deadline - clock.monotonic()));
    await stop.sleep(clock, wait, stopping ? 'now' : 'gently');
    if (record.ended) return;
    if (stop.now.aborted) return record.advance('deadline-unseen', failure('stopped-watching'));
    if (stop.gently.aborted && !stopping) {
      stopping = true;
      deadline = Math.min(deadline, clock.monotonic() + stopGrace);
    }
    const isLast = clock.monotonic() >= deadline;
    const sighting = await look(record, written, looks, isLast, tools);
    if (record.ended) return;
    if (sighting.kind === 'not-looked') {
      // Not looking proves nothing. If no look is left before the deadline, a resume continues the watch.
      if (clock.monotonic() < deadline) continue;
      return record.advance('deadline-unseen', failure(sighting.code, sighting.why));
    }
    const holds = sighting.kind === 'phone' ? noteSeen(record, written, sighting.facts, context) : 'nothing';
    const observation = observe(watched, sighting, context.phones.words);
    if (observation.evidence) record.note(observation.evidence.kind, observation.evidence.text);
    if (observation.event === 'step-proven') {
      await noteFetched(record, written, context);
      return record.ended ? undefined : prove(record, written, tools);
    }
    if (observation.event === 'seen-upgrading') written.seenUpgrading = true;
    quietLooks = isQuiet(observation) ? quietLooks + 1 : 0;
    if (written.seenUpgrading && quietLooks >= looksToBeIdle) {
      written.seenUpgrading = false;
      record.note(idleAgain, 'It no longer says that it is upgrading, and runs its old firmware.');
    }
    if (observation.event === 'seen-on-load') {
      watched.seenOnLoad = written.seenOnLoad = true;
      // Room for one more look after the deadline: the second one proves the step.
      if (!(sighting.kind === 'phone' && sighting.notRegistered))
        deadline = Math.max(deadline, clock.monotonic() + pollInterval * 2);
    }
    if (observation.failure) {
      const fetched = await noteFetched(record, written, context);
      const left = await putBack(record, written, sighting, tools);
      if (record.ended) return;
      return record.advance(observation.event, withLeft(withFetched(observation.failure, fetched), left));
    }
    record.advance(observation.event);
    if (record.ended) return;
    const isToBeTriedAgain =
      isStuck(holds, written, sighting) &&
      clock.monotonic() >= patienceEnds &&
      isQuiet(observation) &&
      written.more &&
      !stopping;
    if (isToBeTriedAgain && context.pause?.isPaused === true) {
      // It is written to again when the run is continued: until then its time is not up.
      deadline = Math.max(deadline, clock.monotonic() + pollInterval * 2);
    } else if (isToBeTriedAgain) {
      if (await tryAgain(record, written, tools)) deadline = record.sentAt + limit;
      if (record.ended) return;
      patienceEnds = clock.monotonic() + patienceOf(written, tools.profile.timing);
    } else if (clock.monotonic() >= deadline) {
      // It began before the deadline: one more look, at the page.
      if (!isLast && looks.wasAtFile) continue;
      if (!stopping && deadline < watchesOnUntil && mayBeTaking(written, sighting, observation)) {
        deadline = watchesOnUntil;
        continue;
      }
      // A resume watches on.
      const fetched = stopping ? null : await noteFetched(record, written, context);
      // To name another load now would meet one that is taking its load in the middle.
      const left =
        stopping || mayBeTaking(written, sighting, observation)
          ? null
          : await putBack(record, written, sighting, tools);
      if (record.ended) return;
      return endAtDeadline(record, written, { sighting, observation, holds, stopping, fetched, left }, tools);
    }
  }
}

/** What the steps behind this one lead to. */
function laterLoads({ plan, stepIndex }: PhoneRecord, profile: MigrationProfile): NonNullable<Watched['later']> {
  return plan
    .slice(stepIndex + 1)
    .flatMap((step) => (step.load === null ? [] : [{ family: familyAfter(profile, step), load: step.load }]));
}

/** Where a phone goes by itself once it has registered: the Enterprise load that Unified CM names for it. */
function loadInUcm({ mac }: PhoneRecord, { context, profile }: UpgradeTools): NonNullable<Watched['later']> {
  const load = mac === null || profile.direction !== 'm2e' ? null : (context.ucm?.phones.get(mac)?.phone.load ?? null);
  return load === null ? [] : [{ family: 'enterprise', load }];
}

/** Notes a sighting of the phone; returns what its settings say about the post. A write method seen to work is remembered. */
function noteSeen(
  record: PhoneRecord,
  written: WrittenStep,
  facts: PhoneFacts,
  { clock, phones }: RunContext,
): SettingsAfter {
  record.lastSeenAt = clock.monotonic();
  record.facts = facts;
  if (!written.unread) return 'nothing';
  const holds = settingsAfter(written, facts);
  if (holds !== 'sent') return holds;
  written.unread = false;
  record.note('read-back', 'The settings are as sent.');
  const method = written.tried.at(-1);
  if (method) phones.learned(written.baseline, method);
  return holds;
}

/** Whether the phone is as it was before the step was written. */
function isStuck(holds: SettingsAfter, { step }: WrittenStep, sighting: Sighting): boolean {
  return step.step === 'load' ? sighting.kind === 'phone' : holds === 'before';
}

/** Sends the step again, in another way or where it may never have left. Returns whether something was sent. */
function tryAgain(record: PhoneRecord, written: WrittenStep, tools: UpgradeTools): Promise<boolean> {
  const { ucm } = tools.context;
  return ucm && written.step.step === 'load'
    ? finishLoad(record, written, ucm, tools)
    : tryAnotherMethod(record, written, tools);
}

/** How often a phone's load from before is put back: Unified CM may only have stumbled. */
const triesToPutBack = 3;

/**
 * Before a phone that Unified CM sees on its old load ends as failed: it must not take the new one whenever it restarts next.
 * @returns why it could not be put back; `null`: nothing of ours is left
 */
async function putBack(
  record: PhoneRecord,
  written: WrittenStep,
  sighting: Sighting,
  { context: { ucm, clock }, profile, stop }: UpgradeTools,
): Promise<string | null> {
  const isOnOldLoad = sighting.kind === 'phone' && runsLoad(sighting.facts, written.baseline.softwareVersion ?? '');
  if (!ucm || written.step.step !== 'load' || !isOnOldLoad || record.ended) return null;
  for (let tries = 1; ; tries += 1) {
    const left = await putBackLoad(record, written, ucm, tries > 1);
    if (left === null || record.ended) return null;
    record.note('put-back', `Its phone load could not be put back: ${left}`);
    if (tries === triesToPutBack || stop.gently.aborted) return left;
    await stop.sleep(clock, profile.timing.pollInterval, 'gently');
  }
}

/** Whether the phone answers and shows nothing that has to do with the step. */
function isQuiet({ event, evidence }: Observation): boolean {
  return event === 'seen-answering' && evidence === undefined;
}

function prove(record: PhoneRecord, written: WrittenStep, { context, profile }: UpgradeTools): void {
  const { memory, clock } = context;
  const { step, load } = written.step;
  const { mac } = record;
  const model = written.baseline.model ?? record.facts?.model ?? null;
  if (mac !== null) memory.stepDuration({ mac, step, model, load, ms: clock.monotonic() - record.sentAt });
  const next = nextStepOf(record.plan, record.stepIndex + 1, record.facts, profile);
  const last = next >= record.plan.length;
  // Before the state changes: what is stored with it must already belong to the next step.
  record.underWay = null;
  if (!last) record.stepIndex = next;
  record.advance(last ? 'all-proven' : 'step-proven');
}

/** One look at the phone; after a long silence also searches the rest of its subnet. */
async function look(
  record: PhoneRecord,
  written: WrittenStep,
  looks: Looks,
  isLast: boolean,
  tools: UpgradeTools,
): Promise<Sighting | NotLooked> {
  const { context, profile, pool } = tools;
  const silent: Sighting = { kind: 'silent', why: 'not asked' };
  const sight = async (): Promise<Sighting | NotLooked> =>
    (await pool.add(() => looks.once(isLast), { priority: priority.watch })) ?? silent;
  const { ucm } = context;
  // It knows nothing of firmware that a Multiplatform phone takes on its own page.
  const isKnownToUcm = written.step.step === 'load' || familyAfter(profile, written.step) === 'enterprise';
  const here = ucm && isKnownToUcm ? await lookWithUcm(record, written, ucm, context.models, sight) : await sight();
  const missing = here.kind === 'silent' || here.kind === 'other-phone' || isSilentHere(here);
  if (!missing || record.mac === null || context.clock.monotonic() - record.lastSeenAt < searchAfter(profile.timing))
    return here;
  const address = findElsewhere(record.mac, record, tools);
  if (address === null || record.ended) return here;
  record.note('moved', `found again by its MAC at ${address}, was ${record.address}`);
  record.address = address;
  tellSite(address, record.target.hint.site, context);
  return sight();
}

/** Whether only Unified CM could not say more of a phone that does not answer. */
function isSilentHere(here: Sighting | NotLooked): boolean {
  return here.kind === 'not-looked' && here.isSilentHere === true;
}

/** Where a search has found the phone, other than where it was; with Unified CM the subnets of the run are searched, too. */
function findElsewhere(
  mac: Mac,
  { target, address: old }: PhoneRecord,
  { context: { targets, ucm }, movedPhones }: UpgradeTools,
): string | null {
  const scopes = new Set([target.scope, ...(ucm ? targets.scopes : [])]);
  for (const scope of scopes) {
    const address = movedPhones.find(mac, scope);
    if (address !== null && address !== old) return address;
  }
  return null;
}
