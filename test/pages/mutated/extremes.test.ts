import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readAdminPage } from '../../../src/pages/admin/admin-page.js';
import { readEnterpriseNetworkHtml } from '../../../src/pages/enterprise/page.js';
import { describePage } from '../../../src/pages/sign-in/page-kind.js';
import { readStatusXml } from '../../../src/pages/cross-check/status-xml.js';
import { readAllFields, readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { randomOf } from '../../support/pages/admin-page-dialects.js';
import { dialects, writeAdminPage } from '../../support/pages/admin-pages.js';
import { enterprise, multiplatform } from '../../support/pages/phone-profiles.js';
import { mutate, partsOf } from '../support/mutate.js';

/** What is put into a page at once, in bulk. */
const bulk: readonly (readonly [what: string, markup: string])[] = [
  ['an attribute of 1 MB', `<div title="${'Upgrade Rule '.repeat(80_000)}"></div>`],
  ['an attribute of 1 MB that is never closed', `<div title="${'x'.repeat(1_000_000)}`],
  ['10,000 nested blocks', '<div>'.repeat(10_000)],
  ['10,000 nested tables', '<table><tr><td>'.repeat(10_000)],
  ['60,000 nested tables', '<table><tr><td>'.repeat(60_000)],
  ['10,000 nested inline tags', '<b><font>'.repeat(10_000)],
  ['10,000 closing tags', '</div></td>'.repeat(10_000)],
  ['100,000 NULs', '\0'.repeat(100_000)],
  ['10,000 comments with rows', '<!-- <tr><td>Upgrade Rule:<td><input name=1> -->'.repeat(10_000)],
  ['60,000 labels in one row', `<tr>${'<label>x</label>'.repeat(60_000)}</tr>`],
  ['60,000 labels and empty cells in one row', `<tr>${'<td>x<td>'.repeat(60_000)}</tr>`],
  ['2 MB of labels that are never closed', '<label>'.repeat(285_000)],
  ['20,000 forms', '<form></form>'.repeat(20_000)],
  ['20,000 disabled fieldsets with a control', '<fieldset disabled><input name="z"></fieldset>'.repeat(20_000)],
  ['20,000 headings', '<h3>CA Settings</h3>'.repeat(20_000)],
  ['60,000 options', `<select name="z">${'<option>x'.repeat(60_000)}</select>`],
  ['4,900 open inline tags and 20,000 rows', `${'<b>'.repeat(4_900)}${'<hr>x'.repeat(20_000)}`],
  ['20,000 rows of nothing', '<tr><td></td></tr>'.repeat(20_000)],
];

describe.each(dialects)('a page in the markup "%s"', (dialect) => {
  const { html, truth } = writeAdminPage(7, dialect, { decoys: false });

  it.each(bulk)('is read rightly or not at all, and soon, with %s', (_what, markup) => {
    for (const place of [0.3, 0.8]) {
      const at = html.indexOf('<', Math.floor(html.length * place));
      const page = html.slice(0, at) + markup + html.slice(at);
      const begin = process.cpuUsage();
      const information = readAdminPage(page, multiplatform)?.productInformation;
      const form = readUpgradeForm(page, multiplatform);
      readAllFields(page, multiplatform);
      readStatusXml(page, multiplatform);
      describePage(page, multiplatform);
      const { user, system } = process.cpuUsage(begin);
      // Only a guard, for slow and busy machines: what is quadratic in a megabyte takes minutes.
      expect((user + system) / 1000).toBeLessThan(8_000);
      if (information) expect([truth.mac, null]).toContain(information.mac);
      if (form?.upgradeRule) expect(form.upgradeRule.name).toBe(truth.form.upgradeRule.name);
    }
  });
});

const folder = resolve(process.env['FLEET_MIGRATE_CAPTURES'] ?? '../shared/captures', 'enterprise');
const captures = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.network.html')) : [];

(captures.length > 0 ? describe : describe.skip)(`captured pages (skipped where there are none in ${folder})`, () => {
  it.each(captures.length > 0 ? captures : ['none'])('%s broken in 200 ways names no other phone', (file) => {
    const html = readFileSync(join(folder, file), 'latin1');
    const truth = readEnterpriseNetworkHtml(html, enterprise);
    for (let seed = 1; seed <= 200; seed += 1) {
      const parts = partsOf(html);
      const how = mutate(parts, randomOf(seed), 6).join(' | ');
      const read = readEnterpriseNetworkHtml(parts.join(''), enterprise);
      if (read === null) continue;
      expect({ how, productId: read.productId }).toEqual({ how, productId: truth?.productId });
      if (read.mac !== null) expect({ how, mac: read.mac }).toEqual({ how, mac: truth?.mac });
      if (read.hostName !== null) expect({ how, hostName: read.hostName }).toEqual({ how, hostName: truth?.hostName });
    }
  });
});
