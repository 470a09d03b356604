import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readAdminPage } from '../../../src/pages/admin/admin-page.js';
import { labelKey } from '../../../src/pages/markup/labels.js';
import { readFirmwareUpgrade } from '../../../src/pages/upgrade-form/read.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

const form = (rows: string): string => `<form action="bcisco.csc" method="post">${rows}</form>`;
const section = (label: string, heading = 'Firmware Upgrade'): string =>
  form(`<h3>${heading}</h3><table><tr><td>${label}</td><td><input type="text" name="12" value="x"></td></tr></table>`);
const ruleIn = (html: string) => {
  const { form: found, oddity } = readFirmwareUpgrade(html, multiplatform);
  return oddity ? oddity.text : (found?.upgradeRule ?? null);
};
const rule = { name: '12', value: 'x' };

describe('a label cell that holds more than the label', () => {
  it('is read with help buttons beside the labels (case label-help-button)', () => {
    const html = form(readFileSync('test/captures/label-help-button.html', 'utf8'));
    expect(readFirmwareUpgrade(html, multiplatform)).toMatchObject({
      oddity: null,
      form: {
        upgradeRule: { name: '12', value: '' },
        authorizationRule: { name: '13', value: '' },
        authorizationType: { name: '14', value: 'Classic' },
      },
    });
  });

  it.each([
    'Upgrade Rule <button>?</button>',
    'Upgrade Rule <button type="submit" name="help">Help for this setting</button>',
    '<button type="button">▸</button> Upgrade Rule',
    'Upgrade Rule <input type="button" value="?">',
    'Upgrade Rule <input type="image" src="/help.png">',
    'Upgrade Rule <input type="hidden" name="seen" value="1">',
    'Upgrade Rule <img src="/help.png" alt="Help">',
    'Upgrade Rule <svg><title>Help</title></svg>',
    'Upgrade Rule <i class="fa icon-help"></i>',
    'Upgrade Rule <sup>*</sup>',
    '* Upgrade Rule:',
    'Upgrade Rule: *',
    'Upgrade Rule (?)',
    'Upgrade Rule [?]:',
    'Upgrade Rule ⓘ',
    'Upgrade Rule <abbr title="required">*</abbr>',
    '<label for="f">Upgrade Rule</label><span class="required-mark">required</span>',
    'Upgrade Rule <span role="tooltip">Where the phone looks for firmware</span>',
    'Upgrade Rule <div class="tooltip-text">Where the phone <b>looks</b> for firmware</div>',
    '<span class="sr-only">Setting</span> Upgrade Rule',
    'Upgrade Rule <span style="display: none">1 of 2</span>',
    'Upgrade Rule <span hidden>old</span>',
    'Upgrade Rule <span aria-hidden="true">x</span>',
    '<label for="f">Upgrade Rule</label> <a href="/help">Help</a>',
    '<label>Upgrade Rule</label> in new firmware',
    'Upgrade <!-- <b>the</b> --> Rule<!-- end -->',
  ])('is that label: %s', (label) => {
    expect(ruleIn(section(label).replace('<input type="text"', '<input type="text" id="f"'))).toEqual(rule);
  });

  it.each([
    'Firmware Upgrade <button type="button">?</button>',
    '<button type="button" aria-expanded="true">▾</button> Firmware Upgrade',
    'Firmware Upgrade <span class="help">What is this</span>',
    'Firmware Upgrade <sup>*</sup>',
    'Firmware Upgrade<!-- <b>begins</b> -->',
  ])('is a heading in the same way: %s', (heading) => {
    expect(ruleIn(section('Upgrade Rule', heading))).toEqual(rule);
  });

  it('is another label where more words are part of it', () => {
    expect(ruleIn(section('Upgrade Rule <b>Retry</b>'))).toBeNull();
    expect(ruleIn(section('Peer Upgrade Rule'))).toBeNull();
    expect(ruleIn(section('Upgrade Rule <span class="value">2</span>'))).toBeNull();
  });

  it('is still odd where the label itself is hidden', () => {
    expect(ruleIn(section('<span style="display:none">Upgrade Rule</span>'))).toMatch(/hidden by a span/);
  });

  it('is still odd where the control is not what it seems', () => {
    const html = section('Upgrade Rule <button>?</button>').replace('</td></tr>', '<input name="13"></td></tr>');
    expect(ruleIn(html)).toMatch(/more than one control/);
  });
});

describe('a value of Product Information', () => {
  const typeIn = (value: string) =>
    readAdminPage(
      `<h3>Product Information</h3><table><tr><td>Product Name<td>CP-8841-3PCC<tr><td>MAC Address<td>00CCFC123456
<tr><td>Software Version<td>sip88xx.11-3-7MPP0001-1<tr><td>Transition Authorization Type <span class="tip">Classic or WxC</span></td>${value}</table>`,
      multiplatform,
    )?.productInformation.transitionAuthorizationType;

  it('is what stands beside the label, not what explains it', () => {
    expect(typeIn('<td>Classic</td>')).toBe('Classic');
    expect(typeIn('<td>Classic <button>Copy</button></td>')).toBe('Classic');
    expect(typeIn('<td></td>')).toBe('');
  });

  it('is not what stands beside its label in the label’s cell', () => {
    const page = (row: string): string =>
      `<h3>Product Information</h3><table><tr><td>Product Name<td>CP-8841-3PCC<tr><td>MAC Address<td>00CCFC123456
<tr><td>Software Version<td>sip88xx.11-3-7MPP0001-1${row}</table>`;
    const read = (row: string) => readAdminPage(page(row), multiplatform)?.productInformation;
    const help = '<td><label>Transition Authorization Type</label> <a href="/help">Help</a></td>';
    expect(read(`<tr>${help}<td>Classic</td>`)?.transitionAuthorizationType).toBe('Classic');
    expect(read(`<tr>${help}<td></td>`)?.transitionAuthorizationType).toBe('');
    const inside = '<td><label>Serial Number</label> FCH1</td><td><label>Customization</label> Open</td>';
    expect(read(`<tr>${inside}`)).toMatchObject({ serial: 'FCH1', customization: 'Open' });
  });

  it('is not known where it is hidden, or only a button is there', () => {
    expect(typeIn('<td><span hidden>WxC</span></td>')).toBeNull();
    expect(typeIn('<td><button>Show</button></td>')).toBeNull();
  });
});

describe('the key of a label', () => {
  it('leaves out what decorates it at both ends and nothing within', () => {
    expect(['* Rule (?) :', 'RULE：', ' rule* ', '†Rule'].map(labelKey)).toEqual(['rule', 'rule', 'rule', 'rule']);
    expect(labelKey('Rule * 2')).toBe('rule * 2');
    expect(labelKey('(A) Rule (B)')).toBe('(a) rule (b)');
    expect(labelKey('?'.repeat(50_000))).toBe('');
  });
});
