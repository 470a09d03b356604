import { describe, expect, it } from '@jest/globals';
import type { UpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { settingsOf } from '../../../src/phones/multiplatform/facts.js';
import { fieldChanges, readBackResult } from '../../../src/phones/multiplatform/field-changes.js';

const byIndex = [
  { value: '0', label: 'Classic' },
  { value: '1', label: 'WxC' },
];

function form(changed: Partial<UpgradeForm> = {}): UpgradeForm {
  return {
    action: 'bcisco.csc',
    method: 'post',
    enctype: '',
    upgradeRule: { name: '10', value: 'old' },
    authorizationRule: { name: '20', value: '' },
    authorizationType: { name: '30', value: '0', options: byIndex },
    ...changed,
  };
}

/** The pairs that would be posted, as `name=value`. */
function posted(set: Parameters<typeof fieldChanges>[1], of = form()): string[] | null {
  return fieldChanges(of, set)?.pairs.map(({ name, value }) => `${name}=${value}`) ?? null;
}

describe('what is posted', () => {
  it('is what changes, under the form’s own names', () => {
    expect(posted({ upgradeRule: 'new' })).toEqual(['10=new']);
    expect(posted({ upgradeRule: 'old' })).toEqual([]);
    expect(posted({ upgradeRule: 'old', authorizationRule: 'lic' })).toEqual(['20=lic']);
  });

  it('includes the type whenever the rule is set, changed or not', () => {
    expect(posted({ authorizationRule: 'lic', authorizationType: 'Classic' })).toEqual(['20=lic', '30=0']);
    expect(fieldChanges(form(), { authorizationRule: 'lic', authorizationType: 'Classic' })?.changes).toEqual([
      { field: 'authorizationRule', from: '', to: 'lic' },
    ]);
    expect(posted({ authorizationType: 'Classic' })).toEqual([]);
    expect(posted({ authorizationType: 'WxC' })).toEqual(['30=1']);
  });

  it('is the value the select offers for the type, whether it posts words or numbers', () => {
    const words = [
      { value: 'Classic', label: 'Classic' },
      { value: 'WxC', label: 'WxC' },
    ];
    const select = { name: '30', value: 'Classic', options: words };
    expect(posted({ authorizationType: 'wxc ' }, form({ authorizationType: select }))).toEqual(['30=WxC']);
    const translated = [
      { value: 'Classic', label: 'Klassisch' },
      { value: 'WxC', label: 'Webex' },
    ];
    expect(
      posted({ authorizationType: 'WxC' }, form({ authorizationType: { ...select, options: translated } })),
    ).toEqual(['30=WxC']);
  });

  it('is nothing where a field or its option is not there, or there twice', () => {
    expect(posted({ upgradeRule: 'new' }, form({ upgradeRule: null }))).toBeNull();
    expect(posted({ authorizationType: 'WxC' }, form({ authorizationType: null }))).toBeNull();
    expect(posted({ authorizationType: 'Other' })).toBeNull();
    const twice = [...byIndex, { value: '2', label: 'WxC' }];
    const select = { name: '30', value: '0', options: twice };
    expect(posted({ authorizationType: 'WxC' }, form({ authorizationType: select }))).toBeNull();
  });
});

describe('the form read back', () => {
  const changes = [
    { field: 'upgradeRule', from: 'old', to: 'new' },
    { field: 'authorizationType', from: 'Classic', to: 'WxC' },
  ] as const;
  const type = (value: string) => ({ name: '30', value, options: byIndex });

  it.each([
    ['new', '1', 'as-sent'],
    ['old', '0', 'as-before'],
    ['new', '0', 'neither'],
    ['old', '1', 'neither'],
    ['else', '1', 'neither'],
  ])('with the rule %s and the type %s is %s', (value, index, expected) => {
    const now = form({ upgradeRule: { name: '10', value }, authorizationType: type(index) });
    expect(readBackResult(changes, settingsOf(now))).toBe(expected);
  });

  it('without a field is neither', () => {
    expect(readBackResult(changes, settingsOf(form({ upgradeRule: null })))).toBe('neither');
  });
});
