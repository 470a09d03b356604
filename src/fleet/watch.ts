import { formatDuration } from '../domain/duration.js';
import { failure } from '../domain/failure-codes.js';
import { observe, type Observation, type Sighting, type Watched } from '../domain/observation.js';
import { familyAfter, runsLoad } from '../domain/planning.js';
import type { Timing } from '../domain/migration-profile.js';
import type { PhoneFacts } from '../domain/phone.js';
import type { Failure } from '../domain/report.js';
import { type JourneyTools, priority } from './journey-tools.js';
import type { RunContext } from './context.js';
import { noteLook } from './look-notes.js';
import type { PhoneRecord } from './phone-record.js';
import { tellSite } from './place.js';
import type { WrittenStep } from './write.js';
import { isTransportError } from '../phones/phones.js';

/** A missing phone is searched for after this many polls without a sight of it: until then it is probably only restarting. */
const pollsBeforeSearch = 20;

/**
 * How long a missing phone is waited for before its subnet is swept, and how long a swept subnet is left in peace: never so long that
 * its deadline would come first.
 */
export function searchAfter({ pollInterval, upgradeDeadline }: Timing): number {
  return Math.min(pollInterval * pollsBeforeSearch, upgradeDeadline / 2);
}

/**
 * Watches a phone whose step was posted until the step is proven, the phone says that it failed, or the deadline ends the watch. When
 * the step is proven and another follows, the record is left in `continuing`.
 */
export async function watchStep(record: PhoneRecord, written: WrittenStep, tools: JourneyTools): Promise<void> {
  const { context, profile, stop } = tools;
  const { clock } = context;
  const { pollInterval, stopGrace } = profile.timing;
  const watched: Watched = {
    ...written,
    familyAfter: familyAfter(profile, written.step.step),
    accepted: profile.evidence,
  };
  const limit = written.step.load === null ? profile.timing.authorizeDeadline : profile.timing.upgradeDeadline;
  // After a crash the deadline may be long past: the phone is still looked at twice before it is given up.
  let deadline = Math.max(record.sentAt + limit, clock.monotonic() + pollInterval * 2);
  record.lastSeenAt = clock.monotonic();
  let stopping = false;
  for (;;) {
    // Spread by a tenth, so that a fleet started together is not polled in step.
    const pause = pollInterval * (0.9 + 0.2 * context.random());
    await stop.sleep(clock, Math.max(1, Math.min(pause, deadline - clock.monotonic())), stopping ? 'now' : 'gently');
    if (record.ended) return;
    if (stop.now.aborted) return record.advance('deadline-unseen', failure('stopped-watching'));
    if (stop.gently.aborted && !stopping) {
      stopping = true;
      deadline = Math.min(deadline, clock.monotonic() + stopGrace);
    }
    const sighting = await look(record, written, tools);
    if (record.ended) return;
    if (sighting.kind === 'phone') {
      record.lastSeenAt = clock.monotonic();
      record.facts = sighting.facts;
      if (written.unread && readBack(record, written, sighting.facts)) return;
    }
    const observation = observe(watched, sighting, context.phones.words);
    if (observation.evidence) record.note(observation.evidence.kind, observation.evidence.text);
    if (observation.event === 'step-proven') return prove(record, written, context);
    if (observation.event === 'seen-on-load') watched.seenOnLoad = written.seenOnLoad = true;
    record.advance(observation.event, observation.failure);
    if (record.ended) return;
    if (clock.monotonic() >= deadline)
      return void atDeadline(record, written, { sighting, observation }, stopping, tools);
  }
}

function prove(record: PhoneRecord, written: WrittenStep, { memory, clock }: RunContext): void {
  if (record.mac !== null) memory.took(record.mac, written.step.step, clock.monotonic() - record.sentAt);
  const last = record.stepIndex + 1 >= record.plan.length;
  // Before the state changes: what is stored with it must be the next step's already.
  record.underWay = null;
  if (!last) record.stepIndex += 1;
  record.advance(last ? 'all-proven' : 'step-proven');
}

/** One look at the phone; after a long silence also at the rest of its subnet. */
async function look(record: PhoneRecord, written: WrittenStep, tools: JourneyTools): Promise<Sighting> {
  const { context, profile, finder, pool } = tools;
  const sight = (): Promise<Sighting | undefined> =>
    pool.add(() => lookOnce(record, written.unread, tools), { priority: priority.watch });
  const silent: Sighting = { kind: 'silent', why: 'not asked' };
  const here = (await sight()) ?? silent;
  const missing = here.kind === 'silent' || here.kind === 'other-phone';
  if (!missing || record.mac === null || context.clock.monotonic() - record.lastSeenAt < searchAfter(profile.timing))
    return here;
  const address = finder.find(record.mac, record.target.scope);
  if (address === null || address === record.address || record.ended) return here;
  record.note('moved', `found again by its MAC at ${address}, was ${record.address}`);
  record.address = address;
  tellSite(address, record.target.hint.site, context);
  return (await sight()) ?? silent;
}

async function lookOnce(record: PhoneRecord, withSettings: boolean, { context }: JourneyTools): Promise<Sighting> {
  try {
    const seen = await context.phones.visit(record.address, (visit) => visit.look(withSettings));
    if (!record.ended) noteLook(record, seen);
    if (seen.kind === 'not-a-phone') return { kind: 'unreadable', why: seen.detail };
    if (seen.kind === 'unreadable') return { kind: 'unreadable', why: seen.failure.message };
    if (seen.facts.mac === null) return { kind: 'unreadable', why: 'it shows no MAC' };
    return seen.facts.mac === record.mac
      ? { kind: 'phone', facts: seen.facts }
      : { kind: 'other-phone', mac: seen.facts.mac };
  } catch (error) {
    if (!isTransportError(error)) throw error;
    return { kind: 'silent', why: error.message };
  }
}

/** Reads back a post whose effect was not seen at the time. True: the record has its outcome. */
function readBack(record: PhoneRecord, written: WrittenStep, { settings, softwareVersion }: PhoneFacts): boolean {
  const wanted = Object.entries(written.step.set) as [keyof WrittenStep['step']['set'], string][];
  const before = written.baseline.settings;
  // A phone that has moved on (no form any more) has shown that it took the settings.
  if (!settings || !before) return false;
  // So has one on other firmware, whoever has written its settings since; what it runs says more than they do.
  if (softwareVersion !== null && !runsLoad(written.baseline, softwareVersion)) return false;
  const rules = wanted.filter(([field]) => field !== 'authorizationType');
  if (rules.every(([field, value]) => settings[field] === value)) {
    written.unread = false;
    record.note('read-back', 'The settings are as sent.');
    return false;
  }
  // It was told in a way that need not have left a setting behind by now: the old ones disprove nothing.
  if (written.changes.length === 0) return false;
  if (!rules.every(([field]) => settings[field] === before[field])) {
    record.advance(
      'seen-failed',
      failure('write-differs', 'Read back later, the settings are neither as before nor as sent.'),
    );
    return true;
  }
  record.changes = record.changes.filter((change) => !written.changes.includes(change));
  record.advance(
    'seen-failed',
    failure('write-ignored', 'The post was not answered, and read back later the settings are as before.'),
  );
  return true;
}

function atDeadline(
  record: PhoneRecord,
  written: WrittenStep,
  { sighting: last, observation }: { sighting: Sighting; observation: Observation },
  stopping: boolean,
  { profile, context }: JourneyTools,
): void {
  if (stopping) return record.advance('deadline-unseen', failure('stopped-watching'));
  const limit = formatDuration(
    written.step.load === null ? profile.timing.authorizeDeadline : profile.timing.upgradeDeadline,
  );
  if (last.kind === 'phone' && record.state !== 'verifying')
    return record.advance(
      'deadline-seen',
      written.step.load === null
        ? notAuthorized(observation, limit)
        : seenAtDeadline(last, limit, context.phones.words.isUpgrading),
    );
  const why: Failure =
    last.kind === 'other-phone'
      ? failure('identity-lost', `After ${limit}, ${last.mac ?? 'another phone'} answers at ${record.address}.`)
      : failure(
          'not-seen-again',
          `Not seen again within ${limit} (last: ${last.kind === 'phone' ? 'seen once on its load' : last.why}).`,
        );
  record.advance('deadline-unseen', why);
}

function notAuthorized({ evidence }: Observation, limit: string): Failure {
  const row =
    evidence?.kind === 'authorization-row' ? ` What it shows is neither a yes nor a known no: ${evidence.text}` : '';
  return failure('not-authorized', `No word of an authorization within ${limit}.${row}`);
}

function seenAtDeadline(
  { facts }: Extract<Sighting, { kind: 'phone' }>,
  limit: string,
  isUpgrading: (text: string) => boolean,
): Failure {
  const status = facts.upgradeStatus ?? '';
  const says =
    status === '' ? '' : ` and shows "${status}"${isUpgrading(status) ? ' as if it were still under way' : ''}`;
  return failure('still-on-old-firmware', `After ${limit} it still runs ${facts.softwareVersion}${says}.`);
}
