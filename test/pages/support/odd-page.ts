import { expect } from '@jest/globals';
import { readWholeUpgradeForm } from '../../../src/pages/upgrade-form/find.js';
import { readAllFields, readFirmwareUpgrade, readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

/** The row of a field that is found, and one of another. */
export const rule = '<tr><td>Upgrade Rule:</td><td><input name="5001" id="r" value="http://a/b.loads"></td></tr>';
export const other = '<tr><td>Log Server:</td><td><input name="5200" id="o"></td></tr>';

/** What stands around the rows. */
export interface Around {
  before?: string;
  form?: string;
  section?: string;
  end?: string;
}

/** A page with these rows in Firmware Upgrade. */
export const page = (rows: string, { before = '', form, section, end = '' }: Around = {}): string =>
  `<html><body>${before}<h3>Product Information</h3><table><tr><td>Product Name</td><td>CP-8841-3PCC</td></tr></table>` +
  `${form ?? '<form action="bcisco.csc" method="POST">'}${section ?? '<h3>Firmware Upgrade</h3>'}<table>${rows}</table>` +
  `<h3>CA Settings</h3><table><tr><td>Custom CA Rule</td><td><input name="666"></td></tr></table>${end}</form></body></html>`;

/** What is odd about a page, read from its section and as a whole; what is odd is in no way given, nor posted as a whole form. */
export function oddity(html: string): string | null {
  const { oddity: odd } = readFirmwareUpgrade(html, multiplatform);
  const form = readUpgradeForm(html, multiplatform);
  expect(readWholeUpgradeForm(html, multiplatform)).toEqual(form);
  if (odd) expect([form, readAllFields(html, multiplatform)]).toEqual([null, []]);
  else expect(form?.upgradeRule).toEqual({ name: '5001', value: 'http://a/b.loads' });
  return odd?.text ?? null;
}
