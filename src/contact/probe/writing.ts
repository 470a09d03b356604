import { type PhoneFacts, settingLabels, type SettingName, settingNames } from '../../domain/phone/facts.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { disagreementText } from '../../domain/phone/cross-check.js';
import { methodName, needsNoForm, usualWriteMethods, writeMethods } from '../../domain/plan/write-methods.js';
import { readJsonTab } from '../../pages/admin/json-tab.js';
import { readAllFields } from '../../pages/upgrade-form/read.js';
import { readShellForm } from '../../pages/upgrade-form/shell-form.js';
import { type ShownText, traceTab, traceUpgradeForm } from '../../pages/trace/where-read.js';
import type { AdminView } from '../../phones/multiplatform/admin-view.js';
import { triesFor } from '../../phones/multiplatform/tries.js';
import type { Encounter } from '../meet/encounter.js';
import { hideSecrets } from './hide-secrets.js';
import type { ProbeForm, ProbeMethod, ProbeSetting } from './probe-report.js';

const mostShown = 200;

/** The three settings with their controls. */
export function settingsShown(
  facts: PhoneFacts,
  encounter: Encounter,
  { multiplatform }: PhoneProfiles,
): ProbeSetting[] {
  const { view } = encounter;
  if (!view || facts.settings === null) return [];
  const texts = labelTexts(view, encounter);
  return settingNames.map((setting) => {
    const control = view.form?.[setting] ?? null;
    const value = facts.settings?.[setting] ?? null;
    const offered = setting === 'authorizationType' ? (facts.settings?.authorizationTypesOffered ?? []) : [];
    return {
      setting,
      value: value === null ? null : brief(hideSecrets(value)),
      label: texts.find(({ field }) => field === setting)?.name ?? null,
      control: control?.name ?? null,
      options: value === null ? [] : offered,
    };
  });

  function labelTexts(of: AdminView, { readings }: Encounter): ShownText[] {
    if (of.shape === 'html') return traceUpgradeForm(of.page.body, multiplatform);
    const { jsonTabs } = multiplatform;
    const tab = readings.findLast(({ asked }) => asked.includes(encodeURIComponent(jsonTabs.provisioning)));
    return traceTab(readJsonTab(tab?.got?.body ?? '', jsonTabs) ?? [], multiplatform).filter(isSetting);
  }
}

function isSetting({ field }: ShownText): boolean {
  return settingNames.some((name: SettingName) => name === field);
}

function brief(text: string): string {
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}

/** The form that would be posted, with what always goes along. */
export function formShown(view: AdminView | null, { multiplatform }: PhoneProfiles): ProbeForm | null {
  if (!view?.form) return null;
  const { action, method, enctype } = view.form;
  const hidden =
    view.shape === 'json'
      ? (readShellForm(view.page.body)?.hidden ?? [])
      : readAllFields(view.page.body, multiplatform).filter(({ type, password }) => type === 'hidden' && !password);
  return {
    page: view.page.path,
    action,
    method,
    encoding: enctype === '' ? 'application/x-www-form-urlencoded' : enctype,
    hidden: hidden.map(({ name, value }) => ({ name, characters: value.length })),
  };
}

/** Every write method in its order, and whether it is open to this phone. */
export function methodsShown(view: AdminView, { multiplatform }: PhoneProfiles): ProbeMethod[] {
  const isWhole =
    view.form !== null &&
    (view.shape === 'json'
      ? readShellForm(view.page.body) !== null
      : readAllFields(view.page.body, multiplatform).length > 0);
  return triesFor(writeMethods, null, view.referer).map((one): ProbeMethod => {
    const method = methodName(one);
    const later = one.after === undefined ? '' : whenLater[one.after];
    if (needsNoForm(one.way)) {
      const usual = usualWriteMethods.includes(one.way);
      return {
        method,
        possible: usual ? 'yes' : 'if-allowed',
        why: `needs no form, but a migration profile that lists it under "ways"${later}`,
      };
    }
    if (view.form === null) return { method, possible: 'no', why: 'no form was found for certain' };
    if (one.way === 'full-form' && !isWhole)
      return { method, possible: 'no', why: 'the page does not show the whole form' };
    const what =
      one.way === 'full-form' ? 'all fields of the form as a browser would post them' : 'only the fields that change';
    return { method, possible: 'yes', why: `posts ${what}${later}` };
  });
}

const whenLater = {
  forbidden: '; tried only after the same without a Referer was forbidden (403)',
  ignored: '; tried only after the same without a Referer had no effect',
} as const;

/** What keeps a run from writing to this phone, as far as the phone itself tells. */
export function missingForWrite(facts: PhoneFacts, view: AdminView | null): string[] {
  if (facts.family === 'enterprise')
    return [
      'It runs Enterprise firmware, which has no page to write to: Unified CM moves it (docs/knowledge/migration-guide.md).',
    ];
  const missing: string[] = [];
  if (facts.mac === null) missing.push('Its page shows no MAC, or several: a phone is only written to by its MAC.');
  if (facts.settingsProblem !== null) missing.push(`${facts.settingsProblem.code}: ${facts.settingsProblem.message}`);
  else if (facts.settings === null)
    missing.push('fields-missing: the Firmware Upgrade section was not found for certain.');
  const { settings } = facts;
  if (settings !== null)
    for (const name of settingNames)
      if (settings[name] === null)
        missing.push(`The page has no field for the ${settingLabels[name]}; what does not set it can still be done.`);
  if (view === null && facts.settingsProblem === null)
    missing.push(`It was read from ${facts.readFrom}, which cannot be written to.`);
  if (facts.busy) missing.push('A call is up; a run waits until it has ended.');
  const { disagreements = [], another } = facts.witnesses ?? {};
  if (disagreements.length > 0) missing.push(`witnesses-disagree: ${disagreementText(disagreements)}`);
  if (another !== undefined) missing.push(`Another phone (${another}) answered at the address in between.`);
  return missing;
}
