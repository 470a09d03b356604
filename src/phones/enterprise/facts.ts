import { failure } from '../../domain/failures/failure-codes.js';
import { parseMac } from '../../domain/network/mac.js';
import { modelOf, type PhoneFacts } from '../../domain/phone/facts.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import type { EnterpriseDevice } from '../../pages/enterprise/page.js';
import { matchesAny } from '../../pages/markup/text.js';

/**
 * What an Enterprise device page says, as facts about the phone. A `3PCC` product on Enterprise pages is a Multiplatform phone with
 * outdated 10.x firmware (G1); it has no admin page to write to.
 */
export function enterpriseFacts(device: EnterpriseDevice, profiles: PhoneProfiles, readFrom: string): PhoneFacts {
  const outdated = matchesAny(device.productId ?? '', [profiles.multiplatform.productNamePattern]);
  return {
    family: outdated ? 'multiplatform' : 'enterprise',
    mac: device.mac === null ? null : parseMac(device.mac),
    model: modelOf(device.productId),
    productId: device.productId,
    vid: device.vid,
    vidSource: 'udi',
    serial: device.serial,
    softwareVersion: device.softwareVersion,
    hardwareVersion: device.hardwareRevision,
    transitionAuthorizationType: null,
    upgradeStatus: null,
    firmwareUpgradeRows: [],
    authorizationRows: [],
    busy: false,
    settings: null,
    settingsProblem: outdated
      ? failure('fields-missing', 'It runs outdated 10.x Multiplatform firmware, which has no such admin page (G1).')
      : null,
    readFrom,
  };
}
