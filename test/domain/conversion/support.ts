import type { LicensePhone } from '../../../src/domain/licenses/need.js';

/** An Enterprise 8841 of which all is known and that may move. */
export function licensePhone(phone: Partial<LicensePhone>): LicensePhone {
  return {
    ...{ address: '10.0.0.7', mac: '00CCFC123456', family: 'enterprise', model: '8841', productId: 'CP-8841' },
    ...{ vid: 'V15', vidSource: 'udi', serial: 'FCH1', softwareVersion: 'sip88xx.14-2-1-0101-26' },
    ...{ hardwareVersion: null, transitionAuthorizationType: null, returnWithoutLicense: 'unknown', unread: null },
    ...phone,
  };
}
