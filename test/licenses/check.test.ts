import { describe, expect, it } from '@jest/globals';
import { loadModels } from '../../src/config/profiles/models/read.js';
import type { LicensePhone } from '../../src/domain/licenses/need.js';
import { checkLicenses, phonesToLicense } from '../../src/licenses/check.js';

const models = loadModels();

const mpp: LicensePhone = {
  ...{ address: '10.0.0.1', mac: '00CCFC000001', family: 'multiplatform', model: '8841', productId: 'CP-8841-3PCC' },
  ...{ vid: null, vidSource: null, serial: 'FCH1', softwareVersion: 'sip88xx.12-0-3MPP0001-87', hardwareVersion: null },
  ...{ transitionAuthorizationType: '', returnWithoutLicense: 'no', unread: null },
};
const enterprise: LicensePhone = {
  ...mpp,
  ...{ mac: '00CCFC000002', family: 'enterprise', productId: 'CP-8841-K9', vid: 'V05', vidSource: 'udi' },
  ...{ transitionAuthorizationType: null, returnWithoutLicense: 'unknown' },
};

function macs(phones: LicensePhone[], profile: Parameters<typeof phonesToLicense>[1]): (string | null)[] {
  return phonesToLicense(phones, profile, models).map(({ mac }) => mac);
}

describe('the phones that a profile gives a license', () => {
  it('are those that need one to move, each once', () => {
    const free: LicensePhone = { ...mpp, mac: '00CCFC000003', returnWithoutLicense: 'yes' };
    const profile = { goal: 'convert', direction: 'm2e', authorizationType: 'Classic' } as const;
    expect(macs([mpp, { ...mpp, address: '10.0.0.9' }, enterprise, free], profile)).toEqual(['00CCFC000001']);
  });

  it('are those that have moved and are not licensed, and those that will move, where it only licenses', () => {
    const profile = { goal: 'authorize', direction: 'e2m', authorizationType: 'Classic' } as const;
    const licensed: LicensePhone = { ...mpp, mac: '00CCFC000003', transitionAuthorizationType: 'Classic' };
    const webex: LicensePhone = { ...mpp, mac: '00CCFC000004', transitionAuthorizationType: 'WxC' };
    expect(macs([mpp, enterprise, licensed, webex], profile)).toEqual(['00CCFC000001', '00CCFC000002', '00CCFC000004']);
    // No run has read it, and its product name is that of Multiplatform.
    const listed: LicensePhone = { ...mpp, family: null, transitionAuthorizationType: null };
    expect(macs([listed], profile)).toEqual(['00CCFC000001']);
  });
});

describe('looking for licenses', () => {
  const asked: string[] = [];
  const preflight: Parameters<typeof checkLicenses>[2] = {
    license: (url) => {
      asked.push(url);
      return Promise.resolve(
        url.includes('00CCFC000001')
          ? { ok: true, url, bytes: 10, warnings: [] }
          : { ok: false, url, code: 'license-missing', message: 'It is not there.', warnings: [] },
      );
    },
  };

  it('asks for exactly the name that the rule of each phone asks for', async () => {
    const checked = await checkLicenses([mpp, enterprise], 'http://10.0.0.5:6970/lic/$MAU_M2E.lic?again=1', preflight);
    expect(asked).toEqual([
      'http://10.0.0.5:6970/lic/00CCFC000001_M2E.lic?again=1',
      'http://10.0.0.5:6970/lic/00CCFC000002_M2E.lic?again=1',
    ]);
    expect(checked).toEqual([
      {
        mac: '00CCFC000001',
        address: '10.0.0.1',
        name: '00CCFC000001_M2E.lic',
        found: true,
        isUnknown: false,
        why: '',
      },
      {
        mac: '00CCFC000002',
        address: '10.0.0.1',
        name: '00CCFC000002_M2E.lic',
        found: false,
        isUnknown: false,
        why: 'It is not there.',
      },
    ]);
  });

  it('gives up where the server gives no answer, or this machine cannot ask: licenses may well be there', async () => {
    const silent: Parameters<typeof checkLicenses>[2] = {
      license: (url) =>
        Promise.resolve({
          ok: false,
          url,
          code: 'files-unreachable',
          message: 'No response.',
          warnings: [],
          noResponse: true,
        }),
    };
    await expect(checkLicenses([mpp, enterprise], 'http://10.0.0.5/$MAU.lic', silent)).rejects.toThrow(
      /^The file server gives no answer: No response\. Start it/,
    );
    const local: typeof silent = {
      license: (url) =>
        Promise.resolve({ ok: false, url, code: 'local-resources', message: 'No file can be opened.', warnings: [] }),
    };
    await expect(checkLicenses([mpp], 'http://10.0.0.5/$MAU.lic', local)).rejects.toThrow(
      /^This machine could not ask for the licenses: No file can be opened\./,
    );
  });

  it('says of one that the server cannot give now why it was not found', async () => {
    const ailing = {
      license: (url: string) =>
        Promise.resolve({
          ok: false as const,
          url,
          code: 'files-unreachable' as const,
          message: 'It said 503.',
          warnings: [],
        }),
    };
    const [checked] = await checkLicenses([mpp], 'http://10.0.0.5/$MAU.lic', ailing);
    expect(checked).toMatchObject({ found: false, isUnknown: true, why: 'It said 503.' });
  });

  it('has not found what it cannot ask for: an unknown MAC, a name that only the phone knows', async () => {
    const unread: LicensePhone = { ...mpp, mac: null, unread: 'No response within 6s.' };
    expect(await checkLicenses([unread], 'http://10.0.0.5/$MAU.lic', preflight)).toMatchObject([
      { found: false, name: '', why: 'Its MAC is not known: No response within 6s.' },
    ]);
    // As Multiplatform it will show another product name.
    expect(await checkLicenses([enterprise], 'http://10.0.0.5/$PSN/$MAU.lic', preflight)).toMatchObject([
      { found: false, why: expect.stringMatching(/^Only the phone knows what \$PSN in/) },
    ]);
    expect(await checkLicenses([mpp], 'http://10.0.0.5/$PSN/$MAU.lic', preflight)).toMatchObject([{ found: true }]);
  });
});
