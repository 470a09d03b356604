import type { Account, MultiplatformPages } from '../../domain/phone/page-profile.js';
import { attribute } from '../markup/dom.js';
import { controlValue } from '../markup/controls.js';
import { describePage } from './page-kind.js';
import { type LabeledForm, mayAskForPassword, passwordForm } from './labeled-form.js';
import { labelIndexOf } from '../../domain/phone/labels.js';

/** The form of 12.x that asks for the first passwords to be set (docs/knowledge/multiplatform-access.md#accounts-and-passwords). */
export interface SetPasswordForm extends Pick<LabeledForm, 'action' | 'method' | 'enctype' | 'others'> {
  /** Every field to fill in, new and confirmed, by the account it is for. */
  fields: { account: Account; name: string; /** Characters it takes. */ maxLength: number }[];
}

export type SetPasswordReading = { form: SetPasswordForm } | { unclear: string };

/**
 * Reads the Set Password page by its labels. A field that is not known, one that holds something already, or a form that would put
 * passwords into the URL makes it unclear. `null` for any other page. Never throws.
 */
export function readSetPasswordForm(body: string, profile: MultiplatformPages): SetPasswordReading | null {
  if (!mayAskForPassword(body) || describePage(body, profile).signIn !== 'set-password') return null;
  const form = passwordForm(body, profile);
  if (!form) return { unclear: 'there is no form, or more than one, with password fields' };
  if (form.method !== 'post') return { unclear: 'it would put the passwords into the URL' };
  const accounts = labelIndexOf(profile.signIn.setPasswordLabels);
  const fields: SetPasswordForm['fields'] = [];
  for (const { element, name, type, labels } of form.controls) {
    const found = new Set(labels.map((label) => accounts.find(label)).filter((account) => account !== undefined));
    const [account] = found;
    const label = (labels[0] ?? 'no label').slice(0, 60);
    if (!account || found.size > 1 || name === '') return { unclear: `it has a field that is not known (${label})` };
    if (type !== 'password' && type !== 'text') return { unclear: `${label} is not a text field` };
    if (controlValue(element) !== '') return { unclear: `${label} holds something already` };
    fields.push({ account, name, maxLength: lengthOf(attribute(element, 'maxlength')) });
  }
  if (new Set(fields.map(({ name }) => name)).size < fields.length) return { unclear: 'two fields have one name' };
  if (!fields.some(({ account }) => account === 'admin')) return { unclear: 'it does not ask for the admin password' };
  const { action, method, enctype, others } = form;
  return { form: { action, method, enctype, others, fields } };
}

function lengthOf(text: string | undefined): number {
  return text !== undefined && /^\s*[1-9]\d{0,6}\s*$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
}
