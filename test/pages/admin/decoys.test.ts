import { describe, expect, it } from '@jest/globals';
import { readAdminPage } from '../../../src/pages/admin/admin-page.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

const product = (extra = ''): string =>
  '<h3>Product Information</h3><table><tr><td>Product Name:</td><td>CP-8841-3PCC</td><td>MAC Address:</td><td>00CCFC123456</td></tr>' +
  `${extra}</table>`;
const read = (html: string) => readAdminPage(html, multiplatform);
const typeOf = (html: string) => read(html)?.productInformation.transitionAuthorizationType;

describe('the Transition Authorization Type of Product Information', () => {
  it('is what its row shows', () => {
    expect(typeOf(product('<tr><td>Transition Authorization Type</td><td>WxC</td></tr>'))).toBe('WxC');
  });

  it('is "" when shown empty and null when there is no such row', () => {
    expect(typeOf(product('<tr><td>Transition Authorization Type:</td><td>&nbsp;</td></tr>'))).toBe('');
    expect(typeOf(product())).toBeNull();
  });

  it('is never taken from the form select of the same label', () => {
    const select = '<select name="1"><option selected>Classic</option><option>WxC</option></select>';
    const form = `<h3>Firmware Upgrade</h3><form action="x"><table><tr><td>Transition Authorization Type</td><td>${select}</td></tr></table></form>`;
    expect(typeOf(product() + form)).toBeNull();
    expect(typeOf(product(`<tr><td>Transition Authorization Type</td><td>${select}</td></tr>`))).toBeNull();
  });

  it('is never taken from a section that nobody told us of', () => {
    const row = '<tr><td>Transition Authorization Type:</td><td>Classic</td></tr>';
    expect(typeOf(`${product()}<h3>Brand New Section</h3><table>${row}</table>`)).toBeNull();
    expect(
      typeOf(
        '<table><tr class="s"><td colspan="4">Product Information</td></tr><tr><td>Product Name</td><td>CP-8841-3PCC</td><td>MAC Address</td>' +
          `<td>00CCFC123456</td></tr><tr class="s"><td colspan="4">Brand New Section</td></tr>${row}</table>`,
      ),
    ).toBeNull();
    expect(
      typeOf(`${product()}<fieldset><legend>Brand New Section</legend><table>${row}</table></fieldset>`),
    ).toBeNull();
  });

  it('is null where the value was left out and the next label stands in its place', () => {
    const row = '<tr><td>Transition Authorization Type:</td><td>Some New Label:</td><td>Yes</td></tr>';
    expect(typeOf(product(row))).toBeNull();
    expect(typeOf(product('<tr><th>Transition Authorization Type</th><th>Customization</th></tr>'))).toBeNull();
  });

  it('is null where two rows contradict each other', () => {
    const row = (value: string) => `<tr><td>Transition Authorization Type</td><td>${value}</td></tr>`;
    expect(typeOf(product(row('') + row('Classic')))).toBeNull();
    expect(typeOf(product(row('WxC') + row('WxC')))).toBe('WxC');
  });
});

describe('Product Information', () => {
  it('is null on pages that have none', () => {
    expect(read('')).toBeNull();
    expect(read('Product Information: Product Name CP-8841-3PCC')).toBeNull();
    expect(read('<h3>Product Information</h3><p>Product Name and MAC Address</p>')).toBeNull();
    expect(read('<title>Printer</title><table><tr><td>Product Name</td><td>Laser 9</td></tr></table>')).toBeNull();
  });

  it('is not found in comments, scripts, templates, text areas and attributes', () => {
    for (const [before, after] of [
      ['<!--', '-->'],
      ['<script>', '</script>'],
      ['<style>', '</style>'],
      ['<template>', '</template>'],
      ['<noscript>', '</noscript>'],
      ['<textarea>', '</textarea>'],
      ["<div title='", "'></div>"],
      ['<script><!--', '//--></script>'],
    ]) {
      expect({ before, page: read(`${before}${product()}${after}`) }).toEqual({ before, page: null });
    }
  });

  it('is null where two such sections disagree', () => {
    expect(read(product() + product())).not.toBeNull();
    expect(read(product() + product().replace('00CCFC123456', '00CCFC123457'))).toBeNull();
  });

  it('is found where the heading is split by tags or written with entities', () => {
    expect(
      read(product().replace('Product Information', '<b>Product</b> <font color=red>Information</font>')),
    ).not.toBeNull();
    expect(read(product().replace('Product Information', '&nbsp;Product&#x20;Informatio&#110;:'))).not.toBeNull();
  });

  it.each(['00:cc:fc:12:34:56', '00-CC-FC-12-34-56', '00cc.fc12.3456', '00CCFC123456'])('reads the MAC %s', (shown) => {
    expect(read(product().replace('00CCFC123456', shown))?.productInformation.mac).toBe('00CCFC123456');
  });

  it.each(['unknown', '00CCFC12345', '00CCFC12345G', '000000000000'])('takes no MAC from "%s"', (shown) => {
    expect(read(product().replace('00CCFC123456', shown))?.productInformation.mac).toBeNull();
  });

  it('names other makes as they name themselves', () => {
    expect(read(product().replace('CP-8841-3PCC', 'SPA504G'))?.productInformation.productName).toBe('SPA504G');
  });

  it('does not take the heading "Firmware Upgrade Status 1" for "Firmware Upgrade"', () => {
    const page = read(
      `${product()}<h3>Download Status</h3><table><tr><td>Firmware Upgrade Status 1:</td><td>Done</td></tr></table>`,
    );
    expect(page?.firmwareUpgradeRows).toEqual(['Done']);
  });

  it('takes a status only from its own section', () => {
    const page = read(
      `${product()}<h3>CA Settings</h3><table><tr><td>Upgrade Status</td><td>Upgrade in progress</td></tr></table>`,
    );
    expect(page?.upgradeStatus).toBeNull();
  });
});
