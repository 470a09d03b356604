import { parseLoad } from '../../domain/firmware/load.js';
import type { Models } from '../../domain/phone/models.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import type { UcmPhone, UcmRegistration } from '../../ucm/ucm.js';

/**
 * What Unified CM tells of a phone, as a look at the phone itself would: for phones whose web server is off, as it is by default. The
 * hardware version is not among it.
 */
export function factsFromUcm(
  { mac, model }: Pick<UcmPhone, 'mac' | 'model'>,
  registration: UcmRegistration,
  models: Models,
): PhoneFacts {
  const { activeLoad } = registration;
  return {
    // What registers as SEP… runs the firmware for it, unless its load says otherwise.
    family: (activeLoad === null ? null : parseLoad(activeLoad, models.loadNames)?.family) ?? 'enterprise',
    mac,
    model,
    productId: null,
    vid: null,
    serial: null,
    softwareVersion: activeLoad,
    hardwareVersion: null,
    transitionAuthorizationType: null,
    upgradeStatus: downloadText(registration),
    firmwareUpgradeRows: [],
    authorizationRows: [],
    busy: false,
    settings: null,
    settingsProblem: null,
    readFrom: 'Unified CM',
  };
}

/** A phone's facts with what Unified CM sees of it now. */
export function withRegistration(facts: PhoneFacts, registration: UcmRegistration): PhoneFacts {
  return {
    ...facts,
    softwareVersion: registration.activeLoad ?? facts.softwareVersion,
    upgradeStatus: downloadText(registration),
    readFrom: 'Unified CM',
  };
}

/** What stands for a download status that nobody has listed: it says neither that a load is being taken nor that none is. */
export const unknownDownload = 'a download status that is not known';

/** The download status in the words of guide G7. */
function downloadText({ download, downloadFailure }: UcmRegistration): string | null {
  switch (download) {
    case 'upgrading':
      return 'Upgrading';
    case 'failed':
      return `Download failed${downloadFailure === null ? '' : `: ${downloadFailure}`}`;
    case 'unknown':
      return unknownDownload;
    case 'none':
    case 'successful':
      return null;
  }
}
