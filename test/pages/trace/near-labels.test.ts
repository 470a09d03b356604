import { describe, expect, it } from '@jest/globals';
import {
  nearAdminLabels,
  nearDeviceLabels,
  nearSettingLabels,
  nearTabLabels,
} from '../../../src/pages/trace/near-labels.js';
import { adminHtml } from '../../phones/support/web-phone.js';
import { enterprise, multiplatform } from '../../support/pages/phone-profiles.js';

describe('labels that are nearly known ones', () => {
  it('are none on a page that has them all', () => {
    expect(nearAdminLabels(adminHtml(), multiplatform)).toEqual([]);
    expect(nearSettingLabels(adminHtml(), multiplatform)).toEqual([]);
  });

  it.each([
    ['Product Information', 'Product Informations'],
    ['MAC Address', 'MAC Adress'],
    ['Software Version', 'Sofware Version'],
    ['Upgrade Rule', 'Upgrade-Rule'],
    ['Firmware Upgrade', 'Firmware-Upgrade'],
  ])('%s written as %s is told with what is meant', (label, shown) => {
    const near = nearAdminLabels(adminHtml().replaceAll(label, shown), multiplatform);
    expect(near).toContainEqual({ shown: expect.stringMatching(new RegExp(`^${shown}:?$`)), meant: label });
  });

  it('are not sought among labels of other things, nor for labels that are there', () => {
    const page = '<table><tr><td>Phone Status</td></tr><tr><td>PRT Status</td><td>x</td></tr></table>';
    expect(nearAdminLabels(page, multiplatform)).toEqual([]);
    const both = adminHtml().replace('</table>', '<tr><td>MAC Adress</td><td>-</td></tr></table>');
    expect(nearAdminLabels(both, multiplatform)).toEqual([]);
  });

  it('of the settings are sought in their section where there is one', () => {
    const outside = adminHtml()
      .replace('Customization', 'x')
      .replace('CA Settings', 'CA Settings</h3><p>Upgrade Ruled</p><h3>');
    expect(nearSettingLabels(outside.replace('Upgrade Rule:', 'Upgrade Ruler:'), multiplatform)).toEqual([
      { shown: 'Upgrade Ruler:', meant: 'Upgrade Rule' },
    ]);
  });

  it('of Enterprise pages and of tabs are told too', () => {
    const page = '<table><tr><td>Serial Numbers</td><td></td><td>FCH</td></tr></table>';
    expect(nearDeviceLabels(page, enterprise)).toEqual([{ shown: 'Serial Numbers', meant: 'Serial Number' }]);
    expect(nearTabLabels(['Upgrade Rul', 'Station Name'], multiplatform)).toEqual([
      { shown: 'Upgrade Rul', meant: 'Upgrade Rule' },
    ]);
  });

  it('are few, however long the page and however many its labels', () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, nth) => `<tr><td>MAC Addres${nth % 10} ${'x'.repeat(nth % 50)}</td><td>-</td></tr>`,
    );
    expect(nearAdminLabels(`<table>${rows.join('')}</table>`, multiplatform).length).toBeLessThanOrEqual(8);
    expect(nearAdminLabels('<td>'.repeat(300_000), multiplatform)).toEqual([]);
  });
});
