import { afterEach, describe, expect, it } from '@jest/globals';
import type { Behavior, DeviceGroup } from '../../../src/simulator/index.js';
import { factsOf, MPP, ENTERPRISE, type Network, network } from '../support/network.js';
import { adminHtml, type Answer, webPhone } from '../support/web-phone.js';

let net: Network;
const phone: DeviceGroup = { model: '8841', load: MPP, mac: '00CCFC123456', vid: 'V05' };

/** A phone that was sent a conversion and says that it is upgrading, and what its page showed then. */
async function upgrading(behavior: Partial<Behavior> = {}, license = true) {
  net = await network([{ ...phone, behavior }]);
  const { address } = net.phone();
  const { url } = net.simulator.files;
  const set = { upgradeRule: `${url}/${ENTERPRISE}.loads`, authorizationRule: `${url}/$MAU_M2E.lic` };
  await net.phones.visit(address, async (visit) => {
    await visit.look('settings');
    await visit.write(set, async () => {});
  });
  await net.clock.pass(net.simulator, 5);
  const facts = factsOf(await net.look(0, 'status'));
  expect(facts.upgradeStatus).toMatch(/upgrad/i);
  const same = () => net.phones.visit(address, (visit) => visit.hasSameStatus({ facts, withLicense: license }));
  return { same, facts };
}

describe('the status file of a phone that is upgrading', () => {
  afterEach(async () => {
    expect(net.violations()).toEqual([]);
    await net.close();
  });

  it.each(['nested', 'flat'] as const)('shows what its page shows, in one request: %s', async (statusXml) => {
    const { same } = await upgrading({ statusXml });
    const before = net.asked().length;
    expect(await same()).toBe(true);
    expect(net.asked().slice(before)).toEqual(['GET /admin/status.xml']);
  });

  it('shows something else when anything has changed', async () => {
    const { same } = await upgrading();
    await net.clock.pass(net.simulator, 3_600);
    expect(await same()).toBe(false);
  });

  it.each<[string, Partial<Behavior>, boolean, boolean]>([
    ['it is missing', { statusXml: 'none' }, false, false],
    ['it shows older firmware', { statusXmlStale: true }, false, false],
    ['it tells nothing of licenses, and one is waited for', { statusXmlHasTransition: false }, true, false],
    ['it tells nothing of licenses, and none is', { statusXmlHasTransition: false }, false, true],
  ])('where %s', async (_, behavior, license, expected) => {
    const { same } = await upgrading(behavior, license);
    expect(await same()).toBe(expected);
  });

  it('is one of another phone, where that has come to the address', async () => {
    const { facts } = await upgrading();
    const seen = { facts: { ...facts, mac: '00CCFC654321' }, withLicense: true };
    expect(await net.phones.visit(net.phone().address, (visit) => visit.hasSameStatus(seen))).toBe(false);
  });
});

describe('a status file that cannot be had', () => {
  it.each<[string, () => Answer | Promise<Answer>]>([
    ['never comes', () => new Promise<Answer>(() => {})],
    ['breaks off', () => null],
    ['is an error', () => 500],
  ])('is no sign that the phone is away: it %s, and the page is read in the same visit', async (_, file) => {
    const phone = await webPhone(({ path }) => (path === '/admin/advanced' ? adminHtml() : file()), { timeoutMs: 300 });
    try {
      await phone.phones.visit(phone.address, async (visit) => {
        const facts = factsOf(await visit.look('status'));
        expect(await visit.hasSameStatus({ facts, withLicense: false })).toBe(false);
        expect(factsOf(await visit.look('status')).mac).toBe(facts.mac);
      });
    } finally {
      await phone.close();
    }
  });
});
