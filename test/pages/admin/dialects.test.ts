import { describe, expect, it } from '@jest/globals';
import { readAdminPage, readWholeAdminPage } from '../../../src/pages/admin/admin-page.js';
import { readWholeUpgradeForm } from '../../../src/pages/upgrade-form/find.js';
import { cutSections } from '../../../src/pages/admin/sections.js';
import { readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { type Dialect, dialects, type Truth, writeAdminPage } from '../../support/pages/admin-pages.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';
import { runs } from '../../support/depth.js';

function expectedPage(truth: Truth) {
  const { productName, serial, softwareVersion, hardwareVersion, mac, transitionAuthorizationType, customization } =
    truth;
  return {
    productInformation: {
      productName,
      serial,
      softwareVersion,
      hardwareVersion,
      mac,
      transitionAuthorizationType,
      customization,
    },
    upgradeStatus: truth.upgradeStatus,
    firmwareUpgradeRows: truth.firmwareUpgradeRows,
    authorizationRows: truth.authorizationRows.map((text) => expect.objectContaining({ text })),
    callStates: truth.callStates,
  };
}

const seeds = Array.from({ length: runs(8, 60) }, (_, at) => at);

describe.each(dialects)('an admin page in the markup "%s"', (dialect: Dialect) => {
  it('is read as what it shows, decoys and all', () => {
    for (const seed of seeds) {
      const { html, truth } = writeAdminPage(seed, dialect);
      expect({ seed, page: readAdminPage(html, multiplatform) }).toEqual({ seed, page: expectedPage(truth) });
    }
  });

  it('is read the same from its sections as from the whole page', () => {
    for (const seed of seeds) {
      const { html } = writeAdminPage(seed, dialect);
      expect({ seed, page: readAdminPage(html, multiplatform) }).toEqual({
        seed,
        page: readWholeAdminPage(html, multiplatform),
      });
    }
  });

  it('needs no more of the page than its sections', () => {
    for (const seed of seeds) {
      const { html } = writeAdminPage(seed, dialect);
      const sections = cutSections(html, multiplatform, new Set(['productInformation', 'firmwareUpgrade']));
      // The heading in the tab bar begins a section too: an empty one.
      const names = new Set(sections?.filter((section) => section.rows.length > 1).map((section) => section.name));
      expect({ seed, names }).toEqual({ seed, names: new Set(['productInformation', 'firmwareUpgrade']) });
    }
  });

  it('gives the Firmware Upgrade fields by their labels', () => {
    for (const seed of seeds) {
      const { html, truth } = writeAdminPage(seed, dialect);
      const { action, ...fields } = truth.form;
      expect({ seed, form: readUpgradeForm(html, multiplatform) }).toEqual({
        seed,
        form: { action, method: 'post', enctype: 'application/x-www-form-urlencoded', ...fields },
      });
    }
  });

  it('gives the same fields from the section as from the whole page', () => {
    for (const seed of seeds) {
      const { html } = writeAdminPage(seed, dialect);
      expect(readUpgradeForm(html, multiplatform)).toEqual(readWholeUpgradeForm(html, multiplatform));
    }
  });

  it('is read where it is as long as a real one', () => {
    for (const seed of [1, 2, 3]) {
      const { html, truth } = writeAdminPage(seed, dialect, { fillerRows: 600 });
      expect(html.length).toBeGreaterThan(120_000);
      expect(readAdminPage(html, multiplatform)).toEqual(expectedPage(truth));
      expect(readUpgradeForm(html, multiplatform)?.upgradeRule).toEqual(truth.form.upgradeRule);
    }
  });
});
