import type { PhoneFacts, UpgradeSettings } from '../../../src/domain/phone/facts.js';

const blank: PhoneFacts = {
  family: 'multiplatform',
  mac: '00CCFC123456',
  model: '8841',
  productId: 'CP-8841-3PCC',
  vid: null,
  serial: 'FCH2012ABCD',
  softwareVersion: 'sip88xx.12-0-3MPP0001-87',
  hardwareVersion: null,
  transitionAuthorizationType: '',
  upgradeStatus: null,
  firmwareUpgradeRows: [],
  authorizationRows: [],
  busy: false,
  settings: null,
  settingsProblem: null,
  readFrom: '/admin/advanced',
};

/** What the form of a phone holds that nobody has set anything on. */
export const emptyForm: UpgradeSettings = {
  upgradeRule: '',
  authorizationRule: '',
  authorizationType: 'Classic',
  authorizationTypesOffered: ['Classic', 'WxC'],
};

/** A Multiplatform phone as its page shows it: an 8841 on 12.0(3), hardware version not shown. */
export function mppPhone(shown: Partial<PhoneFacts> = {}): PhoneFacts {
  return { ...blank, ...shown };
}

/** An Enterprise phone as its page shows it: an 8841 V03 on 14.2(1)SR1. */
export function enterprisePhone(shown: Partial<PhoneFacts> = {}): PhoneFacts {
  return {
    ...blank,
    family: 'enterprise',
    productId: 'CP-8841',
    vid: 'V03',
    softwareVersion: 'sip88xx.14-2-1-0101-26',
    transitionAuthorizationType: null,
    readFrom: '/DeviceInformationX',
    ...shown,
  };
}
