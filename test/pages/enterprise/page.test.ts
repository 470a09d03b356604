import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readEnterpriseHtml, readEnterpriseXml } from '../../../src/pages/enterprise/page.js';
import { writeAdminPage } from '../../support/pages/admin-pages.js';
import { device8845, devicePage, xml8845 } from '../../support/pages/enterprise-pages.js';
import { enterprise } from '../../support/pages/phone-profiles.js';

const fromXml = (xml: string) => readEnterpriseXml(xml, enterprise);
const fromHtml = (html: string) => readEnterpriseHtml(html, enterprise);

describe('DeviceInformationX', () => {
  it('is read with the load as software version and the VID from the UDI', () => {
    expect(fromXml(xml8845)).toEqual(device8845);
  });

  it('may spell its tags in another case, in a namespace, under another root', () => {
    expect(
      fromXml(
        '<d:Info xmlns:d="x"><d:macaddress>74a02fc0d9f4</d:macaddress><d:ModelNumber>CP-7841</d:ModelNumber></d:Info>',
      ),
    ).toMatchObject({ mac: '74A02FC0D9F4', productId: 'CP-7841', vid: null });
  });

  it('never takes "= V02" of 6900 phones for a load, nor the root file system of 8800 phones', () => {
    const xml =
      '<DeviceInformation><MACAddress>649EF3000001</MACAddress><appLoadID>SCCP 1.2.2.6</appLoadID><versionID>= V02</versionID>' +
      '<hardwareRevision>5</hardwareRevision><modelNumber>CP-6941</modelNumber><udi>phone\nIP Phone\nCP-6941\nFCH1234ABCD</udi></DeviceInformation>';
    expect(fromXml(xml)).toMatchObject({
      softwareVersion: null,
      vid: null,
      serial: 'FCH1234ABCD',
      hardwareRevision: '5',
    });
    expect(fromXml(xml8845.replace(/<versionID>.*?<\/versionID>/, ''))?.softwareVersion).toBeNull();
  });

  it('never takes the hardware revision for the VID', () => {
    expect(fromXml(xml8845.replace(/<udi>[^]*<\/udi>/, ''))).toMatchObject({ vid: null, hardwareRevision: 'V01' });
  });

  it('gives the PID as shown: without -K9, with it, with 3PCC', () => {
    const pid = (shown: string) => fromXml(xml8845.replace('>CP-8845<', `>${shown}<`))?.productId;
    expect(['CP-8845', 'CP-8845-K9', 'CP-8841-3PCC', 'CP-8851NR'].map(pid)).toEqual([
      'CP-8845',
      'CP-8845-K9',
      'CP-8841-3PCC',
      'CP-8851NR',
    ]);
  });

  it('falls back on the UDI for PID and serial and on the host name for the MAC', () => {
    const xml = xml8845.replace(/<(MACAddress|modelNumber|serialNumber)>.*?<\/\1>/g, '');
    expect(fromXml(xml)).toMatchObject({ mac: device8845.mac, productId: 'CP-8845', serial: device8845.serial });
  });

  it('takes placeholders for nothing', () => {
    const xml = xml8845.replace('>1042<', '>N/A<').replace('>V01<', '>unknown<').replace('>CP-8845<', '>none<');
    expect(fromXml(xml)).toMatchObject({ phoneDn: null, hardwareRevision: null, productId: 'CP-8845' });
  });

  it('gives no MAC when the host name is of another phone', () => {
    expect(fromXml(xml8845.replace('SEP74A02FC0D9F4', 'SEP74A02FC0D9F5'))?.mac).toBeNull();
  });

  it.each([
    ['nothing', ''],
    [
      'another maker’s',
      '<DeviceInformation><MACAddress>0004f214b8e7</MACAddress><ModelNumber>SoundPoint IP 650</ModelNumber></DeviceInformation>',
    ],
    ['an error page', '<html><body><h1>404</h1></body></html>'],
    ['cut off before it names the phone', xml8845.slice(0, 200)],
  ])('is not one when it is %s', (_, xml) => {
    expect(fromXml(xml)).toBeNull();
  });
});

describe('the HTML device page', () => {
  it.each([
    ['with a spacer cell', {}],
    ['without one, as on the 7841', { spacer: false }],
    ['with punctuation as character references', { references: true }],
  ])('is read %s', (_, options) => {
    expect(fromHtml(devicePage(options))).toEqual(device8845);
  });

  it('is read with the title case of 78xx', () => {
    const labels = {
      'MAC address': 'MAC Address',
      'Host name': 'Host Name',
      'Serial number': 'Serial Number',
      'Model number': 'Model Number',
    };
    expect(fromHtml(devicePage({ labels, product: 'CP-7821' }))).toMatchObject({
      mac: device8845.mac,
      productId: 'CP-7821',
    });
  });

  it.each([
    [
      'German',
      {
        'MAC address': 'MAC-Adresse',
        'Serial number': 'Seriennummer',
        'Model number': 'Modellnummer',
        'Phone DN': 'Telefonnummer',
      },
    ],
    [
      'French',
      {
        'MAC address': 'Adresse MAC',
        'Serial number': 'Numéro de série',
        'Model number': 'Numéro de modèle',
        'Phone DN': 'Numéro de téléphone',
      },
    ],
    [
      'Spanish',
      { 'MAC address': 'Dirección MAC', 'Serial number': 'Número de serie', 'Model number': 'Número de modelo' },
    ],
    ['Russian', { 'MAC address': 'MAC-адрес', 'Serial number': 'Серийный номер', 'Model number': 'Номер модели' }],
  ])('is read in %s', (_, labels) => {
    expect(fromHtml(devicePage({ labels, banner: 'IP' }))).toMatchObject({
      mac: device8845.mac,
      productId: 'CP-8845',
      serial: device8845.serial,
      vid: 'V00',
      phoneDn: '1042',
    });
  });

  it('in a language we do not know still names the phone, by its banner', () => {
    const labels = {
      'MAC address': 'a',
      'Host name': 'b',
      'Serial number': 'c',
      'Model number': 'd',
      Version: 'e',
      UDI: 'f',
    };
    expect(fromHtml(devicePage({ labels }))).toEqual({
      ...device8845,
      vid: null,
      serial: null,
      softwareVersion: null,
    });
  });

  it('is read with the lines of the UDI in rows of one cell (case 7821-device-udi-one-cell-rows)', () => {
    expect(fromHtml(readFileSync('test/captures/7821-device-udi-one-cell-rows.html', 'utf8'))).toEqual({
      mac: '0A1B2C3D4E5F',
      productId: 'CP-7821',
      vid: 'V04',
      serial: 'FCH2210ABCD',
      softwareVersion: 'sip78xx.14-2-1-0101-26',
      hardwareRevision: '33',
      phoneDn: '2001',
    });
  });

  it('is read with all lines of the UDI below its label', () => {
    const page = devicePage({ spacer: false }).replace(
      /<TR><TD><B> UDI<\/B><\/TD><TD>(.*?)<\/TD><\/TR>/,
      '<TR><TD><B> UDI</B></TD></TR><TR><TD>$1</TD></TR>',
    );
    const inOneCell = page.replace(/<TR><TD><B> <\/B><\/TD><TD>(.*?)<\/TD><\/TR>/g, '<TR><TD>$1</TD></TR>');
    expect(inOneCell).not.toBe(page);
    expect(fromHtml(inOneCell)).toEqual(device8845);
  });

  it('never takes the next label for a line of the UDI', () => {
    const page = devicePage({ udi: ['phone', 'Cisco IP Phone 8845', 'CP-8845'] });
    expect(fromHtml(page.replace(/(<TR><TD><B> Time)/, '<TR><TD><B> Serial number</B></TD></TR>$1'))?.vid).toBeNull();
  });

  it('has no VID where the UDI is missing or shorter', () => {
    expect(fromHtml(devicePage({ udi: null }))?.vid).toBeNull();
    expect(fromHtml(devicePage({ udi: ['phone', 'IP Phone', 'CP-6941', 'FCH1234ABCD'] }))?.vid).toBeNull();
    expect(fromHtml(devicePage({ udi: ['phone', 'IP Phone', 'CP-8845', '', 'FCH1234ABCD'] }))?.vid).toBeNull();
  });

  it('gives no MAC when row, banner and host name differ', () => {
    expect(fromHtml(devicePage({ hostName: 'SEP00B8B33B44CF' }))?.mac).toBeNull();
  });

  it('is none of these', () => {
    expect(fromHtml('')).toBeNull();
    expect(fromHtml('<table><tr><td>MAC address</td><td>74A02FC0D9F4</td></tr></table>')).toBeNull();
    expect(fromHtml(writeAdminPage(1, 'bcisco').html)).toBeNull();
  });
});
