import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadPhoneProfiles } from '../../../src/config/profiles/phone-pages.js';

const shipped = 'profiles/phones';

describe('the shipped phone profiles', () => {
  const { multiplatform, enterprise } = loadPhoneProfiles(shipped);

  it('name the pages to read', () => {
    expect(multiplatform.endpoints).toEqual({
      adminPage: '/admin/advanced',
      statusXml: '/admin/status.xml',
      configXml: '/admin/cfg.xml',
      resync: '/admin/resync',
      upgrade: '/admin/upgrade',
      xmlPost: { path: '/admin/config.xml', contentType: 'application/x-www-form-urlencoded' },
      others: ['/admin', '/basic/User.json'],
    });
    expect(enterprise.endpoints.deviceXml[0]).toBe('/DeviceInformationX');
  });

  it('know the aliases of the guide (G9, G13)', () => {
    expect(multiplatform.firmwareUpgrade.labels.authorizationRule).toContain('Transition Load Authorization Rule');
    expect(multiplatform.firmwareUpgrade.labels.authorizationType).toContain('Transition Authorization Typ');
  });

  it('give each heading and each label one meaning', () => {
    const lists = [
      [...Object.values(multiplatform.sections), multiplatform.otherHeadings],
      [...Object.values(multiplatform.productInformation.labels), multiplatform.productInformation.otherLabels],
      Object.values(multiplatform.firmwareUpgrade.labels),
      Object.values(enterprise.labels),
      Object.values(enterprise.tags),
    ].map((groups) => groups.flat().map((text) => text.toLowerCase()));
    for (const labels of lists) expect(labels.filter((label, at) => labels.indexOf(label) !== at)).toEqual([]);
  });

  it.each([
    ['CP-8841-3PCC', true],
    ['8851NR-3PCC', true],
    ['CP-7832-3PCC-K9', true],
    ['CP-6841-3PCC', true],
    ['CP-8841', false],
    ['SPA504G', false],
    ['CP-8841-3PCC; rm', false],
  ])('tell a product name of the family: %s', (name, expected) => {
    expect(new RegExp(multiplatform.productNamePattern, 'i').test(name)).toBe(expected);
  });

  it('hold no pattern that takes long on any text', () => {
    const nasty = ['[', 'CP-', 'A-', ' ', 'V00 ', '[[', '[]', 'SEP', '0', 'a', 'up'].map((piece) =>
      piece.repeat(50_000),
    );
    const begin = process.cpuUsage();
    for (const pattern of patternsOf({ multiplatform, enterprise })) {
      for (const text of nasty) new RegExp(pattern, 'i').test(text);
    }
    const { user } = process.cpuUsage(begin);
    expect(user / 1000).toBeLessThan(5_000);
  });
});

describe('a phone profile that cannot be used', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'phone-profile-'));
    for (const file of ['multiplatform.yaml', 'enterprise.yaml']) {
      writeFileSync(join(dir, file), readFileSync(join(shipped, file)));
    }
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const change = (file: string, from: string | RegExp, to: string): void => {
    const text = readFileSync(join(dir, file), 'utf8');
    expect(text).toMatch(from);
    writeFileSync(join(dir, file), text.replace(from, to));
  };

  it('is named with the place and what was expected', () => {
    change('multiplatform.yaml', 'adminPage: /admin/advanced', 'adminPage: admin/advanced');
    expect(() => loadPhoneProfiles(dir)).toThrow(
      /multiplatform\.yaml:\d+:\d+: endpoints\.adminPage: expected a path that begins with "\/"/,
    );
  });

  it('may not misspell a key', () => {
    change('enterprise.yaml', 'placeholders:', 'placeholder:');
    expect(() => loadPhoneProfiles(dir)).toThrow(/enterprise\.yaml.*placeholder.*did you mean "placeholders"/);
  });

  it('may not hold a pattern that is none', () => {
    change('multiplatform.yaml', /passwordNamePattern: .*/, "passwordNamePattern: '('");
    expect(() => loadPhoneProfiles(dir)).toThrow(/passwordNamePattern: expected a regular expression/);
  });

  it('must name the parts that a pattern finds', () => {
    change('multiplatform.yaml', '(?<url>', '(?<link>');
    expect(() => loadPhoneProfiles(dir)).toThrow(
      /authorizationRows\.pattern: expected a regular expression with the groups .*url/,
    );
  });

  it('may not have an empty label, which every empty cell would match', () => {
    change('multiplatform.yaml', 'upgradeRule: [Upgrade Rule]', "upgradeRule: ['']");
    expect(() => loadPhoneProfiles(dir)).toThrow(/firmwareUpgrade\.labels\.upgradeRule\[0\]: expected a label/);
  });

  it('may not leave a section out', () => {
    change('multiplatform.yaml', /\n {2}phoneStatus: .*/, '');
    expect(() => loadPhoneProfiles(dir)).toThrow(/sections\.phoneStatus: is missing/);
  });

  it('must be there', () => {
    rmSync(join(dir, 'enterprise.yaml'));
    expect(() => loadPhoneProfiles(dir)).toThrow(/enterprise\.yaml: there is no such file/);
  });
});

/** Every text of a profile that stands under a key ending in `pattern` or `patterns`, and the meanings. */
function patternsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return /pattern|upgrading|failed|idle|messages/i.test(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => patternsOf(item, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => patternsOf(item, name));
}
