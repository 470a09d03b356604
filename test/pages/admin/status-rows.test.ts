import { describe, expect, it } from '@jest/globals';
import { readAdminPage } from '../../../src/pages/admin/admin-page.js';
import { isIdle, statusWords } from '../../../src/pages/admin/status-meanings.js';
import { authorizationRow } from '../../../src/pages/admin/status-rows.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

const { pattern } = multiplatform.authorizationRows;
const product =
  '<h3>Product Information</h3><table><tr><td>Product Name:</td><td>CP-8841-3PCC</td><td>MAC Address:</td><td>00CCFC123456</td></tr></table>';
const pageWith = (html: string) => readAdminPage(product + html, multiplatform);
const textsOf = (html: string) => pageWith(html)?.authorizationRows.map(({ text }) => text);

describe('a Transition Authorization Status row', () => {
  it('has a code, a date, a URL and a message', () => {
    const text =
      '[0][01/01/2023 12:00:00][https://cloudupgrader.webex.com/licenses/e2m/00B0D063C226.lic]Authorization Succeeded.';
    expect(authorizationRow(text, pattern)).toEqual({
      code: '0',
      at: '01/01/2023 12:00:00',
      url: 'https://cloudupgrader.webex.com/licenses/e2m/00B0D063C226.lic',
      message: 'Authorization Succeeded.',
      text,
    });
  });

  it('may have an IPv6 address in its URL, a negative code and no message', () => {
    expect(authorizationRow('[-3][x][http://[2001:db8::1]:6970/a.lic]', pattern)).toMatchObject({
      code: '-3',
      url: 'http://[2001:db8::1]:6970/a.lic',
      message: '',
    });
  });

  it.each(['', 'Authorization Succeeded.', '[0][date]', '[0][date][url', 'x [0][date][url]m'])(
    'is not "%s"',
    (text) => {
      expect(authorizationRow(text, pattern)).toBeNull();
    },
  );
});

describe('the rows of Transition Authorization Status', () => {
  const ok = '[0][01/02/2024 00:00:00][http://a/x.lic]Authorization Succeeded.';
  const bad = '[5][01/01/2024 00:00:00][http://a/x.lic]Invalid license';

  it('follow their heading as cells, an empty one at the end', () => {
    expect(
      textsOf(
        `<table><tr><td>Transition Authorization Status</td></tr><tr><td class="info" colspan="3">${ok}</td></tr>` +
          `<tr><td class="info" colspan="3">${bad}</td></tr><tr><td class="info" colspan="3"></td></tr></table>`,
      ),
    ).toEqual([ok, bad]);
  });

  it('stand beside their label, with or without a number, and under an empty label', () => {
    expect(
      textsOf(
        `<table><tr><td>Transition Authorization Status:</td><td>${ok}</td></tr><tr><td></td><td>${bad}</td></tr></table>`,
      ),
    ).toEqual([ok, bad]);
    expect(
      textsOf(
        `<table><tr><td>Transition Authorization Status 1:<td>${ok}<tr><td>Transition Authorization Status 2:<td>${bad}</table>`,
      ),
    ).toEqual([ok, bad]);
    expect(
      textsOf(
        `<h3>Download Status</h3><table><tr><td>Server</td><td>a</td><td>Transition Authorization Status</td><td>${ok}</td></tr></table>`,
      ),
    ).toEqual([ok]);
  });

  it('end where another label begins', () => {
    const row = (label: string, text: string) => `<tr><td>${label}</td><td>${text}</td></tr>`;
    expect(
      textsOf(
        `<table>${row('Transition Authorization Status', ok)}${row('Some New Status', bad)}${row('', bad)}</table>`,
      ),
    ).toEqual([ok]);
  });

  it('are not taken from other statuses', () => {
    expect(textsOf(`<h3>Provisioning Status</h3><table><tr><td>${ok}</td></tr></table>`)).toEqual([]);
    expect(textsOf(`<p>${ok}</p>`)).toEqual([]);
  });
});

describe('firmware upgrade rows', () => {
  it('come newest first, whatever their place, without empty ones', () => {
    const row = (at: number, text: string) => `<tr><td>Firmware Upgrade Status ${at}:</td><td>${text}</td></tr>`;
    const rows = row(3, 'c') + row(1, 'a') + row(2, '&nbsp;');
    expect(pageWith(`<div id="Download Status"><table>${rows}</table></div>`)?.firmwareUpgradeRows).toEqual(['a', 'c']);
  });

  it('are found after other blocks of the same tab', () => {
    const html =
      '<h3>Download Status</h3><table><tr><td>Custom CA Status</td><td>Not Installed</td></tr>' +
      '<tr><td>Firmware Upgrade Status 1</td><td>[x] ok</td></tr></table>';
    expect(pageWith(html)?.firmwareUpgradeRows).toEqual(['[x] ok']);
  });
});

describe('call states', () => {
  it('are those of every line and call', () => {
    const call = (heading: string, state: string) =>
      `<h4>${heading}</h4><table><tr><td>Call State</td><td>${state}</td></tr></table>`;
    const html =
      call('Line 1 Call 1 Status', 'Idle') +
      call('Line 1 Call 2 Status', 'Connected') +
      call('Line 12 Call Status', 'Idle');
    expect(pageWith(html)?.callStates).toEqual(['Idle', 'Connected', 'Idle']);
  });
});

describe('what the status texts mean', () => {
  it('a phone without a call is idle', () => {
    expect(isIdle([], multiplatform)).toBe(true);
    expect(isIdle(['Idle', 'idle'], multiplatform)).toBe(true);
    expect(isIdle(['Idle', ' '], multiplatform)).toBe(true);
    expect(isIdle(['Idle', 'Connected'], multiplatform)).toBe(false);
    expect(isIdle(['Not idle'], multiplatform)).toBe(false);
  });

  it('the guide’s words say that it upgrades (G7, G9)', () => {
    expect(statusWords(multiplatform).isUpgrading('Upgrade in progress')).toBe(true);
    expect(statusWords(multiplatform).isUpgrading('Upgrading…')).toBe(true);
    expect(statusWords(multiplatform).isUpgrading('Idle')).toBe(false);
    expect(statusWords(multiplatform).isUpgrading('Last upgrade succeeded')).toBe(false);
  });

  it('words of failure say that it failed, while none says it succeeded', () => {
    expect(statusWords(multiplatform).isUpgradeFailure('[01/01/2024] Upgrade failed: File not found')).toBe(true);
    expect(statusWords(multiplatform).isUpgradeFailure('Upgrade succeeded')).toBe(false);
    expect(statusWords(multiplatform).isUpgradeFailure('Upgrade in progress, failed before')).toBe(false);
  });

  it('only code 0 with the known words says that the license was accepted', () => {
    const row = (code: string, message: string) => ({ code, message, at: '', url: '', text: '' });
    expect(statusWords(multiplatform).isAuthorized(row('0', 'Authorization Succeeded.'))).toBe(true);
    expect(statusWords(multiplatform).isAuthorized(row('1', 'Authorization Succeeded.'))).toBe(false);
    expect(statusWords(multiplatform).isAuthorized(row('0', 'Authorization Succeeded. Not.'))).toBe(false);
  });
});
