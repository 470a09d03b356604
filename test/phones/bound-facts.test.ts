import { afterEach, describe, expect, it } from '@jest/globals';
import type { PhoneFacts } from '../../src/domain/phone/facts.js';
import { boundFacts } from '../../src/phones/bound-facts.js';
import { factsOf, MPP, type Network, network } from './support/network.js';

let net: Network | undefined;
afterEach(() => net?.close());

const long = 'A'.repeat(1_000_000);
const row = {
  code: '0',
  at: '',
  url: 'http://10.0.0.5/00CCFC123456.lic',
  message: 'Authorization Succeeded.',
  text: '',
};
const facts: PhoneFacts = {
  family: 'multiplatform',
  mac: null,
  model: '8841',
  productId: 'CP-8841-3PCC',
  vid: 'V05',
  serial: 'FCH2012ABCD',
  softwareVersion: MPP,
  hardwareVersion: 'V05',
  transitionAuthorizationType: '',
  upgradeStatus: null,
  firmwareUpgradeRows: ['[0]Upgrade Succeeded'],
  authorizationRows: [row],
  busy: false,
  settings: {
    upgradeRule: '($SWVER ne x)? http://10.0.0.5/x.loads',
    authorizationRule: '',
    authorizationType: 'Classic',
    authorizationTypesOffered: ['Classic', 'WxC'],
  },
  settingsProblem: null,
  readFrom: '/admin/advanced',
  witnesses: { agreed: [{ where: '/admin/status.xml', what: ['MAC'] }], disagreements: [] },
};

describe('what a run keeps of a phone', () => {
  it('is what it said, as long as a phone says such things', () => {
    expect(boundFacts(facts)).toEqual(facts);
  });

  it('has a bound, whatever it says and wherever', () => {
    const shown = { value: long, where: '/admin/cfg.xml' };
    const talkative: PhoneFacts = {
      ...facts,
      ...{ model: long, productId: long, vid: long, serial: long, softwareVersion: long, hardwareVersion: long },
      ...{ transitionAuthorizationType: long, upgradeStatus: long },
      firmwareUpgradeRows: Array.from({ length: 1_000 }, () => long),
      authorizationRows: Array.from({ length: 1_000 }, () => ({
        ...{ code: long, at: long, url: long, message: long, text: long },
      })),
      settings: {
        ...{ upgradeRule: long, authorizationRule: long, authorizationType: long },
        authorizationTypesOffered: Array.from({ length: 1_000 }, () => long),
      },
      witnesses: { agreed: [], disagreements: [{ what: 'upgrade rule', page: shown, witness: shown }] },
    };
    expect(JSON.stringify(boundFacts(talkative)).length).toBeLessThan(100_000);
    expect(boundFacts(talkative).serial).toMatch(/^A{500}…$/);
  });

  it('keeps the newest rows: those that come first', () => {
    const many = { ...facts, firmwareUpgradeRows: Array.from({ length: 30 }, (_, index) => `row ${index}`) };
    expect(boundFacts(many).firmwareUpgradeRows.slice(0, 2)).toEqual(['row 0', 'row 1']);
  });

  it('is all that a look answers', async () => {
    net = await network([{ model: '8841', load: MPP, behavior: { hostileText: 'long' } }]);
    const { serial, hardwareVersion } = factsOf(await net.look());
    expect([serial?.length, hardwareVersion?.length]).toEqual([501, 501]);
  });
});
