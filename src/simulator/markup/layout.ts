import type { Behavior } from '../behavior/behavior.js';
import { type Load, isAtLeast, parseLoad } from '../firmware.js';
import type { Model } from '../models.js';
import { hashText } from '../random.js';
import { type CatalogSection, type FormField, fieldFrom } from './form-field.js';
import { voiceTabs } from './catalog/tabs.js';
import { FIRMWARE_UPGRADE } from './catalog/provisioning.js';
import { infoTabs } from './layout-info.js';
import { type PlacedField, type Row, type Section, slot, type Tab } from './page-parts.js';
import type { Style } from './restyle.js';

/** Everything an admin page shows, before any markup. */
export interface Layout {
  title: string;
  tabs: Tab[];
  fields: PlacedField[];
  /** Hidden inputs of the main form. */
  hidden: { name: string; value: string }[];
  /** Which of them is the form token; null where there is none. */
  tokenName: string | null;
  /** Whether password fields show asterisks. */
  masked: boolean;
  /** Numbers that belong to no field, for commented-out markup. */
  unusedNames: string[];
}

/** What a layout depends on. */
export interface LayoutTraits extends Pick<
  Behavior,
  'transitionPage' | 'ruleLabel' | 'typeLabel' | 'selectPosts' | 'formToken' | 'passwordsShown' | 'oddForm'
> {
  model: Model;
  load: string;
  /** `CP-8841-3PCC`. */
  productName: string;
  /** Follows the usual title; empty but for hostile phones. */
  titleEnd: string;
  /** Field names depend on it, besides model and load; empty unless a phone gives its fields new names. */
  namesSeed: string;
  style: Style;
}

/** Those under Voice that a short page has. */
const SHORT_TABS = ['System', 'Provisioning', 'Ext 1'];

/** Puts together the admin page of a phone, all of it or a short one: tabs, sections, rows, field names. */
export function layoutFor(traits: LayoutTraits, short = false): Layout {
  const load = parseLoad(traits.load);
  const nextName = fieldNames(`${traits.model.model} ${traits.load}${traits.namesSeed}`);
  const fields: PlacedField[] = [];
  const tabs = voiceTabs(traits.model.lines, traits.model.attendant);
  const voice = (short ? tabs.filter(({ title }) => SHORT_TABS.includes(title)) : tabs).map((tab) => {
    const sections = tab.title === 'Provisioning' ? withFirmwareUpgrade(tab.sections, traits, load) : tab.sections;
    return {
      title: tab.title,
      sections: sections.map((section) => placeSection(tab.title, section, traits, fields, nextName)),
    };
  });
  const hidden = [
    { name: nextName(), value: '0' },
    { name: nextName(), value: 'admin' },
  ];
  const unusedNames = [nextName(), nextName(), nextName()];
  const token = traits.formToken === 'hidden' ? [{ name: tokenName(nextName()), value: slot('formToken') }] : [];
  return {
    title: `${traits.productName} Configuration Utility${traits.titleEnd}`,
    tabs: [...infoTabs({ model: traits.model, load }), ...voice],
    fields,
    hidden: [...hidden, ...token],
    tokenName: token[0]?.name ?? null,
    masked: traits.passwordsShown === 'masked',
    unusedNames,
  };
}

/** Whether the Firmware Upgrade section has the transition fields. */
function hasTransitionFields(
  { model, transitionPage }: Pick<LayoutTraits, 'model' | 'transitionPage'>,
  load: Load | null,
): boolean {
  return takesTransition(model, load) && (load?.family !== 'transition' || transitionPage === 'full');
}

/**
 * Whether a phone takes the transition settings: 7800 and 8800 from MPP 11.3(5), and the transition loads
 * (docs/knowledge/conversion.md#two-steps-as-a-public-tool-did-it).
 */
export function takesTransition(model: Model, load: Load | null): boolean {
  if (!model.enterprise || load === null) return false;
  return load.family === 'transition' || (load.family === 'multiplatform' && isAtLeast(load.version, 11, 3, 5));
}

function withFirmwareUpgrade(
  sections: readonly CatalogSection[],
  traits: LayoutTraits,
  load: Load | null,
): CatalogSection[] {
  const extra: string[] = [];
  if (hasTransitionFields(traits, load)) {
    extra.push(traits.ruleLabel, `${traits.typeLabel}{Classic|WxC}=Classic`);
    if (load !== null && isAtLeast(load.version, 12, 0, 2))
      extra.push('Transition Authorization Error Retry Delay=1800');
  }
  const upgrade = { title: FIRMWARE_UPGRADE.title, fields: [...FIRMWARE_UPGRADE.fields, ...extra] };
  return [...sections.slice(0, 2), upgrade, ...sections.slice(2)];
}

function placeSection(
  tab: string,
  section: CatalogSection,
  traits: LayoutTraits,
  fields: PlacedField[],
  nextName: () => string,
): Section {
  const rows: Row[] = section.fields.map((shorthand) => {
    const field = fieldFrom(shorthand);
    const active = section.title === FIRMWARE_UPGRADE.title ? activeField(field.label, traits) : null;
    const placed: PlacedField = {
      ...field,
      key: `${tab}/${section.title}/${active ?? field.label}`,
      name: (field.type === 'password' ? 'P' : '') + nextName(),
      active,
      posted: postedValues(field, active !== null && traits.selectPosts === 'index'),
    };
    fields.push(placed);
    return { kind: 'field', field: placed };
  });
  const help = HELP[section.title];
  if (help !== undefined) rows.push({ kind: 'help', text: help });
  return { title: section.title, rows };
}

/** Texts that name the labels of fields elsewhere, as help texts do. */
const HELP: Readonly<Record<string, string>> = {
  'Configuration Profile':
    'Profile Rule: path of the profile. For new firmware see Upgrade Rule under Firmware Upgrade; Transition Authorization Rule is explained there.',
  'CA Settings': 'Custom CA Rule uses the same syntax as Upgrade Rule.',
  'Firmware Upgrade':
    'Upgrade Rule: [--uid $id --pwd $pw]URL. Upgrade Enable: No keeps the Upgrade Rule from being evaluated.',
};

function activeField(label: string, traits: LayoutTraits): PlacedField['active'] {
  if (label === 'Upgrade Rule') return 'upgradeRule';
  if (label === traits.ruleLabel) return 'authorizationRule';
  return label === traits.typeLabel ? 'authorizationType' : null;
}

function postedValues(field: FormField, byIndex: boolean): readonly string[] {
  if (field.type === 'yes-no') return ['1', '0'];
  return byIndex ? field.choices.map((_, index) => String(index)) : field.choices;
}

/** The name of a form token, made from a number no field has. */
export function tokenName(number: string): string {
  return `tk${number}`;
}

/** Eight asterisks: how a page shows a hidden password. */
export const MASK = '********';

/** Numbers that differ by model and firmware; neighbors are 64 apart (docs/knowledge/multiplatform-pages.md#spa5xx). */
export function fieldNames(seed: string): () => string {
  const prime = 65_521;
  const base = hashText(seed) % prime;
  let index = 0;
  return () => {
    const number = ((base + index * 64) % prime) + 100;
    index += 1;
    return String(number);
  };
}
