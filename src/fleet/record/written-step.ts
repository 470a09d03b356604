import { type PhoneFacts, ruleNames } from '../../domain/phone/facts.js';
import type { Change, PlanStep } from '../../domain/plan/plan.js';
import type { TriedMethod } from '../../domain/plan/write-methods.js';
import { runsLoad } from '../../domain/plan/target.js';

/** A step that was posted, and what watching it needs to know. */
export interface WrittenStep {
  step: PlanStep;
  /** The phone as it was read in the same session, just before the first post. */
  baseline: PhoneFacts;
  authorizationUrl: string | null;
  /** What was sent; empty if the write method leaves no setting behind. */
  changes: readonly Change[];
  /** Of a load on Unified CM: its *Load Server* from before as an element, `null` where there was none. Absent: it is not changed. */
  loadServerBefore?: string | null;
  /** The write methods tried so far. */
  tried: readonly TriedMethod[];
  /** Another write method is left, should the phone show that it took nothing. */
  more: boolean;
  /** The phone has not yet been read with the settings that were sent. */
  unread: boolean;
  /** When it was written last (ms since the epoch). */
  writtenAt: number;
  /** It was seen running its load once; the next such look proves the step. */
  seenOnLoad: boolean;
  /** It has said since the write that it is upgrading. */
  seenUpgrading: boolean;
}

/** All changes sent to a phone, each once: sending the same by another write method adds none. */
export function withSent(known: readonly Change[], changes: readonly Change[]): Change[] {
  const isKnown = (change: Change): boolean =>
    known.some(({ field, from, to }) => field === change.field && from === change.from && to === change.to);
  return [...known, ...changes.filter((change) => !isKnown(change))];
}

/**
 * What a phone's settings say when read some time after a post: they are those that were `sent`, those from `before`, `neither` (it may be
 * half-way), or they say `nothing`.
 */
export type SettingsAfter = 'sent' | 'before' | 'neither' | 'nothing';

/** Compares what a phone shows now with what it showed before the post and with what was posted. */
export function settingsAfter(
  { step, baseline, changes }: Pick<WrittenStep, 'step' | 'baseline' | 'changes'>,
  { settings, softwareVersion }: Pick<PhoneFacts, 'settings' | 'softwareVersion'>,
): SettingsAfter {
  const before = baseline.settings;
  // A phone that has moved on and no longer shows a form says more by its firmware than by its settings.
  if (!settings || !before) return 'nothing';
  // So does one on other firmware; its settings may have been written by something else since.
  if (softwareVersion !== null && !runsLoad(baseline, softwareVersion)) return 'nothing';
  const rules = ruleNames.filter((field) => step.set[field] !== undefined);
  if (rules.every((field) => settings[field] === step.set[field])) return 'sent';
  // The write method leaves no setting behind, so the old ones disprove nothing.
  if (changes.length === 0) return 'nothing';
  return rules.every((field) => settings[field] === before[field]) ? 'before' : 'neither';
}
