import { describe, expect, it } from '@jest/globals';
import { readJsonAdminPage, readJsonSettings } from '../../../src/pages/admin/json-page.js';
import { type JsonField, readJsonTab } from '../../../src/pages/admin/json-tab.js';
import { readCfgXml } from '../../../src/pages/cross-check/cfg-xml.js';
import { randomOf } from '../../support/pages/admin-page-dialects.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

const read = (value: unknown) => readJsonTab(JSON.stringify(value), multiplatform.jsonTabs);
const settings = (fields: readonly JsonField[]) => readJsonSettings(fields, multiplatform);

describe('a tab as JSON', () => {
  it('is a field for each object with a name and a value, whatever else is in it', () => {
    const tab = [
      { name: 'Upgrade Rule', value: 'x', id: 101, more: {} },
      { name: 'Count', value: 3, key: '102' },
      { name: 'On', value: true, param: 'P103' },
      { name: 'Type', value: 'a', field: 104, options: ['a', { value: 1, name: 'b' }, { value: 'c' }, null, {}] },
    ];
    expect(read(tab)).toEqual([
      { name: 'Upgrade Rule', value: 'x', id: '101', options: [] },
      { name: 'Count', value: '3', id: '102', options: [] },
      { name: 'On', value: 'true', id: null, options: [] },
      {
        name: 'Type',
        value: 'a',
        id: '104',
        options: [
          { value: 'a', label: 'a' },
          { value: '1', label: 'b' },
          { value: 'c', label: 'c' },
        ],
      },
    ]);
  });

  it.each([
    [[null, 1, 'x', [], {}, { name: 'x' }, { value: 'x' }, { name: ' ', value: 'x' }, { name: {}, value: 'x' }]],
  ])('leaves out what is no field', (tab) => {
    expect(read(tab)).toEqual([]);
  });

  it.each(['', '{}', 'null', '<html>', '[', '[{"name":"a","value":"b"}', `[${'['.repeat(50_000)}`])(
    'is nothing else',
    (text) => {
      expect(readJsonTab(text, multiplatform.jsonTabs)).toBeNull();
    },
  );

  it('knows no field by what it inherits', () => {
    expect(readJsonTab('[{"__proto__":{"name":"a","value":"b"}}]', multiplatform.jsonTabs)).toEqual([]);
  });
});

describe('the settings in a tab', () => {
  const type = (value: string, options: JsonField['options']) =>
    settings([{ name: 'Transition Authorization Type', value, id: '3', options }])?.form?.authorizationType;
  const byIndex = [
    { value: '0', label: 'Classic' },
    { value: '1', label: 'WxC' },
  ];

  it('have a select that holds what it posts, also where its word is shown', () => {
    expect(type('WxC', byIndex)).toEqual({ name: '3', value: '1', options: byIndex });
    expect(type('1', byIndex)?.value).toBe('1');
  });

  it('have a select that offers no more than it holds where nothing else is said', () => {
    expect(type('Classic', [])?.options).toEqual([{ value: 'Classic', label: 'Classic' }]);
    expect(type('', [])).toBeNull();
  });

  it('are none where no field of ours is there', () => {
    expect(settings([{ name: 'Profile Rule', value: 'x', id: '1', options: [] }])).toBeNull();
  });
});

describe('tabs and files that were damaged anywhere', () => {
  const whole = JSON.stringify([
    { name: 'Product Name', value: 'CP-8841-3PCC' },
    { name: 'MAC Address', value: '00CCFC123456' },
    { name: 'Upgrade Rule', value: 'http://10.0.0.5/x.loads', id: 101 },
  ]);
  const xml =
    '<device><flat-profile><Upgrade_Rule>http://a</Upgrade_Rule><MAC_Address>00CCFC123456</MAC_Address></flat-profile></device>';
  const marks = '{}[]",:<>&\\/ \u00000aé';

  it('never throw, and never name a field wrongly', () => {
    const random = randomOf(4);
    const damaged = (text: string): string => {
      const at = Math.floor(random() * text.length);
      const mark = marks[Math.floor(random() * marks.length)] ?? '';
      return text.slice(0, at) + (random() < 0.5 ? mark : '') + text.slice(at + Math.floor(random() * 3));
    };
    for (let round = 0; round < 2_000; round += 1) {
      const fields = readJsonTab(damaged(whole), multiplatform.jsonTabs) ?? [];
      readJsonAdminPage(fields, fields, multiplatform);
      const form = settings(fields)?.form;
      const owner = fields.find(({ id }) => id === form?.upgradeRule?.name);
      if (form?.upgradeRule) expect(owner?.name).toMatch(/^\s*upgrade\s+rule[\s:]*$/i);
      expect(() => readCfgXml(damaged(xml), multiplatform)).not.toThrow();
    }
  });
});
