import { describe, expect, it } from '@jest/globals';
import { formUse } from '../../../src/phones/multiplatform/form-use.js';
import type { Oddity, UpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

const form: UpgradeForm = {
  ...{ action: 'bcisco.csc', method: 'post', enctype: 'application/x-www-form-urlencoded' },
  upgradeRule: { name: '1', value: 'http://a/' },
  ...{ authorizationRule: null, authorizationType: null },
};
const place = { path: '/admin/advanced', origin: 'http://10.0.0.7' };
const use = (changed: Partial<UpgradeForm> | null = {}, oddity: Oddity | null = null) =>
  formUse({ form: changed && { ...form, ...changed }, oddity }, place, multiplatform);

describe('what may be done with a form', () => {
  it('that is as known: everything', () => {
    expect(use()).toMatchObject({ form, settings: { upgradeRule: 'http://a/' }, problem: null });
    expect(use().settings?.withoutForm).toBeUndefined();
  });

  it('that is not there: nothing, and nothing is said of it', () => {
    expect(use(null)).toEqual({ form: null, settings: null, problem: null });
  });

  it('whose fields are unclear: nothing, and what is odd is said', () => {
    expect(use(null, { about: 'fields', text: 'two labels are for "x"' })).toMatchObject({
      ...{ form: null, settings: null },
      problem: { code: 'fields-unclear', message: '/admin/advanced: two labels are for "x".' },
    });
  });

  it.each<[string, Partial<UpgradeForm>, Oddity | null, string]>([
    [
      'goes elsewhere by a button',
      {},
      { about: 'form', text: 'a button of its form has formaction="x"' },
      'a button of its form has formaction="x"',
    ],
    [
      'goes to an unknown path',
      { action: '/save.cgi' },
      null,
      'its form posts to "/save.cgi" (/save.cgi), where no form of a phone is known to post',
    ],
    [
      'goes to the page itself',
      { action: '' },
      null,
      'its form posts to "" (/admin/advanced), where no form of a phone is known to post',
    ],
    [
      'goes to another host',
      { action: 'http://10.0.0.8/bcisco.csc' },
      null,
      'its form posts to "http://10.0.0.8/bcisco.csc", which is not on this phone',
    ],
    ['goes by GET', { method: 'get' }, null, 'its form would be sent by get to "bcisco.csc"'],
    ['goes as plain text', { enctype: 'text/plain' }, null, 'its form has the encoding "text/plain"'],
  ])('that %s: its settings are shown, it is not posted', (_what, changed, oddity, text) => {
    expect(use(changed, oddity)).toMatchObject({
      ...{ form: null, settings: { upgradeRule: 'http://a/', withoutForm: true } },
      problem: { code: 'form-unknown', message: `/admin/advanced: ${text}.` },
    });
  });

  it('names no more of an action than fits a line', () => {
    expect(use({ action: `/${'x'.repeat(5_000)}` }).problem?.message.length).toBeLessThan(350);
  });
});
