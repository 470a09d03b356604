import { afterEach, describe, expect, it } from '@jest/globals';
import { failureCodes } from '../../src/domain/failures/failure-codes.js';
import { isTransportError } from '../../src/phones/phones.js';
import type { Behavior, DeviceGroup, WebFault } from '../../src/simulator/index.js';
import { ENTERPRISE, factsOf, inShort, MPP, type Network, network } from './support/network.js';

let net: Network;
afterEach(async () => {
  expect(net.violations()).toEqual([]);
  expect(net.simulator.log.filter(({ method }) => method !== 'GET')).toEqual([]);
  await net.close();
});

const enterprisePhone: DeviceGroup = {
  model: '8841',
  load: ENTERPRISE,
  mac: '00CCFC123456',
  vid: 'V05',
  serial: 'FCH2012ABCD',
};

describe('an Enterprise phone', () => {
  it('is read in two requests, its hardware version from the UDI and not from the revision beside it', async () => {
    net = await network([{ ...enterprisePhone, hardware: 'V01' }]);
    expect(factsOf(await net.look())).toMatchObject({
      family: 'enterprise',
      mac: '00CCFC123456',
      model: '8841',
      productId: expect.stringMatching(/^CP-8841/),
      vid: 'V05',
      serial: 'FCH2012ABCD',
      softwareVersion: ENTERPRISE,
      transitionAuthorizationType: null,
      settings: null,
      settingsProblem: null,
      busy: false,
    });
    expect(net.asked()).toEqual(['GET /admin/advanced', 'GET /DeviceInformationX']);
  });

  it.each<[string, Partial<Behavior>, string]>([
    ['without -K9 in its product id', { pidEnding: '' }, 'V05'],
    ['without a UDI', { udi: 'missing' }, '(none)'],
    ['with the UDI of a 6900', { udi: '69xx' }, '(none)'],
    ['on HTML pages only', { enterprisePages: 'html-only' }, 'V05'],
    ['on HTML pages with entities', { enterprisePages: 'html-only', entities: true }, 'V05'],
    ['on German HTML pages', { enterprisePages: 'html-only', locale: 'de' }, 'V05'],
    ['on Russian HTML pages', { enterprisePages: 'html-only', locale: 'ru', entities: true }, 'V05'],
    ['on French HTML pages', { enterprisePages: 'html-only', locale: 'fr' }, 'V05'],
    ['on HTML pages with the UDI in rows of one cell', { enterprisePages: 'html-only', udiRows: 'one-cell' }, 'V05'],
    ['with -K9++= in its product id', { pidEnding: '-K9++=' }, 'V05'],
    ['with -A- in its product id', { enterprisePages: 'html-only', pidEnding: '-A-K9=' }, 'V05'],
    ['with dots in its load', { loadSpelling: 'dots' }, 'V05'],
    ['on HTML pages without a UDI', { enterprisePages: 'html-only', udi: 'missing' }, '(none)'],
  ])('is read %s', async (_how, behavior, vid) => {
    net = await network([{ ...enterprisePhone, behavior }]);
    const facts = factsOf(await net.look());
    expect(facts).toMatchObject({ family: 'enterprise', mac: '00CCFC123456', model: '8841' });
    expect(facts.vid ?? '(none)').toBe(vid);
    expect(net.asked().length).toBeLessThanOrEqual(4);
  });

  it.each(['7811', '7841', '7832', '8832', '8845', '8865'])(
    'is read from HTML whatever its model: %s',
    async (model) => {
      net = await network([
        { ...enterprisePhone, model, load: enterpriseLoad(model), behavior: { enterprisePages: 'html-only' } },
      ]);
      expect(factsOf(await net.look())).toMatchObject({ family: 'enterprise', model, vid: 'V05' });
    },
  );

  it('is read over https as well', async () => {
    net = await network([{ ...enterprisePhone, behavior: { scheme: 'redirect' } }]);
    expect(inShort(await net.look())).toBe('enterprise');
  });

  it('cannot be written to', async () => {
    net = await network([enterprisePhone]);
    await net.phones.visit(net.phone().address, async (visit) => {
      await visit.look('settings');
      await expect(visit.write({ upgradeRule: 'http://x/y.loads' }, async () => {})).rejects.toMatchObject({
        code: 'fields-missing',
      });
    });
  });
});

function enterpriseLoad(model: string): string {
  const family = { '7811': 'sip78xx', '7841': 'sip78xx', '7832': 'sip7832', '8832': 'sip8832' }[model] ?? 'sip8845_65';
  return `${family}.14-2-1-0101-26`;
}

describe('a phone on outdated 10.x Multiplatform firmware', () => {
  it('shows Enterprise pages and a 3PCC product (G1): Multiplatform, and not to be written to', async () => {
    net = await network([{ ...enterprisePhone, load: 'sip88xx.10-4-1MPP-42' }]);
    const facts = factsOf(await net.look());
    expect(facts).toMatchObject({ family: 'multiplatform', model: '8841', settings: null });
    expect(facts.settingsProblem).toMatchObject({ code: 'fields-missing', message: expect.stringContaining('10.x') });
  });
});

describe('what is no phone of ours', () => {
  it.each([
    ['printer', 'LaserJet'],
    ['router', 'openresty'],
    ['camera', 'AXIS'],
    ['spa-adapter', 'mini_httpd'],
    ['spa-phone', 'SPA504G'],
    ['switch', 'lighttpd'],
    ['web-app', 'nginx'],
  ] as const)('is left alone after a few requests: %s', async (kind, clue) => {
    net = await network([{ kind }]);
    const look = await net.look();
    expect(look).toEqual({ kind: 'not-a-phone', detail: expect.stringContaining(clue) });
    expect(net.asked().length).toBeLessThanOrEqual(4);
  });
});

describe('a phone whose web server is in trouble', () => {
  /** What a look at it comes to: the look in short, or the failure's code. */
  async function outcome(behavior: Partial<Behavior>, timeoutMs = 5_000): Promise<string> {
    net = await network([{ model: '8841', load: MPP, behavior }], { timeoutMs });
    try {
      return inShort(await net.look());
    } catch (error) {
      if (!isTransportError(error)) throw error;
      return error.code;
    }
  }

  it.each<[WebFault, string]>([
    ['off', 'connect-reset'],
    ['half-page', 'connection-lost'],
    ['garbage', 'malformed-response'],
    ['endless-body', 'response-too-large'],
    ['huge-headers', 'headers-too-large'],
    ['redirect-loop', 'redirect-loop'],
    ['tls-on-http', 'wrong-protocol'],
    ['plain-on-https', 'wrong-protocol'],
    ['empty-200', 'empty-page'],
    ['reset-after-request', 'connect-reset'],
  ])('%s: %s', async (web, code) => {
    const found = await outcome({ web });
    expect(found).toBe(code);
    expect(Object.keys(failureCodes)).toContain(found);
    expect(net.asked().length).toBeLessThanOrEqual(5);
  });

  it('hang: response-timeout, after one request', async () => {
    expect(await outcome({ web: 'hang' }, 60)).toBe('response-timeout');
    expect(net.asked()).toHaveLength(1);
  });

  it('slow: read all the same, as long as something comes', async () => {
    net = await network([{ model: '8841', load: MPP, behavior: { slow: true } }]);
    let looked = '';
    const looking = net.look().then((look) => (looked = inShort(look)));
    // Ten of its seconds pass while it sends, half a second between two pieces.
    while (looked === '') {
      await new Promise((resolve) => setImmediate(resolve));
      await net.clock.pass(net.simulator, 0.05);
    }
    await looking;
    expect(looked).toBe('multiplatform');
    expect(net.asked()).toHaveLength(1);
  });
});
