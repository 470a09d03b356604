import { formatDuration } from '../../domain/text/duration.js';
import { failure } from '../../domain/failures/failure-codes.js';
import type { Timing } from '../../domain/plan/migration-profile.js';
import type { Observation, Sighting } from '../../domain/progress/observation.js';
import { familyAfter } from '../../domain/plan/target.js';
import type { Failure } from '../../domain/failures/failure.js';
import { unknownDownload } from '../unified-cm/facts.js';
import { withFetched } from './fetched.js';
import { patienceOf } from './another-method.js';
import type { SettingsAfter, WrittenStep } from '../record/written-step.js';
import type { UpgradeTools } from '../context.js';
import type { PhoneRecord } from '../record/phone-record.js';
import { idleAgain } from '../record/snapshot.js';

/** How a phone under way was seen last. */
export interface LastSight {
  sighting: Sighting;
  observation: Observation;
  /** What its settings said about the write. */
  holds: SettingsAfter;
  /** The run is being stopped: the phone's own time is not up. */
  stopping: boolean;
  /** What the file server saw it fetch since the write, as a sentence; `null`: not known. */
  fetched: string | null;
  /** Why its phone load from before could not be put back on Unified CM; `null`: nothing of ours is left there. */
  left: string | null;
}

/** Whether a phone may be taking the load that Unified CM names: it says so, or Unified CM shows what nobody knows the meaning of. */
export function mayBeTaking({ step }: WrittenStep, sighting: Sighting, { event }: Observation): boolean {
  if (step.step !== 'load' || sighting.kind !== 'phone') return false;
  return event === 'seen-upgrading' || sighting.facts.upgradeStatus === unknownDownload;
}

/** The failure of a phone with what is left of it on Unified CM: a resume puts that back. */
export function withLeft(why: Failure, left: string | null): Failure {
  if (left === null) return why;
  return failure('ucm-load-left', `${why.message} Its phone load could not be put back on Unified CM: ${left}`);
}

/** From a step's post to the end of its watch (ms). */
export function deadlineOf({ step }: Pick<WrittenStep, 'step'>, timing: Timing): number {
  return step.load === null ? timing.authorizeDeadline : timing.upgradeDeadline;
}

/**
 * Ends a watch at its deadline. A phone that is seen is known not to be where it should be: `failed`, with what it shows. Nothing is known
 * of a phone that is not seen: `unverified`, with a code for how it vanished. So is one that may still take what it was sent, and one that
 * says nothing about its license, as phones fetch it when they choose.
 */
export function endAtDeadline(record: PhoneRecord, written: WrittenStep, last: LastSight, tools: UpgradeTools): void {
  if (last.stopping) return record.advance('deadline-unseen', failure('stopped-watching'));
  const limit = formatDuration(deadlineOf(written, tools.profile.timing));
  const { sighting, holds, fetched } = last;
  const end = (event: 'deadline-seen' | 'deadline-unseen', failure: Failure): void =>
    record.advance(event, withLeft(withFetched(failure, fetched), last.left));
  const patience = patienceOf(written, tools.profile.timing);
  if (holds === 'before' && tools.context.clock.monotonic() < record.sentAt + patience)
    return end(
      'deadline-unseen',
      failure(
        'not-taken-yet',
        `After ${limit} its settings are still those from before the write; for up to ${formatDuration(patience)} it may still take them.`,
      ),
    );
  const tookIt = holds !== 'before' && holds !== 'neither';
  if (mayBeTaking(written, sighting, last.observation)) {
    const says =
      last.observation.event === 'seen-upgrading'
        ? 'it still says that it is upgrading'
        : `Unified CM shows ${unknownDownload}, so it may be taking its load still`;
    return end('deadline-unseen', failure('still-upgrading', `After ${limit} ${says}.`));
  }
  if (sighting.kind === 'phone' && sighting.notRegistered && last.observation.event === 'seen-on-load')
    end('deadline-unseen', { ...sighting.notRegistered, message: `After ${limit}: ${sighting.notRegistered.message}` });
  else if (sighting.kind === 'phone' && written.step.load === null && tookIt)
    end('deadline-unseen', notAuthorized(last.observation, limit));
  else if (sighting.kind === 'phone') end('deadline-seen', whatItShows(sighting, last, written, limit, tools));
  else end('deadline-unseen', howItVanished(record, sighting, written, limit, tools));
}

function whatItShows(
  { facts }: Extract<Sighting, { kind: 'phone' }>,
  { holds }: LastSight,
  { step, more }: WrittenStep,
  limit: string,
  { context }: UpgradeTools,
): Failure {
  if (holds === 'before')
    return failure('write-ignored', `After ${limit} its settings are still those from before the write.`);
  if (holds === 'neither')
    return failure(
      'write-differs',
      `After ${limit} its settings are neither those from before the write nor those sent.`,
    );
  if (step.step === 'load' && more)
    return failure(
      'ucm-answer-lost',
      `After ${limit} it still runs ${facts.softwareVersion}; whether Unified CM had taken its load is not known, and it has it no longer.`,
    );
  const status = facts.upgradeStatus ?? '';
  const underWay = context.phones.words.isUpgrading(status) ? ' as if it were still under way' : '';
  const says = status === '' ? '' : ` and shows "${status}"${underWay}`;
  return failure('still-on-old-firmware', `After ${limit} it still runs ${facts.softwareVersion}${says}.`);
}

function notAuthorized({ evidence }: Observation, limit: string): Failure {
  const row =
    evidence?.kind === 'authorization-row' ? ` What it shows is neither a yes nor a known no: ${evidence.text}` : '';
  return failure('not-authorized', `The phone reported no authorization within ${limit}.${row}`);
}

/** Grades a phone that is not seen: silence is the usual end only on the way to Enterprise and after a sign of the upgrade. */
function howItVanished(
  { address, evidence }: PhoneRecord,
  last: Exclude<Sighting, { kind: 'phone' }>,
  { step, seenUpgrading, seenOnLoad, unread }: WrittenStep,
  limit: string,
  { profile }: UpgradeTools,
): Failure {
  const sign = seenOnLoad ? 'it ran its load once' : seenUpgrading ? 'it said that it was upgrading' : null;
  const wasIdle = evidence.some(({ kind }) => kind === idleAgain);
  const without = wasIdle
    ? 'It sat idle on its old firmware, then stopped responding'
    : 'It vanished before it said that it was upgrading';
  switch (last.kind) {
    case 'other-phone':
      return failure(
        'identity-lost',
        `After ${limit}, ${last.mac ?? 'another phone'} answers at ${address}.${unread ? ' It may have received what was sent, as this phone was not seen to have it.' : ''}`,
      );
    case 'unreadable':
      if (last.isUnregistered === true) return leftForUcm(without, sign, limit);
      return failure(
        'not-recognized',
        `After ${limit} what answers at ${address} cannot be read as this phone (${last.why}).`,
      );
    case 'silent': {
      if (last.isUnregistered === true) return leftForUcm(without, sign, limit);
      const story = `${sign === null ? without : `After the write ${sign}, then it vanished`}; not seen again within ${limit} (last: ${last.why}).`;
      const isUsual = sign !== null && familyAfter(profile, step) === 'enterprise';
      return failure(isUsual ? 'silent-after-upgrading' : 'silent', story);
    }
  }
}

/** A phone that has left its Multiplatform firmware and was not seen by Unified CM. @param sign of its upgrade; `null`: none */
function leftForUcm(without: string, sign: string | null, limit: string): Failure {
  const story = sign === null ? without : `After the write ${sign}, then it vanished`;
  return failure('not-registered', `${story}; not registered with Unified CM within ${limit}.`);
}
