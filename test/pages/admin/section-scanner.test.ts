import { describe, expect, it } from '@jest/globals';
import { headingIndex } from '../../../src/pages/admin/headings.js';
import { scanPage } from '../../../src/pages/admin/section-scanner.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

const scan = (html: string) => scanPage(html, headingIndex(multiplatform));
const headings = (html: string) => scan(html).headings.map(({ meaning }) => meaning);

describe('headings are found by a scan', () => {
  it.each([
    '<h3>Firmware Upgrade</h3>',
    '<H3 CLASS=x>FIRMWARE  upgrade:</H3>',
    '<legend>&nbsp;Firmware&nbsp;Upgrade</legend>',
    '<tr><td colspan=4><b>Firmware</b> <i>Upgrade</i><tr>',
    '<tr><td>&nbsp;<td>Firmware Upgrade<td>',
    '<div id="Firmware Upgrade">',
    "<div class=t id = 'firmware upgrade'>x</div>",
    '<p>&#70;irmware Upgrade',
    'Firmware Upgrade',
    '<table title="a > b" x=\'>\'>Firmware Upgrade<br>',
  ])('%s', (html) => {
    expect(headings(html)).toEqual(['firmwareUpgrade']);
  });

  it('with numbers', () => {
    expect(headings('<h4>Line 12 Call 2 Status</h4><h4>Ext 3 Status</h4>')).toEqual(['lineCallStatus', 'other']);
  });
});

describe('no heading is', () => {
  it.each([
    '<td>Firmware Upgrade Status 1</td>',
    '<p>See Firmware Upgrade</p>',
    '<tr><td>Label</td><td>Firmware Upgrade</td></tr>',
    '<select><option>Firmware Upgrade</option></select>',
    '<!-- <h3>Firmware Upgrade</h3> -->',
    '<!-- > <h3>Firmware Upgrade</h3>',
    '<script>"</h3><h3>Firmware Upgrade</h3>"</script>',
    '<textarea><h3>Firmware Upgrade</h3></TEXTAREA>',
    '<a title="<h3>Firmware Upgrade</h3>">x</a>',
    "<a title = '<h3>Firmware Upgrade</h3>'>x</a>",
    '<?php <h3 Firmware Upgrade?>',
    '<h3>Firmware<h3>Upgrade</h3>',
  ])('%s', (html) => {
    expect(headings(html)).toEqual([]);
  });
});

describe('form tags', () => {
  it('are found with their places', () => {
    const html = 'ab<FORM action="a>b">c</form ><fieldset>';
    expect(scan(html).tags.map(({ name, opens, start, end }) => [name, opens, html.slice(start, end)])).toEqual([
      ['form', true, '<FORM action="a>b">'],
      ['form', false, '</form >'],
      ['fieldset', true, '<fieldset>'],
    ]);
  });
});
