import { describe, expect, it } from '@jest/globals';
import { readAdminPage } from '../../../src/pages/admin/admin-page.js';
import { readAllFields, readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { decodeBody } from '../../../src/transport/body/response.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

const rule = 'http://10.0.0.5/x.loads?a=1&b=2';

/** One page, two columns, every cell closed. */
const plain = `<html><head><title>CP-8841-3PCC Configuration Utility</title></head><body>
<h3>Product Information</h3><table>
<tr><td>Product Name</td><td>CP-8841-3PCC</td></tr>
<tr><td>Serial Number</td><td>FCH2012ABCD</td></tr>
<tr><td>Software Version</td><td>sip88xx.12-0-3MPP0001-87</td></tr>
<tr><td>Hardware Version</td><td>5</td></tr>
<tr><td>MAC Address</td><td>00CCFC123456</td></tr>
<tr><td>Transition Authorization Type</td><td></td></tr></table>
<form action="bcisco.csc" method="post"><h3>Firmware Upgrade</h3><table>
<tr><td>Upgrade Rule</td><td><input name="101" value="http://10.0.0.5/x.loads?a=1&amp;b=2"></td></tr>
<tr><td>Transition Authorization Rule</td><td><input name="102" value=""></td></tr>
<tr><td>Transition Authorization Type</td><td><select name="103"><option value="0" selected>Classic</option><option value="1">WxC</option></select></td></tr>
<tr><td>Log Server</td><td><input name="104" value="here"></td></tr></table></form></body></html>`;

const labels =
  /(?<=<td>)(Product Name|Serial Number|Software Version|Hardware Version|MAC Address|Transition Authorization (?:Type|Rule)|Upgrade Rule)(?=<\/td>)/g;
const withLabels = (written: (label: string) => string): string => plain.replace(labels, (label) => written(label));
const asReferences = (text: string): string =>
  text.replace(/[^<>\s]/g, (mark) => `&#x${mark.codePointAt(0)?.toString(16)};`);

/** Rows two by two, as the old pages have them. */
const fourColumns = plain.replace(
  /<\/tr>\n<tr>(?=<td>(?:Serial|Hardware|Transition Authorization (?:Type<\/td><td><\/td>|Rule)))/g,
  '',
);

/** Each tab in a `div` whose id is its title, blanks and all, with the section's title in a row. */
const blankIds = plain
  .replace(
    '<h3>Product Information</h3>',
    '<div id="Download Status"></div><div id="Info Status"><table><tr><td colspan="4">Product Information</td></tr></table>',
  )
  .replace(
    '<h3>Firmware Upgrade</h3>',
    '</div><div id="Voice Provisioning"><table><tr><td colspan=4>Firmware Upgrade</td></tr></table>',
  );

const forms: [string, string][] = [
  ['plain markup', plain],
  ['unclosed cells', plain.replace(/<\/td>/g, '')],
  ['unclosed cells and rows', plain.replace(/<\/t[dr]>/g, '')],
  ['unclosed options', plain.replace(/<\/option>/g, '')],
  ['upper-case tags', plain.replace(/<\/?[a-z]+\d?/g, (tag) => tag.toUpperCase())],
  [
    'upper-case tags and attributes',
    plain.replace(/<[^>]+>/g, (tag) => tag.replace(/<\/?\w+| \w+(?==)| selected/g, (name) => name.toUpperCase())),
  ],
  ['unquoted attributes', plain.replace(/="([\w./:?=]+)"/g, '=$1')],
  ['single quotes', plain.replace(/="([^"]*)"/g, "='$1'")],
  ['blanks around the equals sign', plain.replace(/="/g, ' = "')],
  ['entities in labels', withLabels(asReferences)],
  ['entities in values', plain.replace(/(?<=<td>)(CP-8841-3PCC|sip88xx[^<]+|00CCFC123456)(?=<)/g, asReferences)],
  ['no-break blanks before each label', withLabels((label) => `&nbsp;&nbsp;${label}`)],
  ['no-break blanks inside labels', withLabels((label) => label.replace(/ /g, '&nbsp;'))],
  ['no-break blanks as characters', withLabels((label) => `\u00a0${label.replace(/ /g, '\u00a0')}`)],
  ['a no-break blank for an empty cell', plain.replace('<td></td>', '<td>&nbsp;</td>')],
  ['labels that end in a colon', withLabels((label) => `${label}:`)],
  ['labels that end in a blank and a colon', withLabels((label) => `${label} :&nbsp;`)],
  ['some labels with a colon', withLabels((label) => (label.startsWith('S') ? `${label}:` : label))],
  ['labels over two lines', withLabels((label) => label.replace(' ', '\r\n   '))],
  [
    'values in font tags',
    plain.replace(
      /<td>(CP-8841-3PCC|sip88xx[^<]+|00CCFC123456|5|FCH\w+)<\/td>/g,
      '<td><font color="darkblue">$1</font></td>',
    ),
  ],
  ['four columns', fourColumns],
  ['four columns, unclosed, with colons', fourColumns.replace(labels, '$1:').replace(/<\/t[dr]>/g, '')],
  ['sections in divs whose ids hold blanks', blankIds],
  ['sections in divs with unclosed cells', blankIds.replace(/<\/td>/g, '')],
];

describe.each(forms)('a page in %s', (_what, html) => {
  it('is read as what it shows', () => {
    expect(readAdminPage(html, multiplatform)?.productInformation).toEqual({
      productName: 'CP-8841-3PCC',
      serial: 'FCH2012ABCD',
      softwareVersion: 'sip88xx.12-0-3MPP0001-87',
      hardwareVersion: '5',
      mac: '00CCFC123456',
      transitionAuthorizationType: '',
      customization: null,
    });
  });

  it('gives the three fields, and the whole form', () => {
    expect(readUpgradeForm(html, multiplatform)).toMatchObject({
      action: 'bcisco.csc',
      method: 'post',
      upgradeRule: { name: '101', value: rule },
      authorizationRule: { name: '102', value: '' },
      authorizationType: { name: '103', value: '0', options: [{ label: 'Classic' }, { label: 'WxC' }] },
    });
    expect(readAllFields(html, multiplatform).map(({ name, value }) => `${name}=${value}`)).toEqual([
      `101=${rule}`,
      '102=',
      '103=0',
      '104=here',
    ]);
  });
});

it('each form of markup is another text than the plain one: none of these tests can pass for nothing', () => {
  expect(new Set(forms.map(([, html]) => html)).size).toBe(forms.length);
});

describe('a page in bytes', () => {
  const umlauts = plain.replace('value="here"', 'value="Büro Süd"');
  it.each<[string, BufferEncoding, string, string]>([
    ['UTF-8', 'utf8', 'text/html; charset=utf-8', ''],
    ['UTF-8, unsaid', 'utf8', 'text/html', ''],
    ['ISO-8859-1', 'latin1', 'text/html; charset=ISO-8859-1', ''],
    [
      'ISO-8859-1, said in the page',
      'latin1',
      'text/html',
      '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">',
    ],
    ['ISO-8859-1, unsaid', 'latin1', 'text/html', ''],
    ['ISO-8859-1 that claims to be UTF-8', 'latin1', 'text/html; charset=utf-8', ''],
  ])('of %s keeps every letter of the whole form', (_what, encoding, contentType, meta) => {
    const { text } = decodeBody(Buffer.from(umlauts.replace('<head>', `<head>${meta}`), encoding), contentType);
    expect(readAllFields(text, multiplatform)).toContainEqual(expect.objectContaining({ value: 'Büro Süd' }));
  });
});
