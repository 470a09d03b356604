import { describe, expect, it } from '@jest/globals';
import { readAdminPage } from '../../../src/pages/admin/admin-page.js';
import { readEnterpriseHtml, readEnterpriseXml } from '../../../src/pages/enterprise/page.js';
import { readJsonAdminPage, readJsonSettings } from '../../../src/pages/admin/json-page.js';
import { readJsonTab } from '../../../src/pages/admin/json-tab.js';
import { describePage } from '../../../src/pages/sign-in/page-kind.js';
import { KnownLayouts } from '../../../src/pages/identity/known-layouts.js';
import { readIdentity } from '../../../src/pages/identity/read.js';
import { readLoginForm } from '../../../src/pages/sign-in/login-form.js';
import { pageLimits } from '../../../src/pages/markup/limits.js';
import { pairsOf } from '../../../src/pages/rows/label-value-pairs.js';
import { type Cell, textCell as cell } from '../../../src/pages/rows/cell.js';
import { readSetPasswordForm } from '../../../src/pages/sign-in/set-password-form.js';
import { readShellForm } from '../../../src/pages/upgrade-form/shell-form.js';
import { readStatusXml } from '../../../src/pages/cross-check/status-xml.js';
import { readAllFields, readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { readCfgXml } from '../../../src/pages/cross-check/cfg-xml.js';
import { enterprise, multiplatform } from '../../support/pages/phone-profiles.js';
import { workOf } from '../support/count-work.js';
import { runs } from '../../support/depth.js';

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  readAdminPage: (text) => readAdminPage(text, multiplatform),
  'readIdentity, anew and by its layout': (text) => {
    const known = new KnownLayouts(multiplatform);
    return [readIdentity(text, multiplatform, known), readIdentity(text, multiplatform, known)];
  },
  readUpgradeForm: (text) => readUpgradeForm(text, multiplatform),
  readAllFields: (text) => readAllFields(text, multiplatform),
  describePage: (text) => describePage(text, multiplatform),
  readLoginForm: (text) => readLoginForm(text, multiplatform),
  readSetPasswordForm: (text) => readSetPasswordForm(text, multiplatform),
  readShellForm,
  readEnterpriseHtml: (text) => readEnterpriseHtml(text, enterprise),
  readEnterpriseXml: (text) => readEnterpriseXml(text, enterprise),
  readStatusXml: (text) => readStatusXml(text, multiplatform),
  readWitnessXml: (text) => readCfgXml(text, multiplatform),
  'the JSON readers': (text) => {
    const fields = readJsonTab(text, multiplatform.jsonTabs);
    return fields && [readJsonAdminPage(fields, fields, multiplatform), readJsonSettings(fields, multiplatform)];
  },
};

const product =
  '<h3>Product Information</h3><table><tr><td>Product Name<td>CP-8841-3PCC<td>MAC Address<td>00CCFC123456';
const rule =
  '<form action=bcisco.csc method=post><h3>Firmware Upgrade</h3><table><tr><td>Upgrade Rule<td><input name=1>';
const login = '<title>Login</title><form method=post action=x>Password<input type=password name=p id=a>';

const times = (count: number, made: string | ((at: number) => string)): string =>
  Array.from({ length: count }, (_, at) => (typeof made === 'string' ? made : made(at))).join('');

/** Pages that hold one thing so many times. */
const floods: readonly (readonly [what: string, page: (count: number) => string])[] = [
  ['labels in one row of the product information', (n) => `${product}<tr>${times(n, '<label>x</label>')}</table>`],
  ['cells in one row of the product information', (n) => `${product}<tr>${times(n, '<td>x:<td>')}</table>`],
  [
    'empty values above as many cells',
    (n) => `${product}<tr>${times(n, '<td>Serial Number<td>')}<tr>${times(n, '<td>')}x</table>`,
  ],
  ['labels in one row of the form', (n) => `${product}</table>${rule}<tr>${times(n, '<label>x</label>')}`],
  ['labels that are never closed', (n) => `${product}</table>${rule}<tr>${times(n, '<label>')}`],
  ['cells in one row of the form', (n) => `${product}</table>${rule}<tr>${times(n, '<td>x')}`],
  ['labels without a value', (n) => `${product}</table>${rule}<tr>${times(n, '<td>x<td>')}`],
  ['controls in one row', (n) => `${product}</table>${rule}<tr>${times(n, '<td>Upgrade Rule<td><input name=2>')}`],
  ['controls in one cell', (n) => `${product}</table>${rule}<tr><td>x<td>${times(n, '<input name=2>')}`],
  ['rows', (n) => `${product}${times(n, '<tr><td>Serial Number<td>x')}</table>${rule}${times(n, '<tr><td>x<td>y')}`],
  ['forms', (n) => `${product}</table>${times(n, '<form><input name=z></form>')}${rule}`],
  ['fieldsets that are disabled', (n) => `${rule}${times(n, '<fieldset disabled><input name=z></fieldset>')}`],
  ['hidden blocks', (n) => `${times(n, '<div hidden></div>')}${rule}`],
  ['names in references', (n) => `${rule}</table>${times(n, '<input name="&#50;2">')}`],
  ['rows that may be headings', (n) => `${rule.replace('<tr>', times(n, '<tr><td>x.'))}`],
  ['headings', (n) => times(n, `${product}</table><h3>Firmware Upgrade</h3>`)],
  ['options', (n) => `${rule}<tr><td>Transition Authorization Type<td><select name=2>${times(n, '<option>x')}`],
  ['attributes', (n) => `${rule}<tr><td>x<td><input ${times(n, (at) => `a${at}="<b" `)}>`],
  ['inline tags that are never closed, and rows', (n) => `${rule}${times(n / 10, '<b>')}${times(n, '<hr>x')}`],
  ['status rows', (n) => `${product}<h3>Transition Authorization Status</h3>${times(n, '<tr><td>[0][a][b]c')}`],
  ['status cells', (n) => `${product}<h3>Transition Authorization Status</h3><tr>${times(n, '<td>[0][a][b]c')}`],
  ['brackets in a status', (n) => `${product}<h3>Transition Authorization Status</h3><tr><td>[0][a][${times(n, '[]')}`],
  ['blanks in a label', (n) => `${product}<tr><td>Serial${times(n, '<b> </b>')}Number<td>x`],
  ['labels of a login form', (n) => `${login}${times(n, '<label for=a>x</label>')}</form>`],
  ['scripts', (n) => `${product}${times(n, '<script>x</script>')}`],
  ['tags of a status file', (n) => `<status>${times(n, '<Serial_Number>x</Serial_Number><a/>')}</status>`],
  ['attributes of a status file', (n) => `<status><a ${times(n, (at) => `a${at}="b" `)}>x</a></status>`],
  ['rows of a device page', (n) => `<table>${times(n, '<tr><td>UDI<td><td>phone')}</table>`],
  ['banners', (n) => `<table><tr><td>${times(n, 'Cisco IP Phone CP-8811 ( SEP')}</table>`],
  ['lines of a UDI', (n) => `<DeviceInformation><udi>${times(n, 'phone\n')}</udi></DeviceInformation>`],
  [
    'fields of a tab',
    (n) => JSON.stringify(Array.from({ length: n }, (_, id) => ({ name: 'Upgrade Rule x', value: '', id }))),
  ],
];

describe.each(Object.entries(readers))('%s', (_name, read) => {
  // So many that nothing but forms is beyond what a page may have: all of it is gone through.
  const count = runs(50, 800);
  it('does less than three times the work on twice as much', () => {
    for (const [what, page] of floods) {
      read(page(count));
      const timesFrom = (from: number): number => {
        const [work, more] = [from, 2 * from].map((size) => workOf(() => void read(page(size))));
        return (more ?? 0) / (work ?? 0);
      };
      // What is only looked for in long pages is a step, of which the next doubling shows nothing; the square of their length shows in both.
      const first = timesFrom(count);
      const times = first < 3 ? first : Math.min(first, timesFrom(2 * count));
      expect({ what, times: times < 3 ? 'less than 3' : times }).toEqual({ what, times: 'less than 3' });
    }
  });
});

describe('the pairs of a row', () => {
  /** How many cells are looked at, by whatever means. */
  function looksAt(cells: Cell[]): number {
    let looks = 0;
    const watched = new Proxy(cells, {
      get(target, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
        return Reflect.get(target, key) as unknown;
      },
    });
    pairsOf({ cells: watched, heading: null, isId: false, isBroken: false, shape: '' });
    return looks;
  }

  it.each<[string, (at: number) => Cell]>([
    ['labels', () => cell('x', true)],
    ['texts', () => cell('x')],
    ['labels and empty cells', (at) => cell(at % 2 === 0 ? 'x' : '')],
    ['labels with a colon and empty cells', (at) => cell(at % 2 === 0 ? 'x:' : '')],
    ['one label, then nothing', (at) => cell(at === 0 ? 'x' : '')],
    ['two labels in three, then nothing', (at) => cell(at % 3 === 2 ? '' : 'x', at % 3 === 0)],
  ])('are found by looking at each a few times: %s', (_what, made) => {
    const [once, twice] = [10_000, 20_000].map((length) => looksAt(Array.from({ length }, (_, at) => made(at))));
    expect(once).toBeLessThan(10_000 * 6);
    expect((twice ?? 0) / (once ?? 0)).toBeLessThan(3);
  });
});

describe('a page beyond what any phone has', () => {
  const form = (inside: string): string => `${rule}</table>${inside}</form>`;

  it('in cells of one row: the section ends there, and what follows is not found', () => {
    const row = (cells: number): string => `<tr>${times(cells, '<td>x')}`;
    const page = (cells: number): string =>
      `<form action=a method=post><h3>Firmware Upgrade</h3><table>${row(cells)}<tr><td>Upgrade Rule<td><input name=1></table></form>`;
    expect(readUpgradeForm(page(pageLimits.cells), multiplatform)?.upgradeRule?.name).toBe('1');
    expect(readUpgradeForm(page(pageLimits.cells + 1), multiplatform)).toBeNull();
  });

  it('in forms or fieldsets: no field is found', () => {
    const [forms, sets] = ['<form></form>', '<fieldset></fieldset>'];
    expect(readUpgradeForm(times(pageLimits.forms - 1, forms) + form(''), multiplatform)).not.toBeNull();
    expect(readUpgradeForm(times(pageLimits.forms, forms) + form(''), multiplatform)).toBeNull();
    expect(readUpgradeForm(form(times(pageLimits.fieldsets, sets)), multiplatform)).not.toBeNull();
    expect(readUpgradeForm(form(times(pageLimits.fieldsets + 1, sets)), multiplatform)).toBeNull();
  });

  it('in headings: nothing is read', () => {
    const page = (headings: number): string => `${times(headings, '<h3>CA Settings</h3>')}${product}</table>`;
    expect(readAdminPage(page(pageLimits.headings - 1), multiplatform)).not.toBeNull();
    expect(readAdminPage(page(pageLimits.headings), multiplatform)).toBeNull();
  });
});
