import type { PhoneFacts, SettingName } from '../../domain/phone/facts.js';
import type { Change, PlanStep } from '../../domain/plan/plan.js';
import type { TriedMethod } from '../../domain/plan/write-methods.js';
import { runsLoad } from '../../domain/plan/planning.js';

/** A step that was posted, and what its watch must know. */
export interface WrittenStep {
  step: PlanStep;
  /** The phone as it was read in the same session, just before the first post. */
  baseline: PhoneFacts;
  authorizationUrl: string | null;
  /** What was sent; empty where no setting was. */
  changes: readonly Change[];
  /** The ways in which it was sent so far. */
  tried: readonly TriedMethod[];
  /** Another way is left, should the phone show that it took nothing. */
  more: boolean;
  /** The phone was not seen to hold what was sent, yet. */
  unread: boolean;
  /** When it was written last (ms since the epoch). */
  writtenAt: number;
  /** It was seen on its load once; the next such look proves it. */
  seenOnLoad: boolean;
  /** It has said since that it was upgrading. */
  seenUpgrading: boolean;
}

/** All that was sent to a phone, once each: the same by another way is no further change. */
export function withSent(known: readonly Change[], changes: readonly Change[]): Change[] {
  const isKnown = (change: Change): boolean =>
    known.some(({ field, from, to }) => field === change.field && from === change.from && to === change.to);
  return [...known, ...changes.filter((change) => !isKnown(change))];
}

/**
 * What a phone's settings say of a post, read at some later time: it holds what was `sent`; what it held `before`; `neither`, which may be
 * half-way; or `nothing` can be said.
 */
export type SettingsAfter = 'sent' | 'before' | 'neither' | 'nothing';

/** Compares what a phone shows now with what it showed before the post and with what was posted. */
export function holding(
  { step, baseline, changes }: Pick<WrittenStep, 'step' | 'baseline' | 'changes'>,
  { settings, softwareVersion }: Pick<PhoneFacts, 'settings' | 'softwareVersion'>,
): SettingsAfter {
  const before = baseline.settings;
  // A phone that has moved on (no form any more) has taken the settings, and its firmware says more than they do.
  if (!settings || !before) return 'nothing';
  // So has one on other firmware, whoever has written its settings since.
  if (softwareVersion !== null && !runsLoad(baseline, softwareVersion)) return 'nothing';
  const rules = (Object.keys(step.set) as SettingName[]).filter((field) => field !== 'authorizationType');
  if (rules.every((field) => settings[field] === step.set[field])) return 'sent';
  // It was told in a way that leaves no setting behind: the old ones disprove nothing.
  if (changes.length === 0) return 'nothing';
  return rules.every((field) => settings[field] === before[field]) ? 'before' : 'neither';
}
