import { describe, expect, it } from '@jest/globals';
import { readAdminPage } from '../../../src/pages/admin/admin-page.js';
import { readEnterpriseHtml, readEnterpriseXml } from '../../../src/pages/enterprise/page.js';
import { mayBeCutOff, withoutHalfTag } from '../../../src/pages/markup/truncation.js';
import { readAllFields, readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { dialects, writeAdminPage } from '../../support/pages/admin-pages.js';
import { device8845, devicePage, xml8845 } from '../../support/pages/enterprise-pages.js';
import { enterprise, multiplatform } from '../../support/pages/phone-profiles.js';
import { runs } from '../../support/depth.js';

describe('a page that may have broken off in the middle of a row', () => {
  it.each([
    '<td>Version</td><td>sip88xx.12-0',
    '<td>Version</td><td>sip88xx<b>.12</b>',
    '<td>Type</td><td>',
    '<td>Type</td><td><div>',
    '<td>Rule</td><td><input name="1" val',
    '<td>Type</td><td><select name="1"><option>Classic</option>',
    '<div><label>Type</label>',
    '<dt>Type</dt>',
    '<td>a</td></tr',
    'no tags at all',
    '',
  ])('%s', (html) => {
    expect(mayBeCutOff(html)).toBe(true);
  });

  it.each(['<td>Version</td><td>sip88xx.12-0</td>', '</TABLE>\n', '</div>', '</select>', '</body></html>\r\n'])(
    'is none of these: %s',
    (html) => {
      expect(mayBeCutOff(html)).toBe(false);
    },
  );

  it('gives no form to post as a whole', () => {
    const { html } = writeAdminPage(7, 'bcisco', { decoys: false });
    const end = html.indexOf('System Configuration');
    expect(readUpgradeForm(html.slice(0, end), multiplatform)).not.toBeNull();
    expect(readAllFields(html, multiplatform)).not.toEqual([]);
    expect(readAllFields(html.slice(0, end), multiplatform)).toEqual([]);
  });
});

describe('a page that breaks off anywhere', () => {
  it.each(dialects)('gives true values or none (%s)', (dialect) => {
    const { html, truth } = writeAdminPage(7, dialect, { fillerRows: 1, decoys: false });
    for (let end = 0; end < html.length; end += runs(31, 3)) {
      const information = readAdminPage(html.slice(0, end), multiplatform)?.productInformation;
      for (const field of ['productName', 'serial', 'softwareVersion', 'transitionAuthorizationType', 'mac'] as const) {
        if (information && information[field] !== null) expect(information[field]).toBe(truth[field]);
      }
      const form = readUpgradeForm(html.slice(0, end), multiplatform);
      for (const field of ['upgradeRule', 'authorizationRule', 'authorizationType'] as const) {
        if (form?.[field]) expect(form[field]).toEqual(truth.form[field]);
      }
    }
  });

  it('gives true values or none on Enterprise phones', () => {
    for (const [read, text] of [
      [readEnterpriseHtml, devicePage()],
      [readEnterpriseXml, xml8845],
    ] as const) {
      for (let end = 0; end < text.length; end += runs(5, 1)) {
        const device = read(text.slice(0, end), enterprise);
        for (const [field, value] of Object.entries(device ?? {})) {
          if (value !== null) expect([field, value]).toEqual([field, device8845[field as keyof typeof device8845]]);
        }
      }
    }
  });
});

describe('a last tag that was begun only', () => {
  it.each([
    ['<td>Idle</table><', '<td>Idle</table>'],
    ['<td>Idle</table></di', '<td>Idle</table>'],
    ['<td>Idle</table>', '<td>Idle</table>'],
    ['<td>Idle', '<td>Idle'],
    ['Idle', 'Idle'],
    ['', ''],
  ])('%j is read as %j', (html, left) => expect(withoutHalfTag(html)).toBe(left));
});
