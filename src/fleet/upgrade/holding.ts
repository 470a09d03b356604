import type { PhoneFacts, SettingName } from '../../domain/phone/facts.js';
import { runsLoad } from '../../domain/plan/planning.js';
import type { WrittenStep } from '../record/written-step.js';

/**
 * What a phone's settings say of a post, read at some later time: it holds what was `sent`; what it held `before`; `neither`, which may be
 * half-way; or `nothing` can be said.
 */
export type Holding = 'sent' | 'before' | 'neither' | 'nothing';

/** Compares what a phone shows now with what it showed before the post and with what was posted. */
export function holding(
  { step, baseline, changes }: Pick<WrittenStep, 'step' | 'baseline' | 'changes'>,
  { settings, softwareVersion }: Pick<PhoneFacts, 'settings' | 'softwareVersion'>,
): Holding {
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
