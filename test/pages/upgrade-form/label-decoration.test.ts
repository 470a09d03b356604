import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readAdminPage } from '../../../src/pages/admin/admin-page.js';
import { labelKey } from '../../../src/domain/phone/labels.js';
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
    'Upgrade Rule <a href="/help">Help</a>',
    'Upgrade Rule: <a href="/help"><b>What</b> does this do</a>',
    '<a href="#" onclick="help(12)">?</a> Upgrade Rule',
    '<a href="/help/rule">Upgrade Rule</a>',
    '<a href="/help/rule">Upgrade Rule</a> <small>(optional)</small>',
    'Upgrade Rule <small>(optional)</small>',
    '<small>Required</small> Upgrade Rule',
    'Upgrade Rule (optional):',
    'Upgrade Rule <em>(required)</em>',
    'Upgrade Rule <i>read-only</i>',
    'Upgrade Rule <b>!</b>',
    'Upgrade Rule <sup>1</sup>',
    'Upgrade Rule<sup>NEW</sup>',
    'Upgrade Rule <font size="1"><em>(optional)</em></font>',
    'Upgrade Rule <details><summary>Help</summary>Where the phone looks for firmware</details>',
    'Upgrade Rule <details open><summary>?</summary><p>Where it looks</p><ul><li>tftp</ul></details>',
    '<details><summary>?</summary>Where the phone looks for firmware</details> Upgrade Rule',
    '<label for="f">Upgrade Rule</label> <small>(optional)</small>',
    '<label for="f">Upgrade Rule</label><details><summary>?</summary>Where it looks</details>',
    '<label for="f">Upgrade Rule <a href="/help">Help</a></label>',
    'Upgrade Rule</td><td><a href="/help">Help</a>',
    'Upgrade Rule <em><strong>(required)</strong></em> <a href="/help">Help</a> <sup>2</sup>',
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
    'Firmware Upgrade <a href="/help"><img src="q.png"> Help</a>',
    'Firmware Upgrade <small>(optional)</small>',
    'Firmware Upgrade <details><summary>Help</summary>What this is</details>',
    '<a href="#fw">Firmware Upgrade</a>',
  ])('is a heading in the same way: %s', (heading) => {
    expect(ruleIn(section('Upgrade Rule', heading))).toEqual(rule);
  });

  it('is another label where more words are part of it', () => {
    expect(ruleIn(section('Upgrade Rule <b>Retry</b>'))).toBeNull();
    expect(ruleIn(section('Peer Upgrade Rule'))).toBeNull();
    expect(ruleIn(section('Upgrade Rule <span class="value">2</span>'))).toBeNull();
    expect(ruleIn(section('Upgrade Rule <em>(Peer)</em>'))).toBeNull();
    expect(ruleIn(section('Upgrade Rule <em>(2)</em>'))).toBeNull();
    expect(ruleIn(section('Upgrade Rule <sub>2</sub>'))).toBeNull();
    expect(ruleIn(section('Upgrade Rule (Peer)'))).toBeNull();
    expect(ruleIn(section('<small>Peer</small> Upgrade Rule'))).toBeNull();
    expect(ruleIn(section('Upgrade <a name="r">Rule</a> Retry'))).toBeNull();
  });

  it('is odd where two labels differ only in what may be decoration', () => {
    const another = '</td><td><input name="9"></td></tr><tr><td>Upgrade Rule <a href="/retry">Retry</a>';
    expect(ruleIn(section(`Upgrade Rule${another}`))).toMatch(/more than once/);
  });

  it('leaves a control its own label, link or not', () => {
    expect(
      ruleIn(form('<h3>Firmware Upgrade</h3><p>Upgrade Rule <small>(optional)</small> <input name="12"></p>')),
    ).toEqual({ name: '12', value: '' });
    const beside = section('Upgrade Rule').replace('<td><input', '<td><a href="/x">Peer Rule</a> <input');
    expect(ruleIn(beside)).toMatch(/a text of its own/);
    expect(ruleIn(beside.replace('<a href="/x">Peer Rule</a>', '<small>(optional)</small>'))).toEqual(rule);
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

  it('keeps what may be part of it, and is not known where it is only behind a click', () => {
    expect(typeIn('<td><a href="/type">Classic</a></td>')).toBe('Classic');
    expect(typeIn('<td><em>Classic</em></td>')).toBe('Classic');
    expect(typeIn('<td>Classic <a href="/wxc">WxC</a></td>')).toBe('Classic WxC');
    expect(typeIn('<td><details><summary>Show</summary>WxC</details></td>')).toBeNull();
    expect(typeIn('<td>Classic <details><summary>?</summary>Or WxC</details></td>')).toBe('Classic');
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
