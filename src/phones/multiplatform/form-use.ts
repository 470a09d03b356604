import { failure } from '../../domain/failures/failure-codes.js';
import type { UpgradeSettings } from '../../domain/phone/facts.js';
import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import type { Failure } from '../../domain/failures/failure.js';
import { brief } from '../../pages/markup/text.js';
import type { UpgradeForm, UpgradeReading } from '../../pages/upgrade-form/read.js';
import { formTarget, isKnownEncoding } from './form-body.js';
import { settingsOf } from './facts.js';

/** What may be done with a form. */
export interface FormUse {
  /** `null` where it is missing, unclear, or must not be posted. */
  form: UpgradeForm | null;
  settings: UpgradeSettings | null;
  /** Why it must not be posted, where that is known. */
  problem: Failure | null;
}

/** Where a page came from. */
export interface PagePlace {
  path: string;
  /** Where the phone is spoken to: a form may name its own address. */
  origin: string;
}

/**
 * Judges a form before anything is planned for it. Unclear fields count as missing. The settings in a form with an action that no phone is
 * known to use are read, but it is not posted.
 */
export function formUse({ form, oddity }: UpgradeReading, place: PagePlace, profile: MultiplatformPages): FormUse {
  if (oddity?.about === 'fields')
    return { form: null, settings: null, problem: failure('fields-unclear', `${place.path}: ${oddity.text}.`) };
  if (!form) return { form: null, settings: null, problem: null };
  const trouble = oddity?.text ?? oddTarget(form, place, profile);
  if (trouble === null) return { form, settings: settingsOf(form), problem: null };
  return {
    form: null,
    settings: { ...settingsOf(form), withoutForm: true },
    problem: failure('form-unknown', `${place.path}: ${trouble}.`),
  };
}

/** What is odd about where and how a form posts; `null` when nothing is. */
function oddTarget(
  { action, method, enctype }: Pick<UpgradeForm, 'action' | 'method' | 'enctype'>,
  { path, origin }: PagePlace,
  { firmwareUpgrade }: MultiplatformPages,
): string | null {
  const shown = brief(action, 100);
  if (method !== 'post') return `its form would be sent by ${brief(method, 20)} to "${shown}"`;
  const target = formTarget(action, path, origin);
  if (target === null) return `its form posts to "${shown}", which is not on this phone`;
  if (!firmwareUpgrade.formPaths.includes(target))
    return `its form posts to "${shown}" (${brief(target, 100)}), where no form of a phone is known to post`;
  return isKnownEncoding(enctype) ? null : `its form has the encoding "${brief(enctype, 60)}"`;
}
