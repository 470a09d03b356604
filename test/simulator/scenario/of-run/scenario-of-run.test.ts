import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../../src/domain/failures/failure-codes.js';
import { assume, parseAssumption } from '../../../../src/domain/rehearsal/assumptions.js';
import { fateOf, isPageOff } from '../../../../src/domain/rehearsal/fate.js';
import type { PhoneReport } from '../../../../src/domain/report/report.js';
import { describeScenario, scenarioOfRun, type ScenarioOfRun } from '../../../../src/simulator/index.js';
import { printer, samplePhone, sampleReport } from '../../../report/support/sample.js';

const assumptionsOf = (...texts: string[]) => assume(texts.map((text) => parseAssumption(text)));
const allWell = assumptionsOf('failed:0%', 'silent:0%', 'deferred:0%', 'no-answer:0%');

const enterprise: Partial<PhoneReport> = {
  family: 'enterprise',
  productId: 'CP-8841-A-K9=',
  softwareVersion: 'sip88xx.14-2-1-0101-26',
  hardwareVersion: 'V01',
  transitionAuthorizationType: null,
  vidSource: 'udi',
};

/** Phones with MACs of their own, one after the other. */
function phonesLike(count: number, change: Partial<PhoneReport> = {}): PhoneReport[] {
  return Array.from({ length: count }, (_, index) =>
    samplePhone({
      address: `10.0.${index >> 7}.${(index & 127) + 1}`,
      mac: `00CCFC${index.toString(16).toUpperCase().padStart(6, '0')}`,
      ...change,
    }),
  );
}

function of(...phones: PhoneReport[]): ScenarioOfRun {
  return scenarioOfRun(sampleReport(phones), { seed: 1, assumptions: allWell });
}

/** What the only phone of a run is simulated as. */
function simulated(change: Partial<PhoneReport>) {
  const { scenario } = of(samplePhone(change));
  expect(scenario.phones).toHaveLength(1);
  return scenario.phones[0];
}

describe('a phone of a run as a simulated one', () => {
  it('shows what it showed then', () => {
    const phone = simulated({ vid: null, hardwareVersion: 'V11', transitionAuthorizationType: 'Something else' });
    expect(phone).toMatchObject({
      ...{ kind: 'phone', address: '127.0.0.5', mac: '00CCFC123456', serial: 'FCH2012ABCD', model: '8841' },
      ...{ load: 'sip88xx.12-0-3MPP0001-87', vid: 'V11', hardware: 'V11' },
      behavior: { auth: 'open', returnsWithoutLicense: 'Something else', productEnding: '-3PCC' },
    });
  });

  it('has a VID of its label where one is known, beside another hardware version', () => {
    expect(simulated({ vid: 'V05', hardwareVersion: 'V11' })).toMatchObject({ vid: 'V05', hardware: 'V11' });
    expect(simulated({ ...enterprise, vid: 'V05' })).toMatchObject({ vid: 'V05', hardware: 'V01' });
  });

  it('shows no VID on Enterprise pages where the run has seen none there', () => {
    expect(simulated({ ...enterprise, vid: null, vidSource: null })?.behavior.udi).toBe('missing');
    expect(simulated({ ...enterprise, vid: 'V05', vidSource: 'inventory' })?.behavior.udi).toBe('missing');
    expect(simulated({ ...enterprise, vid: 'V05' })?.behavior.udi).toBe('five-lines');
  });

  it.each([
    ['8851NR', 'CP-8851NR-3PCC-K9=', { productEnding: '-3PCC-K9=' }],
    ['8851NR', 'CP-8851-3PCC-NR-K9', { productEnding: '-3PCC-NR-K9' }],
    ['8841', 'CP-8841-A-K9=', { pidEnding: '-A-K9=' }],
    // Not as a product id is written: the usual one.
    ['8841', 'Cisco 8841 <b>', { pidEnding: '-K9', productEnding: '-3PCC' }],
  ])('a %s with the product id %s keeps it', (model, productId, behavior) => {
    expect(simulated({ model, productId })?.behavior).toMatchObject(behavior);
  });

  it.each([
    ['auth-required', { auth: 'digest' }],
    ['password-wrong', { auth: 'digest' }],
    ['web-admin-off', { webAdminOff: true }],
    ['fields-missing', { auth: 'open', webAdminOff: false }],
  ] as const)('that ended with %s hides its settings where that is why they were not read', (code, behavior) => {
    expect(simulated({ failure: failure(code) })?.behavior).toMatchObject(behavior);
  });
});

describe('the phones of a run that cannot be simulated', () => {
  it.each<[string, Partial<PhoneReport>]>([
    ['that could not be read', { family: null, outcome: 'blocked' }],
    ['whose model is not known', { model: null }],
    ['of a model that is not simulated', { model: '7942' }],
    ['whose firmware is not known', { softwareVersion: null }],
    ['with firmware that is not simulated', { softwareVersion: 'term88.default' }],
    // Another hardware's load, another family than was read, and what a 6800 does not run.
    ['with firmware that is not simulated', { softwareVersion: 'sip78xx.12-0-3MPP0001-87' }],
    ['with firmware that is not simulated', { family: 'enterprise' }],
    [
      'with firmware that is not simulated',
      { ...enterprise, model: '6841', softwareVersion: 'sip68xx.14-2-1-0101-26' },
    ],
    ['whose MAC address is not known', { mac: null }],
    ['whose MAC address another one has', { mac: '00CCFC000000' }],
    ['whose address another one has', { address: '10.0.0.1' }],
  ])('are left out and counted: %s', (why, change) => {
    const { scenario, leftOut, mapped } = of(...phonesLike(1), samplePhone(change));
    expect([...leftOut]).toEqual([[why, 1]]);
    expect([scenario.phones.length, mapped.length]).toEqual([1, 1]);
  });

  it('are dark where they did not answer, and left out where a MAC was all that was known of them', () => {
    const silent = { family: null, mac: null, outcome: 'no-answer' as const };
    const { dark, leftOut, mapped } = of(
      ...phonesLike(1),
      samplePhone({ ...silent, address: '10.0.0.9' }),
      samplePhone({ ...silent, address: '00CCFC777777' }),
    );
    expect([dark, [...leftOut]]).toEqual([1, [['that could not be read', 1]]]);
    expect(mapped.map(({ address }) => address)).toEqual(['127.0.0.1', '127.0.0.9']);
  });
});

describe('a run as a scenario', () => {
  it('has other devices, too', () => {
    expect(describeScenario(of({ ...printer, address: '10.0.9.9' }, ...phonesLike(2)).scenario)).toEqual({
      printer: 1,
      multiplatform: 2,
    });
  });

  it('is the same for the same seed', () => {
    const report = sampleReport(phonesLike(20, { serial: null, vid: null, hardwareVersion: null }));
    const make = (seed: number) => scenarioOfRun(report, { seed, assumptions: allWell }).scenario;
    expect(make(3)).toEqual(make(3));
    expect(make(3)).not.toEqual(make(4));
  });

  it('has a Unified CM only where there is something for it', () => {
    expect(of(...phonesLike(1)).scenario.ucm).toBeUndefined();
    const [phone] = of(...phonesLike(1, enterprise)).scenario.phones;
    // It was not asked, so it is taken to know them.
    expect(phone?.ucm).toMatchObject({ known: true, webAccess: 'on', registers: true });
  });

  it('has a Unified CM that knows what that of the run knew', () => {
    const ucm = { name: 'SEP00CCFC000000', devicePool: 'HQ', description: 'Desk', statusReason: null };
    const listed = { ...enterprise, ucm: { ...ucm, registered: 'no' as const, load: 'sip88xx.12-5-1SR1-4' } };
    const [known, unseen, unknown] = of(
      ...phonesLike(1, listed),
      samplePhone({ ...listed, mac: '00CCFC000002', address: '10.0.0.8', productId: null, serial: null }),
      samplePhone({ ...enterprise, mac: '00CCFC000003', address: '10.0.0.9' }),
    ).scenario.phones;
    expect(known?.ucm).toMatchObject({
      ...{ known: true, pool: 'HQ', description: 'Desk', load: 'sip88xx.12-5-1SR1-4' },
      ...{ registers: false, webAccess: 'on' },
    });
    expect(unseen?.ucm?.webAccess).toBe('off');
    expect(unknown?.ucm?.known).toBe(false);
  });
});

describe('what befalls the phones of a run', () => {
  const assumptions = assumptionsOf('failed:20%', 'silent:20%', 'deferred:10%', 'no-answer:10%', 'page-off:50%');
  const phones = phonesLike(200);
  const made = scenarioOfRun(sampleReport(phones), { seed: 5, assumptions });

  it('is what befalls them in the first night of a rehearsal', () => {
    for (const [index, { mac }] of phones.entries()) {
      const fate = fateOf(5, mac ?? '', 1, assumptions);
      const behavior = made.scenario.phones[index]?.behavior;
      expect({
        'no-answer': behavior?.web === 'off',
        deferred: behavior?.busy === 'forever',
        failed: behavior?.upgradeResult === 'write-failed' && behavior.authorizationResult === 'refused',
        silent: behavior?.neverReturns,
        pageOff: behavior?.webAfterConversion === false,
      }).toEqual({
        'no-answer': fate === 'no-answer',
        deferred: fate === 'deferred',
        failed: fate === 'failed',
        silent: fate === 'silent',
        pageOff: fate === 'well' && isPageOff(5, mac ?? '', assumptions),
      });
    }
  });

  it('is counted, and happens to each of them once at most', () => {
    const counts = [...made.misfortunes.values()];
    expect([...made.misfortunes.keys()].sort()).toEqual(['deferred', 'failed', 'no-answer', 'page-off', 'silent']);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(
      made.scenario.phones.filter(({ behavior }) => JSON.stringify(behavior) !== JSON.stringify(well())).length,
    );
  });

  function well() {
    return of(phones[0] ?? samplePhone()).scenario.phones[0]?.behavior;
  }

  it('is that web access is off on Unified CM, where there is one', () => {
    const report = sampleReport([...phones, samplePhone({ ...enterprise, address: '10.0.9.9' })]);
    const { scenario } = scenarioOfRun(report, { seed: 5, assumptions: { ...assumptions, 'page-off': 1 } });
    const later = scenario.phones.filter(({ behavior }) => !behavior.webAfterConversion);
    expect(later.length).toBeGreaterThan(50);
    expect(new Set(later.map(({ ucm }) => ucm?.webAccess))).toEqual(new Set(['off']));
  });
});
