import { describe, expect, it } from '@jest/globals';
import type { AuthorizationRow } from '../../../src/domain/phone/facts.js';
import { statusWords } from '../../../src/pages/admin/status-meanings.js';
import { USUAL_TEXTS } from '../../../src/simulator/scenario/scenario.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

const words = statusWords(multiplatform);

function row(code: string, message: string): AuthorizationRow {
  return { code, at: '', url: '', message, text: '' };
}

describe('the status texts of phones, by the profile’s patterns', () => {
  it.each(['Upgrade in progress', 'UPGRADING', 'upgrading 40%'])('%j: it is upgrading', (text) => {
    expect(words.isUpgrading(text)).toBe(true);
    expect(words.isUpgradeFailure(text)).toBe(false);
  });

  it.each(['Upgrade Failed: 404', 'http_get error', 'Not authorised', 'File not found'])('%j: it failed', (text) => {
    expect(words.isUpgradeFailure(text)).toBe(true);
    expect(words.isUpgrading(text)).toBe(false);
  });

  it.each(['', 'None', 'Upgrade Succeeded'])('%j: neither', (text) => {
    expect(words.isUpgrading(text)).toBe(false);
    expect(words.isUpgradeFailure(text)).toBe(false);
  });

  it('a license is granted by code and words together', () => {
    expect(words.isAuthorized(row('0', 'Authorization Succeeded.'))).toBe(true);
    expect(words.isAuthorized(row('0', 'authorization succeeded'))).toBe(true);
    expect(words.isAuthorized(row('1', 'Authorization Succeeded.'))).toBe(false);
    expect(words.isAuthorized(row('0', 'Authorization Succeeded. Not.'))).toBe(false);
    expect(words.isAuthorized(row('0', ''))).toBe(false);
  });

  it.each([
    'Authorization Failed.',
    'License is not valid',
    'Access denied',
    'File not found',
    'Server did not respond.',
    ...Object.values(USUAL_TEXTS).flatMap((text) => (typeof text === 'string' ? [] : [text.text])),
  ])('%j: the license was not accepted, whatever the code', (text) => {
    for (const code of ['0', '1', '404']) expect(words.isAuthorizationFailure(row(code, text))).toBe(true);
  });

  it.each([
    '',
    'Authorization pending.',
    'Authorization in progress',
    'Downloading license',
    'Authorization Succeeded.',
  ])('%j: nothing that is known says that it was not', (text) =>
    expect(words.isAuthorizationFailure(row('0', text))).toBe(false),
  );
});
