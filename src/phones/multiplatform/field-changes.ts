import { ruleNames, type SettingName, settingNames, type UpgradeSettings } from '../../domain/phone/facts.js';
import type { FormChange, FormValues } from '../../domain/plan/plan.js';
import type { SelectField, TextField, UpgradeForm } from '../../pages/upgrade-form/read.js';
import { labelOf } from './facts.js';
import type { Pair } from './form-body.js';

/** What to post to set a step's values, and what that changes. */
export interface FieldChanges {
  changes: FormChange[];
  pairs: Pair[];
}

/**
 * The form's field for each value of a step, with the form's own option. Fields that hold the value already are left out, except the type,
 * which is sent whenever the authorization rule is, as the conversion guide asks. `null` when a field or an option is missing.
 */
export function fieldChanges(form: UpgradeForm, set: FormValues): FieldChanges | null {
  const changes: FormChange[] = [];
  const pairs: Pair[] = [];
  const add = (field: SettingName, name: string, from: string, to: string, posted: string, always: boolean): void => {
    if (from === to && !always) return;
    if (from !== to) changes.push({ field, from, to });
    pairs.push({ name, value: posted });
  };
  for (const field of ruleNames) {
    const wanted = set[field];
    if (wanted === undefined) continue;
    const control: TextField | null = form[field];
    if (!control) return null;
    add(field, control.name, control.value, wanted, wanted, false);
  }
  if (set.authorizationType !== undefined) {
    const select = form.authorizationType;
    const option = select && optionFor(select, set.authorizationType);
    if (!select || !option) return null;
    const current = labelOf(select.value, select.options);
    add('authorizationType', select.name, current, option.label, option.value, set.authorizationRule !== undefined);
  }
  return { changes, pairs };
}

/** The select's option for a type, by text or by value: either may be the word. */
function optionFor(select: SelectField, type: string): SelectField['options'][number] | undefined {
  const wanted = type.trim().toLowerCase();
  const by = (key: 'label' | 'value'): SelectField['options'] =>
    select.options.filter((option) => option[key].trim().toLowerCase() === wanted);
  const [byLabel, byValue] = [by('label'), by('value')];
  return byLabel.length === 1 ? byLabel[0] : byLabel.length === 0 && byValue.length === 1 ? byValue[0] : undefined;
}

/** What a step changes in the settings shown, for write methods that need no form. `null` when one of them is not shown. */
export function settingChanges(settings: UpgradeSettings, set: FormValues): FormChange[] | null {
  const changes: FormChange[] = [];
  for (const field of settingNames) {
    const to = set[field];
    if (to === undefined) continue;
    const from = settings[field];
    if (from === null) return null;
    const isSame = field === 'authorizationType' ? sameWord(from, to) : from === to;
    if (!isSame) changes.push({ field, from, to });
  }
  return changes;
}

/** The settings after a write: all as sent, all as before, or neither. */
export function readBackResult(
  changes: readonly FormChange[],
  settings: UpgradeSettings,
): 'as-sent' | 'as-before' | 'neither' {
  const holds = (field: SettingName, value: string): boolean => {
    const now = settings[field];
    return now !== null && (field === 'authorizationType' ? sameWord(now, value) : now === value);
  };
  if (changes.every(({ field, to }) => holds(field, to))) return 'as-sent';
  return changes.every(({ field, from }) => holds(field, from)) ? 'as-before' : 'neither';
}

function sameWord(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
