import { describe, expect, it } from '@jest/globals';
import { readAdminPage } from '../../../src/pages/admin/admin-page.js';
import { readAllFields, readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

/* What mutated pages have shown once: here a broken tag made one field or row pass for another. */
const information = (rows: string, after = ''): ReturnType<typeof readAdminPage> =>
  readAdminPage(
    '<h3>Product Information</h3><table><tr><td>Product Name:</td><td>CP-8841-3PCC</td></tr>' +
      `<tr><td>MAC Address:</td><td>00CCFC123456</td></tr>${rows}</table>${after}`,
    multiplatform,
  );
const typeOf = (rows: string): string | null | undefined =>
  information(rows)?.productInformation.transitionAuthorizationType;

const form = (rows: string, open = '<form action="bcisco.csc" method="post">'): string =>
  `${open}<h3>Firmware Upgrade</h3><table>${rows}</table><h3>CA Settings</h3><table></table></form>`;
const ruleOf = (html: string): string | undefined => readUpgradeForm(html, multiplatform)?.upgradeRule?.name;

describe('a quote that was left out', () => {
  it('does not put the next field beside the label', () => {
    const rows =
      '<tr><td>Upgrade Rule:</td><td class="info><input name=102></td><td>Log Upgrade Request Msg:</td><td class="info">' +
      '<input name=103></td></tr>';
    expect(ruleOf(form(rows.replace('"info>', '"info">')))).toBe('102');
    expect(ruleOf(form(rows))).toBeUndefined();
  });

  it('does not put the next value beside the label', () => {
    const page = information(
      '<tr><td>Serial Number:</td><td class="info>FCH1</td><td>Software Version:</td><td class="info">sip88xx.12</td></tr>',
    );
    expect(page?.productInformation.serial).toBeNull();
  });

  it('makes no name for a control, and no address or method for a form', () => {
    const row = (control: string): string => `<tr><td>Upgrade Rule:</td><td>${control}</td></tr>`;
    expect(ruleOf(form(row('<input name=5356">')))).toBeUndefined();
    expect(ruleOf(form(row('<input name="5356 value=">')))).toBeUndefined();
    expect(ruleOf(form(row('<input name="5356">'), '<form action="bcisco.csc method=" post">'))).toBeUndefined();
    expect(ruleOf(form(row('<input name="5356">'), '<form method="post action="/bcisco.csc">'))).toBeUndefined();
    expect(ruleOf(form(row('<input name="5356">')))).toBe('5356');
  });

  it('makes half a form no whole one', () => {
    const rest = '<tr><td>Rule 2</td><td class="info><input name=7></td></tr><tr><td class="x">x</td></tr>';
    const html = form(`<tr><td>Upgrade Rule:</td><td><input name="5"></td></tr>${rest}`);
    expect(readAllFields(html.replace('"info>', '"info">'), multiplatform)).toHaveLength(2);
    expect(readAllFields(html, multiplatform)).toEqual([]);
  });
});

describe('a heading whose row was not begun', () => {
  it('still ends the section before it', () => {
    const rule = '<tr><td>Upgrade Rule:</td><td><input name="decoy"></td></tr>';
    const row = '<tr><td>Upgrade Enable:</td><td><input name="1"></td>';
    expect(ruleOf(form(`${row}<td>CA Settings</td>${rule}`))).toBeUndefined();
    expect(ruleOf(form(`${row}</tr>${rule}`))).toBe('decoy');
  });
});

describe('an authorization type shown empty', () => {
  const label = '<tr><td>Transition Authorization Type:</td>';

  it.each([
    ['a stray cell before the value', `${label}<td></td><td>Classic</td></tr>`],
    ['a table in the cell', `${label}<td><table><tr><td>Classic</td></tr></table></td></tr>`],
    ['a row that begins before the value', `${label}<td><tr>Classic</tr>`],
    ['a script that may write the value', `${label}<td><script>document.write(type)</script></td></tr>`],
    ['a label inside a label', '<tr><label>Transition Authorization Type<label>Classic</label></tr>'],
  ])('is not known with %s', (_what, row) => {
    expect(typeOf(row)).toBeNull();
  });

  it('is known where the cell is empty and the row goes on with another label, or ends', () => {
    expect(typeOf(`${label}<td></td></tr>`)).toBe('');
    expect(typeOf(`${label}<td></td><td></td><td>Licenses:</td><td>None</td></tr>`)).toBe('');
  });
});

describe('texts that ran together', () => {
  it('are not known: a value and the next label, two rows of one list', () => {
    const row = (at: number): string => `[${at}][01/01/2024][http://h/x.lic]Authorization Succeeded.`;
    const page = information(
      '<tr><td>Customization:</td><td>Open Licenses</td></tr>',
      '<h3>Download Status</h3><table><tr><td>Firmware Upgrade Status 1:</td><td>Done Firmware Upgrade Status 2</td></tr></table>' +
        `<h3>Transition Authorization Status</h3><table><tr><td>${row(0)}${row(1)}</td></tr></table>`,
    );
    expect(page).toMatchObject({ productInformation: { customization: null }, firmwareUpgradeRows: [] });
    expect(page?.authorizationRows).toEqual([]);
  });
});
