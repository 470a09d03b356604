import { describe, expect, it } from '@jest/globals';
import type { FormField } from '../../../src/pages/upgrade-form/all-fields.js';
import { readAllFields, readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { dialects, writeAdminPage } from '../../support/pages/admin-pages.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';
import { mutatedPage } from '../support/mutated-page.js';
import { runs } from '../../support/depth.js';

/** A field is found under its true name and in its true form, or it is not found. */
function wrongFields(seed: number): { wrong: string[]; found: boolean } {
  const { html, truth, how } = mutatedPage(seed, 5);
  const form = readUpgradeForm(html, multiplatform);
  if (!form) return { wrong: [], found: false };
  const wrong: string[] = [];
  const say = (what: string, is: unknown): void =>
    void wrong.push(`seed ${seed}: ${what} is ${JSON.stringify(is)}; ${how}`);
  if (form.action !== truth.form.action) say('action', form.action);
  for (const field of ['upgradeRule', 'authorizationRule', 'authorizationType'] as const) {
    const found = form[field];
    if (found && found.name !== truth.form[field]?.name) say(field, found);
  }
  return { wrong, found: true };
}

/** Forms of each series of seeds, and those that are read whole. */
const [count, wholeForms] = [runs(250, 12_500), runs(120, 5_000)];

describe.each([40_001, 50_001])(`${count} broken forms from seed %d on`, (first) => {
  it('never throw, and never give another field', () => {
    let found = 0;
    const wrong: string[] = [];
    for (let seed = first; seed < first + count; seed += 1) {
      const form = wrongFields(seed);
      wrong.push(...form.wrong);
      if (form.found) found += 1;
    }
    expect(wrong).toEqual([]);
    expect(found).toBeGreaterThan(0.8 * count);
  });
});

describe(`${wholeForms} broken forms read whole`, () => {
  it('never have a field that is none of the form, nor a password that is not taken for one', () => {
    const wrong: string[] = [];
    let whole = 0;
    for (let seed = 60_001; seed <= 60_000 + wholeForms; seed += 1) {
      const { html, how } = mutatedPage(seed, 3);
      const dialect = dialects[seed % dialects.length] ?? 'sipura';
      const sound = readAllFields(writeAdminPage(seed, dialect, { fillerRows: 0, decoys: false }).html, multiplatform);
      const passwords = new Map(sound.map(({ name, password }) => [name, password]));
      // A fake row that is shown is a row of the form like any other.
      const isTrue = ({ name, password }: FormField): boolean =>
        (/^66[678]$/.test(name) && how.includes('showFakeRow')) || passwords.get(name) === password;
      const read = readAllFields(html, multiplatform);
      for (const field of read) if (!isTrue(field)) wrong.push(`seed ${seed}: ${JSON.stringify(field)}; ${how}`);
      if (read.length >= sound.length) whole += 1;
    }
    expect(wrong).toEqual([]);
    expect(whole).toBeGreaterThan(0.6 * wholeForms);
  });
});
