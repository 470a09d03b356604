import { loadFamilyOf } from '../../domain/plan/target.js';
import { parseIpv4 } from '../../domain/network/ipv4.js';
import { parseMac } from '../../domain/network/mac.js';
import { modelOf, type PhoneFacts, phoneModelIn } from '../../domain/phone/facts.js';
import { type Models, vidText } from '../../domain/phone/models.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { rank } from '../../domain/text/rank.js';
import type { Target } from '../../inventory/target.js';
import { formOf } from './nature.js';

/** The model that a list names for a phone; `null`: none. */
export function listedModel({ hint }: Pick<Target, 'hint'>): string | null {
  return hint.model === undefined ? null : (modelOf(hint.model) ?? phoneModelIn(hint.model));
}

/**
 * A phone that only a list knows: of its model, with hardware and firmware that the profile can move, and without a license.
 * @param model as {@link listedModel}
 */
export function listedPhone(
  { address, hint }: Pick<Target, 'address' | 'hint'>,
  model: string,
  profile: MigrationProfile,
  models: Models,
): PhoneFacts {
  const { family } = profile.requires;
  const loadFamily = loadFamilyOf({ model }, models);
  const { direction } = profile;
  const rule = direction === 'none' ? undefined : models.models.get(model)?.[direction];
  const number = (parseIpv4(address) ?? rank(address)).toString(16).toUpperCase().padStart(8, '0');
  return {
    family,
    model,
    // Of no manufacturer: it stands for one that is not known.
    mac: (hint.mac === undefined ? null : parseMac(hint.mac)) ?? `02FE${number}`,
    productId: family === 'multiplatform' ? `CP-${model}-3PCC` : `CP-${model}`,
    vid: hint.vid ?? vidText(rule?.vidFrom ?? 1),
    serial: hint.serial ?? null,
    softwareVersion: loadFamily === null ? null : (profile.stepUpLoads[loadFamily] ?? null),
    hardwareVersion: null,
    transitionAuthorizationType: family === 'multiplatform' ? '' : null,
    ...{ upgradeStatus: '', firmwareUpgradeRows: [], authorizationRows: [], busy: false },
    settings: family === 'multiplatform' ? formOf(profile) : null,
    settingsProblem: null,
    readFrom: 'a list',
  };
}
