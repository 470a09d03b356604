import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildScenario, builtinScenarios, describeScenario, parseScenario } from '../../../src/simulator/index.js';
import { MODELS } from '../../../src/simulator/models.js';
import { OTHER_VALUES } from '../../../src/simulator/scenario/builtin/flag-values.js';

const HEAD = 'name: x\nsubnet: 127.1.1.0/24\nseed: 1\n';

describe('a scenario in YAML', () => {
  it('is filled in from its seed: the same file gives the same phones', () => {
    const text = `${HEAD}phones:\n  - { count: 3, model: '8841' }\n  - { kind: printer }\n`;
    const scenario = parseScenario(text, 'a.yaml');
    expect(parseScenario(text, 'a.yaml')).toEqual(scenario);
    expect(parseScenario(text.replace('seed: 1', 'seed: 2'), 'a.yaml')).not.toEqual(scenario);
    expect(scenario.phones.map((phone) => phone.address)).toEqual(['127.1.1.1', '127.1.1.2', '127.1.1.3', '127.1.1.4']);
    expect(describeScenario(scenario)).toEqual({ multiplatform: 3, printer: 1 });
    for (const phone of scenario.phones) {
      expect(phone.mac).toMatch(/^[0-9A-F]{12}$/);
      expect(phone.serial).toMatch(/^FCH\d{4}[A-Z0-9]{4}$/);
    }
  });

  it('leaves a given address to who asked for it', () => {
    const text = `${HEAD}phones:\n  - { count: 2, model: '8841' }\n  - { model: '8851', address: 127.1.1.2 }\n`;
    expect(parseScenario(text, 'a.yaml').phones.map((phone) => phone.address)).toEqual([
      '127.1.1.1',
      '127.1.1.3',
      '127.1.1.2',
    ]);
  });

  it.each([
    ['phones: [', /^a\.yaml is not readable as YAML: .+\.$/],
    [`${HEAD}phones: []`, /^a\.yaml: at phones, /],
    [`${HEAD}phones: [{ model: '8842' }]`, /^a\.yaml: at phones\[0\]\.model, expected one of the models 7811, /],
    [`${HEAD}phones: [{ model: 8841 }]`, /^a\.yaml: at phones\[0\]\.model, expected string, received number\.$/],
    [`${HEAD}phones: [{ behavior: { buzy: 3 } }]`, /^a\.yaml: at phones\[0\]\.behavior, .*buzy/],
    [
      `${HEAD}phones: [{ behavior: { productEnding: -K9 } }]`,
      /productEnding, expected an ending of product ids, such as -3PCC-NR-K9/,
    ],
    [`${HEAD}phones: [{ behavior: { pidEnding: '<b>' } }]`, /pidEnding, expected an ending of product ids/],
    [`${HEAD}phones: [{ behavior: { scheme: ftp } }]`, /^a\.yaml: at phones\[0\]\.behavior\.scheme, .*"http"/],
    [
      `${HEAD}phones: [{ address: 10.0.0.1 }]`,
      /^a\.yaml: at phones\[0\]\.address, expected an address in 127\.0\.0\.0\/8\.$/,
    ],
    [`${HEAD}phones: [{ load: nonsense }]`, /^a\.yaml: at phones\[0\]\.load, expected a load name such as /],
    [
      `${HEAD}phones: [{ mac: 00ccfc123456 }]`,
      /^a\.yaml: at phones\[0\]\.mac, expected a MAC of 12 upper-case hex digits/,
    ],
    [`${HEAD}phones: [{ count: 2, address: 127.1.1.1 }]`, /^a\.yaml: at phones\[0\]\.count, expected no count/],
    ['name: x\nsubnet: 10.0.0.0/24\nseed: 1\nphones: [{}]', /^a\.yaml: at subnet, expected a CIDR in 127\.0\.0\.0\/8/],
    ['just text', /^a\.yaml: at the top, expected object, received string\.$/],
    [
      `${HEAD}phones: [{ address: 127.1.1.1 }, { address: 127.1.1.1 }]`,
      /^a\.yaml: two devices have the address 127\.1\.1\.1\.$/,
    ],
    [
      `${HEAD.replace('/24', '/30')}phones: [{ count: 9 }]`,
      /^a\.yaml: the subnet 127\.1\.1\.0\/30 has too few addresses/,
    ],
  ])('with a mistake is refused in one sentence with its place: %s', (text, message) => {
    expect(() => parseScenario(text, 'a.yaml')).toThrow(message);
  });

  it.each(['-3PCC-NR-K9', '-3PCC-K9++=', '-3PC-LA-K9', '-3PW-K9=', '-3PCC'])(
    'takes the product ending %s',
    (ending) => {
      const [phone] = parseScenario(`${HEAD}phones: [{ behavior: { productEnding: ${ending} } }]`, 'a.yaml').phones;
      expect(phone?.behavior.productEnding).toBe(ending);
    },
  );

  it.each(['', '-K9', '-A-K9++=', '-NR-K9', '-WC-K9='])('takes the ending of a product id: "%s"', (ending) => {
    const [phone] = parseScenario(`${HEAD}phones: [{ behavior: { pidEnding: '${ending}' } }]`, 'a.yaml').phones;
    expect(phone?.behavior.pidEnding).toBe(ending);
  });

  it('never fails in another way, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseScenario(text, 'a.yaml');
        } catch (error) {
          expect((error as { message: string }).message).toMatch(/^a\.yaml/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is shown by the example', () => {
    const file = 'examples/scenarios/branch-office.yaml';
    const scenario = parseScenario(readFileSync(file, 'utf8'), file);
    expect(describeScenario(scenario)).toEqual({ multiplatform: 12, enterprise: 1, printer: 1, 'spa-adapter': 1 });
    expect(scenario.phones.find((phone) => phone.name === 'Reception')).toMatchObject({
      address: '127.20.1.50',
      mac: '00CCFC0A0B0C',
      behavior: { answerToSubmit: 'drop', slow: false },
    });
    expect(scenario.timing).toMatchObject({ download: 60, evaluate: 5 });
  });
});

describe('the demo', () => {
  const demo = builtinScenarios.demo({ subnet: '127.9.9.0/24', seed: 1 });

  it('has about sixty devices, half of them ready to convert', () => {
    expect(demo.phones.length).toBeGreaterThanOrEqual(55);
    expect(demo.phones.length).toBeLessThanOrEqual(70);
    const kinds = describeScenario(demo);
    expect(kinds).toMatchObject({ enterprise: 6, printer: 1, router: 1, 'spa-adapter': 1, 'web-app': 1 });
    expect(kinds['multiplatform']).toBeGreaterThan(45);
    expect(demo.files.missingLicenses).toHaveLength(3);
  });

  it('has one of each kind of bad luck', () => {
    const seen = demo.phones.map((phone) => phone.behavior);
    expect(seen.some((behavior) => behavior.auth === 'digest')).toBe(true);
    expect(seen.some((behavior) => behavior.neverReturns)).toBe(true);
    expect(seen.some((behavior) => behavior.otherAddressAfter)).toBe(true);
    expect(seen.some((behavior) => behavior.busy === 'forever')).toBe(true);
    expect(seen.some((behavior) => behavior.web === 'hang')).toBe(true);
    expect(demo.phones.some((phone) => phone.model === '6841')).toBe(true);
  });
});

describe('the fleet with every flag', () => {
  const fleet = builtinScenarios['every-flag']({ subnet: '127.40.0.0/23', seed: 3 });

  it('has 300 devices of every model and kind', () => {
    expect(fleet.phones).toHaveLength(300);
    for (const model of MODELS.keys()) expect(fleet.phones.some((phone) => phone.model === model)).toBe(true);
    expect(Object.keys(describeScenario(fleet)).sort()).toEqual([
      'camera',
      'enterprise',
      'multiplatform',
      'old-multiplatform',
      'printer',
      'router',
      'spa-adapter',
      'spa-phone',
      'switch',
      'transition',
      'web-app',
    ]);
  });

  it('has every value of every flag', () => {
    for (const [flag, values] of Object.entries(OTHER_VALUES)) {
      const seen = new Set(
        fleet.phones.map((phone) => JSON.stringify(phone.behavior[flag as keyof typeof OTHER_VALUES])),
      );
      const missing = values
        .map((value) => JSON.stringify(value))
        // Loads are adapted to the phone's model.
        .filter((value) => !/\{load\}|sip88xx/.test(value) && !seen.has(value));
      expect({ flag, missing }).toEqual({ flag, missing: [] });
      expect(seen.size).toBeGreaterThan(values.length);
    }
  });

  it('has missing and wrong licenses, for phones it has', () => {
    const macs = new Set(fleet.phones.map((phone) => phone.mac));
    for (const list of [fleet.files.missingLicenses, fleet.files.wrongDirectionLicenses, fleet.files.foreignLicenses]) {
      expect(list.length).toBeGreaterThan(5);
      for (const mac of list) expect(macs.has(mac)).toBe(true);
    }
  });
});

describe('a made-up fleet', () => {
  it('has no address and no MAC twice, whatever the seed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 400 }), (seed, phones) => {
        const scenario = builtinScenarios.plain({ subnet: '127.50.0.0/16', seed, phones });
        expect(new Set(scenario.phones.map((phone) => phone.mac)).size).toBe(phones);
        expect(new Set(scenario.phones.map((phone) => phone.address)).size).toBe(phones);
      }),
      { numRuns: 30 },
    );
  });

  it('shows a hardware revision on Enterprise firmware that is not the VID', () => {
    const scenario = buildScenario({
      name: 'x',
      subnet: '127.1.1.0/24',
      seed: 5,
      phones: [{ count: 50, model: '8841', load: 'sip88xx.14-2-1-0101-26' }],
    });
    for (const phone of scenario.phones) expect(phone.hardware).not.toBe(phone.vid);
  });
});
