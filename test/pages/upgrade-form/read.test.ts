import { describe, expect, it } from '@jest/globals';
import { readAllFields, readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

const rule = '<tr><td>Upgrade Rule:</td><td><input name="5001" value="http://a/b.loads"></td></tr>';
const license = '<tr><td>Transition Authorization Rule:</td><td><input name="5065"></td></tr>';
const type =
  '<tr><td>Transition Authorization Type:</td><td><select name="5129"><option value="0">Classic<option value="1" selected>WxC</select></td></tr>';
const page = (rows: string, form = '<form action="bcisco.csc" method="POST">'): string =>
  `<h3>Configuration Profile</h3><table><tr><td>Profile Rule</td><td>x</td></tr></table>${form}<h3>Firmware Upgrade</h3><table>${rows}</table>` +
  '<h3>CA Settings</h3><table><tr><td>Upgrade Rule</td><td><input name="666"></td></tr></table></form>';
const read = (html: string) => readUpgradeForm(html, multiplatform);

describe('the Firmware Upgrade form', () => {
  it('gives its action as written and the three controls by their labels', () => {
    expect(read(page(rule + license + type))).toEqual({
      action: 'bcisco.csc',
      method: 'post',
      enctype: 'application/x-www-form-urlencoded',
      upgradeRule: { name: '5001', value: 'http://a/b.loads' },
      authorizationRule: { name: '5065', value: '' },
      authorizationType: {
        name: '5129',
        value: '1',
        options: [
          { value: '0', label: 'Classic' },
          { value: '1', label: 'WxC' },
        ],
      },
    });
  });

  it('has an empty action and the method get where the form says nothing', () => {
    expect(read(page(rule, '<form>'))).toMatchObject({ action: '', method: 'get' });
  });

  it('is that of firmware without the transition fields too', () => {
    expect(read(page(rule))).toMatchObject({
      upgradeRule: { name: '5001' },
      authorizationRule: null,
      authorizationType: null,
    });
  });

  it('knows the guide’s other names of the fields', () => {
    const renamed = (license + type)
      .replace('Transition Authorization Rule', 'Transition Load Authorization Rule')
      .replace('Authorization Type', 'Authorization Typ');
    expect(read(page(rule + renamed))).toMatchObject({
      authorizationRule: { name: '5065' },
      authorizationType: { name: '5129' },
    });
  });

  it('finds a control inside its label, in a block beside it, and past a hidden companion', () => {
    expect(read(page('<tr><td><label>Upgrade Rule <input name="7"></label></td></tr>'))?.upgradeRule?.name).toBe('7');
    expect(read(page('<tr><td>Upgrade Rule</td><td><div><input name="7"></div></td></tr>'))?.upgradeRule?.name).toBe(
      '7',
    );
    expect(
      read(
        page(
          '<tr><td>Upgrade Rule</td><td><input type="hidden" name="8"><input name="7"><input type="button"></td></tr>',
        ),
      )?.upgradeRule?.name,
    ).toBe('7');
    expect(
      read(page('<tr><td>Upgrade Rule</td><td><textarea name="7">\na\nb</textarea></td></tr>'))?.upgradeRule,
    ).toEqual({
      name: '7',
      value: 'a\r\nb',
    });
  });
});

describe('no Firmware Upgrade form is given', () => {
  it('without the section, the fields, or a form around them', () => {
    expect(read(rule)).toBeNull();
    expect(read(page('<tr><td>Upgrade Enable</td><td><input name="1"></td></tr>'))).toBeNull();
    expect(read(`<h3>Firmware Upgrade</h3><table>${rule}</table>`)).toBeNull();
    expect(read(`<form action="x"></form><h3>Firmware Upgrade</h3><table>${rule}</table>`)).toBeNull();
  });

  it('when two controls answer to one label', () => {
    expect(read(page(rule + rule.replace('5001', '5002')))).toBeNull();
    expect(read(page('<tr><td>Upgrade Rule</td><td><input name="1"><input name="2"></td></tr>'))).toBeNull();
    expect(read(page(rule) + page(rule.replace('5001', '5002')))).toBeNull();
    expect(
      read(page(license + license.replace('Authorization Rule', 'Load Authorization Rule').replace('5065', '9'))),
    ).toBeNull();
  });

  it('when two fields have one name', () => {
    expect(read(page(rule + license.replace('5065', '5001')))).toBeNull();
  });

  it('when the fields are in different forms, or given to another one', () => {
    expect(read(page(`${rule}</table></form><form action="y"><table>${license}`))).toBeNull();
    expect(read(page(rule.replace('name=', 'form="other" name=')))).toBeNull();
  });

  it('when the only field has no name', () => {
    expect(read(page('<tr><td>Upgrade Rule</td><td><input value="x"></td></tr>'))).toBeNull();
  });
});

describe('a field of the form is null', () => {
  it('when it is disabled or read-only', () => {
    expect(read(page(rule + license.replace('<input', '<input disabled')))?.authorizationRule).toBeNull();
    expect(read(page(rule + license.replace('<input', '<input READONLY=readonly')))?.authorizationRule).toBeNull();
    expect(read(page(rule).replace('<h3>Firmware', '<fieldset disabled><h3>Firmware'))).toBeNull();
  });

  it('when it is another kind of control', () => {
    expect(read(page(rule + license.replace('<input', '<input type="password"')))?.authorizationRule).toBeNull();
    expect(
      read(page(`${rule}<tr><td>Transition Authorization Type</td><td><input name="9" value="Classic"></td></tr>`))
        ?.authorizationType,
    ).toBeNull();
    expect(read(page(rule + type.replace('<select', '<select multiple')))?.authorizationType).toBeNull();
  });

  it('when only a section nobody told us of has it', () => {
    expect(read(page(`${rule}</table><h3>Brand New Section</h3><table>${license}`))?.authorizationRule).toBeNull();
  });

  it('when the control before it lost its own cell', () => {
    const broken = '<tr><td>Log Upgrade Msg</td><td><input name="103">Transition Authorization Rule:<td></td></tr>';
    expect(read(page(rule + broken))?.authorizationRule).toBeNull();
  });
});

describe('the browser’s pairing of form tags', () => {
  it('ignores a form inside a form and closes at the first closing tag', () => {
    expect(read(page(rule, '<form action="outer"><form action="inner">'))?.action).toBe('outer');
  });

  it('takes a form that began in another table cell', () => {
    const html = `<table><tr><td><form action="a"></td></tr></table><h3>Firmware Upgrade</h3><table>${rule}</table></form>`;
    expect(read(html)?.action).toBe('a');
  });

  it('is not misled by form tags in comments, scripts and attributes', () => {
    const html = page(rule).replace(
      '<h3>Firmware',
      '<!-- </form> --><script>"<form action=evil>"</script><a title="</form>"></a><h3>Firmware',
    );
    expect(read(html)?.action).toBe('bcisco.csc');
  });
});

describe('all fields of the form', () => {
  const fields = (extra: string) =>
    readAllFields(page(`${rule}<tr><td>X</td><td>${extra}</td></tr>`), multiplatform).slice(1, -1);
  const posted = (extra: string) => fields(extra).map(({ name, value }) => `${name}=${value}`);

  it('come in document order, those of other sections too', () => {
    expect(readAllFields(page(rule + license + type), multiplatform).map(({ name }) => name)).toEqual([
      '5001',
      '5065',
      '5129',
      '666',
    ]);
  });

  it('are only those a browser would post', () => {
    expect(posted('<input type="checkbox" name="c" checked><input type="checkbox" name="d" value="1">')).toEqual([
      'c=on',
    ]);
    expect(
      posted('<input type="radio" name="r" value="1" checked><input type="radio" name="r" value="2" checked>'),
    ).toEqual(['r=2']);
    expect(
      posted(
        '<input name="x" disabled><input value="no name"><input type="submit" name="s"><button name="b">b</button>',
      ),
    ).toEqual([]);
    expect(
      posted('<fieldset disabled><input name="x"></fieldset><input type="file" name="f"><input type="image" name="i">'),
    ).toEqual([]);
    expect(posted('<select name="m" multiple><option selected>a<option selected>b</select>')).toEqual(['m=a', 'm=b']);
    expect(posted('<select name="s"><option disabled>a<option>b</select><select name="e"></select>')).toEqual(['s=b']);
    expect(posted('<input type="hidden" name="h" value="1&amp;2"><textarea name="t">x</textarea>')).toEqual([
      'h=1&2',
      't=x',
    ]);
    expect(posted('<input name="o" form="other"><template><input name="t"></template>')).toEqual([]);
  });

  it('tell passwords, by type or by name, so that a blank one is never posted', () => {
    expect(
      fields('<input type="password" name="1"><input type="text" name="P30959"><input name="P3x">').map(
        ({ password }) => password,
      ),
    ).toEqual([true, true, false]);
  });

  it('are those of no other form', () => {
    const html = `<form action="search"><input name="q"></form>${page(rule)}<form><input name="z"></form>`;
    expect(readAllFields(html, multiplatform).map(({ name }) => name)).toEqual(['5001', '666']);
  });

  it('are none without the form', () => {
    expect(readAllFields('<form><input name="q"></form>', multiplatform)).toEqual([]);
  });
});
