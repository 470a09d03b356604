import { afterEach, describe, expect, it } from '@jest/globals';
import { runsLoad } from '../../src/domain/plan/target.js';
import type { Behavior, DeviceGroup } from '../../src/simulator/index.js';
import { factsOf, inShort, MPP, type Network, network } from './support/network.js';

let net: Network;
afterEach(async () => {
  expect(net.violations()).toEqual([]);
  expect(net.simulator.log.filter(({ method }) => method !== 'GET')).toEqual([]);
  await net.close();
});

const mpp: DeviceGroup = { model: '8841', load: MPP, mac: '00CCFC123456', serial: 'FCH2012ABCD', vid: 'V05' };

/** Looks at one phone that differs by these flags. */
async function lookAt(behavior: Partial<Behavior>, group: DeviceGroup = {}): Promise<string> {
  net = await network([{ ...mpp, behavior, ...group }]);
  return inShort(await net.look());
}

describe('a Multiplatform phone', () => {
  it.each(['legacy', 'bcisco', 'modern', 'fieldset'] as const)('is read in one request: %s pages', async (dialect) => {
    net = await network([{ ...mpp, dialect, behavior: { returnsWithoutLicense: 'WxC' } }]);
    expect(factsOf(await net.look())).toEqual({
      family: 'multiplatform',
      mac: '00CCFC123456',
      model: '8841',
      productId: 'CP-8841-3PCC',
      vid: 'V05',
      vidSource: 'hardware-version',
      serial: 'FCH2012ABCD',
      softwareVersion: MPP,
      hardwareVersion: 'V05',
      transitionAuthorizationType: 'WxC',
      upgradeStatus: null,
      firmwareUpgradeRows: [],
      authorizationRows: [],
      busy: false,
      settings: {
        upgradeRule: '',
        authorizationRule: '',
        authorizationType: 'Classic',
        authorizationTypesOffered: expect.arrayContaining(['Classic', 'WxC']),
      },
      settingsProblem: null,
      readFrom: '/admin/advanced',
    });
    expect(net.asked()).toEqual(['GET /admin/advanced']);
  });

  it.each(['7811', '7821', '7841', '7861', '7832', '8811', '8832', '8845', '8851', '8851NR', '8861', '8865', '6841'])(
    'is known by its model: %s',
    async (model) => {
      net = await network([{ model }]);
      expect(factsOf(await net.look())).toMatchObject({ family: 'multiplatform', model });
      expect(net.asked()).toHaveLength(1);
    },
  );

  it.each([
    ['-3PCC-K9=', '8841', '8841'],
    ['-3PCC-K9++=', '8841', '8841'],
    ['-3PC-RC-K9', '8811', '8811'],
    ['-3PC-EU-K9', '8832', '8832'],
    ['-3PCC-NR-K9', '8832NR', '8832NR'],
    ['-3PW-K9=', '6841', '6841'],
  ] as const)('is known by its product name CP-…%s of a %s', async (productEnding, model, read) => {
    net = await network([{ model, behavior: { productEnding } }]);
    expect(factsOf(await net.look())).toMatchObject({ family: 'multiplatform', model: read });
  });

  it.each([
    ['dots', 'sip8845_65.12.0.1MPP0001.245'],
    ['last-dot', 'sip8845_65.12-0-1MPP0001.245'],
  ] as const)('may spell its load otherwise (%s), and runs it nonetheless', async (loadSpelling, softwareVersion) => {
    const load = 'sip8845_65.12-0-1MPP0001-245';
    net = await network([{ model: '8845', load, behavior: { loadSpelling } }]);
    const facts = factsOf(await net.look());
    expect(facts).toMatchObject({ family: 'multiplatform', softwareVersion });
    expect(runsLoad(facts, load)).toBe(true);
  });

  it('on a transition load is told apart by its firmware', async () => {
    expect(await lookAt({}, { load: 'sip88xx.TLexE2M-11-2-3C-12' })).toBe('transition');
    expect(net.asked()).toHaveLength(1);
  });

  it('is not searched for settings when nobody wants any', async () => {
    net = await network([mpp]);
    expect(factsOf(await net.look(0, 'status')).settings).toBeNull();
  });

  it.each<[string, Partial<Behavior>]>([
    ['closes each connection', { closesConnection: true }],
    ['says no length', { missingContentLength: true }],
    ['takes one connection only', { oneConnection: true }],
    ['writes ISO-8859-1', { charset: 'iso-8859-1' }],
    ['does not say how it writes', { charset: 'unsaid' }],
    ['posts an index for its type', { selectPosts: 'index' }],
    [
      'calls its fields otherwise (G9, G13)',
      {
        ruleLabel: 'Transition Load Authorization Rule',
        typeLabel: 'Transition Authorization Typ',
      },
    ],
  ])('that %s is read all the same', async (_what, behavior) => {
    net = await network([{ ...mpp, behavior }]);
    const facts = factsOf(await net.look());
    expect(facts.settings).toMatchObject({ authorizationRule: '', authorizationType: 'Classic' });
    expect(net.asked()).toHaveLength(1);
  });

  it.each([301, 302] as const)(
    'that redirects to https (%d) is read there, and at once when told to',
    async (status) => {
      expect(await lookAt({ scheme: 'redirect', redirectStatus: status })).toBe('multiplatform');
      expect(net.phone().requests.map(({ port }) => port)).toEqual(['http', 'https']);
      await net.close();
      net = await network([{ ...mpp, behavior: { scheme: 'https' } }], { scheme: 'https' });
      expect(inShort(await net.look())).toBe('multiplatform');
      expect(net.phone().requests.map(({ port }) => port)).toEqual(['https']);
    },
  );

  it('that only speaks https is found there', async () => {
    expect(await lookAt({ scheme: 'https' })).toBe('multiplatform');
    expect(net.asked()).toHaveLength(1);
  });

  it('in a call is busy', async () => {
    net = await network([{ ...mpp, behavior: { busy: 'forever' } }, mpp && { ...mpp, mac: '00CCFC000001' }]);
    expect(factsOf(await net.look(0)).busy).toBe(true);
    expect(factsOf(await net.look(1)).busy).toBe(false);
  });

  it('shows the licenses and rules it had before', async () => {
    net = await network([{ ...mpp, behavior: { previousRows: ['{files}/$MAU.lic'], staleRule: '{files}/old.loads' } }]);
    const { authorizationRows, settings } = factsOf(await net.look());
    expect(authorizationRows).toEqual([
      expect.objectContaining({ code: '0', url: `${net.simulator.files.url}/00CCFC123456.lic` }),
    ]);
    expect(settings?.upgradeRule).toBe(`${net.simulator.files.url}/old.loads`);
  });
});

describe('a Multiplatform phone without the fields', () => {
  it.each([
    ['8841', 'sip88xx.11-2-3MPP-398'],
    ['6841', 'sip68xx.12-0-3MPP0001-87'],
  ])('is read as having none (%s on %s)', async (model, load) => {
    net = await network([{ model, load }]);
    expect(factsOf(await net.look()).settings).toMatchObject({
      upgradeRule: '',
      authorizationRule: null,
      authorizationType: null,
    });
  });
});

describe('a Multiplatform phone that does not let us in', () => {
  it.each<[string, Partial<Behavior>, string, number]>([
    ['a password (digest)', { auth: 'digest' }, 'multiplatform (auth-required)', 3],
    ['a password (basic)', { auth: 'basic' }, 'multiplatform (auth-required)', 3],
    ['a login form', { auth: 'form' }, 'multiplatform (auth-required)', 4],
    ['web administration off', { webAdminOff: true }, 'multiplatform (web-admin-off)', 4],
    ['a Set Password page before all others', { setPasswordPage: true }, 'set-password-page', 4],
    ['a broken page, but a status file', { adminPage: 'error-500' }, 'multiplatform (http-error)', 2],
    [
      'a broken page, and a flat status file',
      { adminPage: 'error-500', statusXml: 'flat' },
      'multiplatform (http-error)',
      2,
    ],
    [
      'a broken page and no status file',
      { adminPage: 'error-500', statusXml: 'none' },
      'multiplatform (http-error)',
      4,
    ],
  ])('for %s is still known where its open pages say so', async (_what, behavior, expected, requests) => {
    expect(await lookAt(behavior)).toBe(expected);
    expect(net.asked().length).toBeLessThanOrEqual(requests);
  });

  it('is known with its MAC, and can never be written to', async () => {
    net = await network([{ ...mpp, behavior: { auth: 'digest' } }]);
    await net.phones.visit(net.phone().address, async (visit) => {
      const facts = factsOf(await visit.look('settings'));
      expect(facts).toMatchObject({
        mac: '00CCFC123456',
        model: '8841',
        softwareVersion: MPP,
        settings: null,
        readFrom: '/',
      });
      await expect(visit.write({ upgradeRule: 'http://x/y.loads' }, async () => {})).rejects.toMatchObject({
        code: 'fields-missing',
      });
    });
  });

  it('is read from its status file, authorization included where that shows it', async () => {
    const behavior = { adminPage: 'error-500', returnsWithoutLicense: 'Classic' } as const;
    net = await network([
      { ...mpp, behavior },
      { ...mpp, mac: '00CCFC000001', behavior: { ...behavior, statusXmlHasTransition: false } },
    ]);
    expect(factsOf(await net.look(0))).toMatchObject({
      readFrom: '/admin/status.xml',
      transitionAuthorizationType: 'Classic',
    });
    expect(factsOf(await net.look(1)).transitionAuthorizationType).toBeNull();
  });
});
