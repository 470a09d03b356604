import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lintAddedPages } from '../../../src/config/profiles/added-pages.js';
import { loadPhoneProfiles } from '../../../src/config/profiles/phone-pages.js';

const shippedDir = 'profiles/phones';
const shipped = loadPhoneProfiles(shippedDir);

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fleet-migrate-pages-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

describe('phone profiles of one’s own', () => {
  it('add labels and patterns, and leave everything else as it is', () => {
    write('enterprise-fr.yaml', 'labels:\n  phoneDn: [Numéro de poste]\n');
    write(
      'multiplatform.yaml',
      "firmwareUpgrade: { labels: { upgradeRule: [Règle de mise à niveau] } }\ntitlePatterns: ['Utilitaire']\nproductNamePattern: '^MPP-'\n",
    );
    const { enterprise, multiplatform } = loadPhoneProfiles(shippedDir, dir);
    expect(enterprise.labels.phoneDn).toEqual([...shipped.enterprise.labels.phoneDn, 'Numéro de poste']);
    expect({ ...enterprise, labels: { ...enterprise.labels, phoneDn: shipped.enterprise.labels.phoneDn } }).toEqual(
      shipped.enterprise,
    );
    expect(multiplatform.firmwareUpgrade.labels.upgradeRule).toEqual(['Upgrade Rule', 'Règle de mise à niveau']);
    expect(multiplatform.titlePatterns).toEqual([...shipped.multiplatform.titlePatterns, 'Utilitaire']);
    const product = new RegExp(multiplatform.productNamePattern, 'i');
    expect(['CP-8841-3PCC', 'MPP-9000'].map((name) => product.test(name))).toEqual([true, true]);
    expect(multiplatform.sections).toEqual(shipped.multiplatform.sections);
  });

  it('replace a single value, and a pattern that names what it finds', () => {
    write(
      'multiplatform.yaml',
      "endpoints: { adminPage: /admin/other }\ncertificateNamePattern: '^SEP(?<mac>[0-9A-F]{12})$'\n",
    );
    const { multiplatform } = loadPhoneProfiles(shippedDir, dir);
    expect(multiplatform.endpoints).toEqual({ ...shipped.multiplatform.endpoints, adminPage: '/admin/other' });
    expect(multiplatform.certificateNamePattern).toBe('^SEP(?<mac>[0-9A-F]{12})$');
  });

  it('may be the shipped ones: then nothing changes', () => {
    cpSync(shippedDir, dir, { recursive: true });
    expect(loadPhoneProfiles(shippedDir, dir)).toEqual(shipped);
    expect(lintAddedPages(shipped, dir)).toEqual([]);
  });

  it.each([
    [
      'a key that does not exist',
      'enterprise.yaml',
      'labels:\n  serials: [Nummer]\n',
      /enterprise\.yaml:2:3: labels\.serials: unknown key, did you mean "serial"/,
    ],
    [
      'a broken pattern',
      'multiplatform.yaml',
      "titlePatterns:\n  - 'a('\n",
      /multiplatform\.yaml:2:5: titlePatterns\[0\]: expected a regular expression/,
    ],
    ['a label without letters', 'enterprise.yaml', "labels: { udi: ['--'] }\n", /expected a label with letters/],
    [
      'a tag that stands for something else',
      'multiplatform.yaml',
      'callState:\n  tags: [hardware_version]\n',
      /multiplatform\.yaml:2:10: callState\.tags\[0\]: .*stands for hardwareVersion already, and cannot stand for callState/,
    ],
    [
      'a status label that stands for another status',
      'multiplatform.yaml',
      'upgradeStatus:\n  labels: ["Call State:"]\n',
      /multiplatform\.yaml:2:12: upgradeStatus\.labels\[0\]: .*stands for .* already/,
    ],
    [
      'a label that stands for something else',
      'enterprise.yaml',
      'labels:\n  hostName: [serial number]\n',
      /enterprise\.yaml:2:14: labels\.hostName\[0\]: .*stands for hostName already, and cannot stand for serial/,
    ],
    ['no YAML', 'enterprise.yaml', 'labels: [\n', /enterprise\.yaml:.*not valid YAML/],
    [
      'a file whose name says nothing',
      'labels.yaml',
      'labels: {}\n',
      /labels\.yaml: its name does not say which phones/,
    ],
  ])('with %s are refused with file and line', (_what, name, text, message) => {
    const path = write(name, text);
    expect(() => loadPhoneProfiles(shippedDir, dir)).toThrow(message);
    expect(lintAddedPages(shipped, dir)).toEqual([expect.stringMatching(message)]);
    if (name !== 'labels.yaml') expect(lintAddedPages(shipped, path)).toEqual([expect.stringMatching(message)]);
  });

  it('are all told by lint, not only the first', () => {
    write('enterprise.yaml', 'labels: { serials: [a] }\nnothing: 1\n');
    write('multiplatform.yaml', 'tabs: yes\n');
    expect(lintAddedPages(shipped, dir)).toHaveLength(3);
  });

  it('must be there', () => {
    mkdirSync(join(dir, 'empty'));
    expect(() => loadPhoneProfiles(shippedDir, join(dir, 'empty'))).toThrow(
      /there is no multiplatform\*\.yaml or enterprise\*\.yaml/,
    );
    expect(() => loadPhoneProfiles(shippedDir, join(dir, 'nowhere'))).toThrow(/cannot be read: there is no such file/);
  });
});
