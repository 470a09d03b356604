import { describe, expect, it } from '@jest/globals';
import { readAdminPage } from '../../../src/pages/admin/admin-page.js';
import { readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { runs } from '../../support/depth.js';
import { dialects, writeAdminPage } from '../../support/pages/admin-pages.js';
import { disguisedPage, newDisguise } from '../support/disguise.js';
import { profiles } from '../support/meet.js';

const { multiplatform } = profiles;

describe('a page in a capture is read as the page itself', () => {
  it.each(dialects)('%s', (dialect) => {
    for (let seed = 1; seed <= runs(6, 60); seed += 1) {
      const { html } = writeAdminPage(seed, dialect);
      const disguise = newDisguise(seed);
      const made = disguisedPage(html, disguise);
      const [page, again] = [readAdminPage(html, multiplatform), readAdminPage(made, multiplatform)];
      if (!page || !again) throw new Error(`${dialect} ${seed} was not read`);
      const { mac, serial, ...product } = page.productInformation;
      const rule = (text: string): string => disguise.value(text, 'Upgrade Rule');
      expect(again.productInformation).toEqual({
        ...product,
        mac: mac && disguise.standIns.mac(mac),
        serial: serial && disguise.value(serial, 'Serial Number'),
      });
      expect(again.upgradeStatus).toBe(page.upgradeStatus);
      expect(again.callStates).toEqual(page.callStates);
      expect(again.authorizationRows.map(({ code, at, message }) => [code, at, message])).toEqual(
        page.authorizationRows.map(({ code, at, message }) => [code, at, message]),
      );
      const form = readUpgradeForm(html, multiplatform);
      expect(readUpgradeForm(made, multiplatform)).toEqual(
        form && {
          ...form,
          action: disguise.link(form.action),
          upgradeRule: form.upgradeRule && { ...form.upgradeRule, value: rule(form.upgradeRule.value) },
          authorizationRule: form.authorizationRule && {
            ...form.authorizationRule,
            value: rule(form.authorizationRule.value),
          },
        },
      );
    }
  });
});
