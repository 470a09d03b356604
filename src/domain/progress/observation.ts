import type { EvidenceKind } from '../plan/migration-profile.js';
import { newRows } from './new-rows.js';
import type { FirmwareFamily } from '../firmware/load.js';
import type { AuthorizationRow, PhoneFacts } from '../phone/facts.js';
import type { PlanStep } from '../plan/plan.js';
import { runsLoad } from '../plan/target.js';
import { failure } from '../failures/failure-codes.js';
import type { Failure, Note } from '../failures/failure.js';
import type { StateEvent } from './state.js';

/** What one look at a phone's address showed, after a write. */
export type Sighting =
  | ({ kind: 'silent'; why: string } & SeenByUcm)
  /** Something answers, but not as this phone or not readably: rebooting, converted with its web server off, or another phone. */
  | ({ kind: 'unreadable'; why: string } & SeenByUcm)
  | { kind: 'other-phone'; mac: string | null }
  /**
   * `by` whom it was seen, where that was not the phone's own page: `Unified CM`. `notRegistered`: what is lacking where Unified CM has to see
   * it registered, too.
   */
  | { kind: 'phone'; facts: PhoneFacts; by?: string; notRegistered?: Failure };

/** What Unified CM says of a phone that cannot be read itself. */
interface SeenByUcm {
  /** It has answered, and does not see it registered. */
  isUnregistered?: boolean;
}

/** How a phone's status texts read; the patterns are profile data. */
export interface StatusWords {
  isUpgrading(text: string): boolean;
  isUpgradeFailure(text: string): boolean;
  isAuthorized(row: AuthorizationRow): boolean;
  /** The meaning of a row that is neither is not known: it is noted, and the watch goes on. */
  isAuthorizationFailure(row: AuthorizationRow): boolean;
  /** The time in a text, to be compared with others of the same phone; `null` if none can be read. */
  timeIn(text: string): number | null;
  /** The text without any time in it. */
  withoutTimes(text: string): string;
}

/** What the watch of a step knows from before. */
export interface Watched {
  step: PlanStep;
  /** The phone as it was read just before the write. */
  baseline: PhoneFacts;
  /** The authorization rule as the phone expands it; its status rows show it so. */
  authorizationUrl: string | null;
  familyAfter: FirmwareFamily;
  /** What later steps of the plan lead to: a phone may be led there by something else meanwhile. */
  later?: readonly { family: FirmwareFamily; load: string }[];
  accepted: readonly EvidenceKind[];
  /** It was already seen on the load once: the next such look proves it (phones may restart twice after an upgrade). */
  seenOnLoad: boolean;
}

/** What a sighting means for the step: the event for the state table, what is noted as evidence, the failure if it is one. */
export interface Observation {
  event: StateEvent;
  evidence?: Note;
  failure?: Failure;
}

/**
 * Reads a sighting by the ladder of evidence (docs/knowledge/conversion.md#what-proves-success). Silence and the form's own select never
 * prove anything.
 */
export function observe(watched: Watched, sighting: Sighting, words: StatusWords): Observation {
  if (sighting.kind !== 'phone') return { event: 'went-silent' };
  const { facts } = sighting;
  const rows = rowsForUs(watched, facts, words);
  const refused = rows.find((row) => words.isAuthorizationFailure(row));
  const granted = rows.find((row) => words.isAuthorized(row));
  if (watched.step.load !== null) {
    const onLoad = observeLoad(watched, watched.step.load, sighting);
    if (onLoad) return onLoad;
  } else {
    const proof = observeAuthorization(watched, facts, granted);
    if (proof) return proof;
  }
  if (refused && !granted) {
    return {
      event: 'seen-failed',
      evidence: { kind: 'authorization-row', text: refused.text },
      failure: failure('authorization-failed', `The phone says: ${refused.text}`),
    };
  }
  const bad = newTexts(watched.baseline, facts, words).find((text) => words.isUpgradeFailure(text));
  if (bad !== undefined && watched.step.load !== null) {
    return {
      event: 'seen-failed',
      evidence: { kind: 'upgrade-status', text: bad },
      failure: failure('upgrade-failed', `The phone says: ${bad}`),
    };
  }
  const busyUpgrading = [facts.upgradeStatus ?? '', ...newTexts(watched.baseline, facts, words)].find((text) =>
    words.isUpgrading(text),
  );
  if (busyUpgrading !== undefined)
    return { event: 'seen-upgrading', evidence: { kind: 'upgrade-status', text: busyUpgrading } };
  const told = granted ?? rows[0];
  return {
    event: 'seen-answering',
    ...(told ? { evidence: { kind: 'authorization-row', text: told.text } } : {}),
  };
}

function observeLoad(
  watched: Watched,
  load: string,
  { facts, by, notRegistered }: Extract<Sighting, { kind: 'phone' }>,
): Observation | null {
  const { baseline, familyAfter, seenOnLoad, later = [] } = watched;
  const version = facts.softwareVersion ?? 'no version shown';
  const text =
    by === undefined ? `answers as ${facts.family} with ${version}` : `is registered with ${by}, on ${version}`;
  const evidence = { kind: 'phone-on-load', text };
  if (
    [{ family: familyAfter, load }, ...later].some((one) => facts.family === one.family && runsLoad(facts, one.load))
  ) {
    return {
      event:
        seenOnLoad && !notRegistered && watched.accepted.includes('phone-on-load') ? 'step-proven' : 'seen-on-load',
      evidence,
    };
  }
  if (facts.softwareVersion === null || facts.family === 'transition') return null;
  // As before: pages of one phone may spell the same load differently.
  if (facts.family === baseline.family && runsLoad(baseline, facts.softwareVersion)) return null;
  return { event: 'seen-failed', evidence, failure: failure('wrong-load', `It ${text}; the plan says ${load}.`) };
}

function observeAuthorization(
  watched: Watched,
  facts: PhoneFacts,
  granted: AuthorizationRow | undefined,
): Observation | null {
  if (granted && watched.accepted.includes('authorization-row')) {
    return { event: 'step-proven', evidence: { kind: 'authorization-row', text: granted.text } };
  }
  const shown = facts.transitionAuthorizationType?.trim() ?? '';
  // Only a row that existed and was empty can have been filled by this write, and only with the type that was set.
  const wasEmpty = watched.baseline.transitionAuthorizationType?.trim() === '';
  const wanted = watched.step.set.authorizationType?.trim().toLowerCase();
  const isOurs = shown !== '' && shown.toLowerCase() === wanted;
  if (wasEmpty && isOurs && watched.accepted.includes('authorization-type-shown')) {
    return {
      event: 'step-proven',
      evidence: { kind: 'authorization-type-shown', text: `Product Information shows ${shown}` },
    };
  }
  return null;
}

/** Authorization rows for our URL that have come since the write. */
function rowsForUs({ baseline, authorizationUrl }: Watched, facts: PhoneFacts, words: StatusWords): AuthorizationRow[] {
  if (authorizationUrl === null) return [];
  const come = newRows(baseline.authorizationRows, facts.authorizationRows, {
    text: ({ text }) => text,
    key: ({ code, url, message }) => JSON.stringify([code, url, message]),
    time: ({ at }) => words.timeIn(at),
  });
  return come.filter(({ url }) => url === authorizationUrl);
}

/** Whether a phone says that it is upgrading, and did not say so in the same words before the write. */
export function saysThatItUpgrades(baseline: PhoneFacts, facts: PhoneFacts, words: StatusWords): boolean {
  return newTexts(baseline, facts, words).some((text) => words.isUpgrading(text));
}

/** Upgrade status texts that have come since the write: the rows first, as they say why, then the status. */
function newTexts(baseline: PhoneFacts, facts: PhoneFacts, words: StatusWords): string[] {
  const rows = newRows(baseline.firmwareUpgradeRows, facts.firmwareUpgradeRows, {
    text: (row) => row,
    key: (row) => words.withoutTimes(row),
    time: (row) => words.timeIn(row),
  });
  const status = facts.upgradeStatus ?? '';
  const isNew = words.withoutTimes(status) !== words.withoutTimes(baseline.upgradeStatus ?? '');
  return [...rows, ...(isNew ? [status] : [])].filter((text) => text !== '');
}
