import { parseMac } from '../../domain/network/mac.js';
import { vidNumber } from '../../domain/phone/models.js';
import { modelOf, type PhoneFacts, type SettingName, type UpgradeSettings } from '../../domain/phone/facts.js';
import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { AdminPage } from '../../pages/admin/admin-page.js';
import type { JsonSettings } from '../../pages/admin/json-page.js';
import type { UpgradeForm } from '../../pages/upgrade-form/read.js';
import { isIdle } from '../../pages/admin/status-meanings.js';
import { matchesAny } from '../../pages/markup/text.js';

/** What a Multiplatform page says, as facts about the phone. */
export function multiplatformFacts(
  page: AdminPage,
  profile: MultiplatformPages,
  readFrom: string,
  settings: UpgradeSettings | null,
  settingsProblem: Failure | null,
): PhoneFacts {
  const { productInformation: product } = page;
  const hardware = product.hardwareVersion;
  return {
    family: matchesAny(product.softwareVersion ?? '', [profile.transitionVersionPattern])
      ? 'transition'
      : 'multiplatform',
    mac: product.mac === null ? null : parseMac(product.mac),
    model: modelOf(product.productName),
    productId: product.productName,
    // The page has no VID row; a hardware version in that form stands for it until a label says otherwise.
    vid: vidNumber(hardware) === null ? null : hardware,
    vidSource: 'hardware-version',
    serial: product.serial,
    softwareVersion: product.softwareVersion,
    hardwareVersion: hardware,
    transitionAuthorizationType: product.transitionAuthorizationType,
    upgradeStatus: page.upgradeStatus,
    firmwareUpgradeRows: page.firmwareUpgradeRows,
    authorizationRows: page.authorizationRows,
    busy: !isIdle(page.callStates, profile),
    settings,
    settingsProblem,
    readFrom,
  };
}

/** What the Firmware Upgrade form holds now, or what the page shows of it without fields that could be posted. */
export function settingsOf(fields: Pick<UpgradeForm, SettingName> | JsonSettings['shown']): UpgradeSettings {
  const type = fields.authorizationType;
  return {
    upgradeRule: fields.upgradeRule?.value ?? null,
    authorizationRule: fields.authorizationRule?.value ?? null,
    authorizationType: type ? labelOf(type.value, type.options) : null,
    authorizationTypesOffered: type?.options.map(({ label }) => label) ?? [],
  };
}

/** The text of a select's value: a select may post an index where it shows a word. */
export function labelOf(value: string, options: readonly { value: string; label: string }[]): string {
  return options.find((option) => option.value === value)?.label ?? value;
}
