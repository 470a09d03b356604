import { describe, expect, it } from '@jest/globals';
import { readStatusXml } from '../../../src/pages/cross-check/status-xml.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

const read = (xml: string) => readStatusXml(xml, multiplatform)?.admin ?? null;
const product =
  '<Product_Name>CP-8841-3PCC</Product_Name><MAC_Address>00CCFC123456</MAC_Address><Software_Version>sip88xx.12-0-3MPP0001-87</Software_Version>';

const nested = `<?xml version="1.0" encoding="UTF-8"?>
<status><Product_Information>${product}<Serial_Number>FCH2012ABCD</Serial_Number><Transition_Authorization_Type/></Product_Information>
<Phone_Status><Upgrade_Status>Upgrade in progress</Upgrade_Status></Phone_Status>
<Line_1_Call_1_Status><Call_State>Idle</Call_State></Line_1_Call_1_Status><Line_1_Call_2_Status><Call_State>Held</Call_State></Line_1_Call_2_Status>
<Download_Status><Firmware_Upgrade_Status_2>b</Firmware_Upgrade_Status_2><Firmware_Upgrade_Status_1>a &amp; c&#x2D;d</Firmware_Upgrade_Status_1>
<Transition_Authorization_Status>[0][01/01/2024 00:00:00][http://a/x.lic]Authorization Succeeded.</Transition_Authorization_Status>
<Transition_Authorization_Status>[5][01/01/2023 00:00:00][http://a/x.lic]No</Transition_Authorization_Status>
</Download_Status></status>`;

describe('the status file', () => {
  it('says what the admin page says', () => {
    expect(read(nested)).toEqual({
      productInformation: {
        productName: 'CP-8841-3PCC',
        serial: 'FCH2012ABCD',
        softwareVersion: 'sip88xx.12-0-3MPP0001-87',
        hardwareVersion: null,
        mac: '00CCFC123456',
        transitionAuthorizationType: '',
        customization: null,
      },
      upgradeStatus: 'Upgrade in progress',
      firmwareUpgradeRows: ['a & c-d', 'b'],
      authorizationRows: [
        expect.objectContaining({ code: '0', url: 'http://a/x.lic', message: 'Authorization Succeeded.' }),
        expect.objectContaining({ code: '5', message: 'No' }),
      ],
      callStates: ['Idle', 'Held'],
    });
  });

  it('may be flat, under any root, with or without a declaration', () => {
    expect(read(`<flat-status>${product}<Call_1_State>Idle</Call_1_State></flat-status>`)).toMatchObject({
      productInformation: { mac: '00CCFC123456', transitionAuthorizationType: null },
      callStates: ['Idle'],
    });
    expect(read(product)?.productInformation.mac).toBe('00CCFC123456');
  });

  it('may name sections by an attribute, and then only ours count', () => {
    const type = (group: string) =>
      read(`<x>${product}<Transition_Authorization_Type group="${group}">Classic</Transition_Authorization_Type></x>`)
        ?.productInformation.transitionAuthorizationType;
    expect(type('Info/Product_Information')).toBe('Classic');
    expect(type('Provisioning/Firmware_Upgrade')).toBeNull();
  });

  it('never takes the setting for the state', () => {
    const type = '<Transition_Authorization_Type>Classic</Transition_Authorization_Type>';
    const xml = `<status><Product_Information>${product}</Product_Information><Firmware_Upgrade>${type}</Firmware_Upgrade></status>`;
    expect(read(xml)?.productInformation.transitionAuthorizationType).toBeNull();
  });

  it('gives null for what repeated tags contradict', () => {
    const page = read(
      `<s>${product}<Serial_Number>A</Serial_Number><Serial_Number>B</Serial_Number><Customization>Open</Customization><Customization>Open</Customization></s>`,
    );
    expect(page?.productInformation).toMatchObject({ serial: null, customization: 'Open' });
  });

  it.each([
    ['nothing', ''],
    ['text', 'Not found'],
    ['a web page', '<html><body><h1>404 Not Found</h1></body></html>'],
    ['another file', '<device><flat-profile><Upgrade_Rule>x</Upgrade_Rule></flat-profile></device>'],
    ['half a file', nested.slice(0, 90)],
    ['a file nested without end', '<a>'.repeat(5000)],
  ])('is not %s', (_, text) => {
    expect(read(text)).toBeNull();
  });

  it('never expands entities of its own making', () => {
    const xml = `<!DOCTYPE s [<!ENTITY a "CP-8841-3PCC"><!ENTITY b "&a;&a;">]><s>${product.replace('CP-8841-3PCC', '&b;')}</s>`;
    expect(read(xml)?.productInformation.productName ?? '&b;').toBe('&b;');
  });
});
