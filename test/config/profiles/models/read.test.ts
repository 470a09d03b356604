import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadModels } from '../../../../src/config/profiles/models/read.js';
import { shippedProfilesDir } from '../../../../src/config/profiles/shipped.js';
import { formatVersion } from '../../../../src/domain/firmware/version.js';
import { messageOf, temporaryFiles } from '../../support/temporary-files.js';

const files = temporaryFiles();
afterAll(() => files.remove());

const shipped = readFileSync(join(shippedProfilesDir(), 'models.yaml'), 'utf8');
const models = loadModels();

describe('profiles/models.yaml', () => {
  it('has every value with its source and the date it was last looked up', () => {
    const values = [
      ...[...models.models.values()].flatMap(({ e2m, m2e }) => [e2m, m2e]),
      ...models.warnings,
      ...models.minimums,
      ...models.hardwareFloors,
      models.returnWithoutLicenseFrom,
      models.authorizationFieldsFrom,
      models.multiplatformTargetFrom,
      ...models.licenses.orders,
    ];
    expect(values.length).toBeGreaterThan(50);
    for (const { source, asOf, rule } of values) {
      expect(source).toMatch(/guide|FAQ|reference|release notes|field notice/);
      expect(asOf).toMatch(/^2026-\d{2}-\d{2}$/);
      expect(rule).toMatch(/^(?:G\d+|RN\d+|M2E-1|E2M-1|XMLREF|FN\d+)$/);
    }
  });

  it('knows the load family of every model', () => {
    const byFamily: Record<string, string[]> = {};
    for (const { model, loadFamily } of models.models.values()) (byFamily[loadFamily ?? 'none'] ??= []).push(model);
    const names = Object.entries(byFamily).map(([family, list]) => [family, list.sort().join(' ')]);
    expect(Object.fromEntries(names)).toEqual({
      sip78xx: '7811 7821 7841 7861',
      sip7832: '7832',
      sip88xx: '8811 8841 8851 8851NR 8861',
      sip8832: '8832 8832NR',
      sip8845_65: '8845 8865 8865NR',
      none: '6821 6841 6851 6861 6871 8821 8831',
    });
  });

  it('has both minimums for both directions', () => {
    const minimums = models.minimums.map(({ direction, kind, version, except }) => [
      `${direction} ${kind} ${formatVersion(version)}`,
      ...Object.entries(except).map(([family, other]) => `${family} ${formatVersion(other)}`),
    ]);
    expect(minimums).toEqual([
      ['m2e absolute 11.3(5)', 'sip8832 12.0(3)SR1'],
      ['m2e recommended 12.0(3)', 'sip8832 12.0(3)SR1'],
      ['e2m absolute 12.5(1)'],
      ['e2m recommended 14.2(1)SR1'],
    ]);
  });
});

describe('the numbers that Unified CM gives the models', () => {
  it('are there for every model that may move to Multiplatform', () => {
    const movable = [...models.models.values()].filter(({ e2m }) => e2m.allowed).map(({ model }) => model);
    expect([...models.typeNumbers.numbers.keys()].sort()).toEqual(movable.sort());
    expect(models.typeNumbers.numbers.get('8841')).toBe(683);
    expect(models.typeNumbers.source).toContain('docs/knowledge/unified-cm.md#model-numbers');
  });
});

describe('another file of models', () => {
  it('is read the same way', () => {
    expect(loadModels(files.write('copy.yaml', shipped))).toEqual(models);
  });

  it.each([
    [
      'a source that is not listed',
      'allowed: true, rule: G2, source: guide }',
      'allowed: true, rule: G2, source: gide }',
      /models\.7811\.e2m\.source: there is no source "gide" under sources\.$/,
    ],
    [
      'a model that is not listed',
      "models: ['7841']",
      "models: ['7842']",
      /hardwareFloors\[1\]\.models\[0\]: there is no model "7842" under models\.$/,
    ],
    [
      'a load family that no model has',
      'sip8832: 12.0(3)SR1',
      'sip8833: 12.0(3)SR1',
      /minimums\[0\]\.except\.sip8833: no model has this load family\.$/,
    ],
    [
      'a range from late to early',
      'vidTo: V24',
      'vidTo: V02',
      /models\.7821\.e2m\.vidTo: expected nothing below vidFrom\.$/,
    ],
    [
      'a recommended minimum below the absolute one',
      'version: 12.0(3)\n',
      'version: 11.3(4)\n',
      /minimums\[1\]\.version: expected nothing below the absolute minimum 11\.3\(5\)\.$/,
    ],
    [
      'an exception below it',
      'version: 12.0(3)\n    except: { sip8832: 12.0(3)SR1 }',
      'version: 12.0(3)\n    except: { sip8832: 12.0(3) }',
      /minimums\[1\]\.except\.sip8832: expected nothing below the absolute minimum/,
    ],
    [
      'two minimums for one thing',
      'kind: recommended',
      'kind: absolute',
      /minimums\[1\]: a second absolute minimum for m2e\.$/,
    ],
    [
      'a number for a version',
      'version: 12.0(3)\n',
      'version: 12.0\n',
      /minimums\[1\]\.version: expected a firmware version such as 12\.0\(3\)SR1, found 12\.$/,
    ],
    [
      'a version that is none',
      'version: 12.0(3)\n',
      'version: newest\n',
      /minimums\[1\]\.version: expected a firmware version such as 12\.0\(3\)SR1, found "newest"\.$/,
    ],
    [
      'a hardware version that is none',
      'vidFrom: V04',
      'vidFrom: 4',
      /models\.7841\.e2m\.vidFrom: expected a hardware version such as V03, found 4\.$/,
    ],
    ['a broken expression', "'^[^.]+\\.TL'", "'^[^.+'", /loadNames\[0\]\.pattern: expected a regular expression\.$/],
    ['a date that is none', 'asOf: 2026-01-30', 'asOf: January', /asOf: expected a date such as 2026-11-22/],
    [
      'an order number for a load family that no model has',
      'loadFamilies: [sip78xx, sip7832]',
      'loadFamilies: [sip78xx, sip7832, sip79xx]',
      /licenses\.orders\[1\]\.loadFamilies\[2\]: no model has this load family\.$/,
    ],
    [
      'a load family with two order numbers',
      'loadFamilies: [sip78xx, sip7832]',
      'loadFamilies: [sip78xx, sip7832, sip88xx]',
      /licenses\.orders\[1\]\.loadFamilies\[2\]: a second order number for sip88xx in e2m\.$/,
    ],
    [
      'a model that may move and for which nothing can be ordered',
      'loadFamilies: [sip78xx, sip7832]',
      'loadFamilies: [sip78xx]',
      /models\.7832\.loadFamily: there is no order number for sip7832 in e2m under licenses\.orders\.$/,
    ],
    [
      'a type number of a model that is not listed',
      "'8845': 36224",
      "'8846': 36224",
      /typeNumbers\.numbers\.8846: there is no model "8846" under models\.$/,
    ],
    [
      'a type number that two models have',
      "'8845': 36224",
      "'8845': 683",
      /typeNumbers\.numbers\.8845: the 8841 has the number 683 already\.$/,
    ],
    [
      'a model that may move and has no type number',
      "    '8845': 36224\n",
      '',
      /models\.8845: it has no number under typeNumbers\.numbers\.$/,
    ],
    [
      'a least target for a load family that no model has',
      'multiplatformTargetFrom: { version: 12.0(3), except: { sip8832:',
      'multiplatformTargetFrom: { version: 12.0(3), except: { sip8833:',
      /multiplatformTargetFrom\.except\.sip8833: no model has this load family\.$/,
    ],
    [
      'a key that is not a model',
      "  '7811':",
      '  CP-7811:',
      /models\.CP-7811: expected a model such as 8841 or 8851NR as the key/,
    ],
    [
      'a misspelled key',
      'hardwareFloors:',
      'hardwareFloor:',
      /hardwareFloor: unknown key, did you mean "hardwareFloors"\? \(and 1 more\)\.$/,
    ],
  ])('with %s is refused with line and place', (_, from, to, expected) => {
    expect(shipped).toContain(from);
    const path = files.write('broken.yaml', shipped.replace(from, to));
    const message = messageOf(() => loadModels(path));
    expect(message).toMatch(expected);
    expect(message).toMatch(/^.*broken\.yaml:\d+:\d+: /);
  });
});
