import { describe, expect, it } from '@jest/globals';
import { readEnterpriseHtml, readEnterpriseXml } from '../../../src/pages/enterprise/page.js';
import { describePage } from '../../../src/pages/sign-in/page-kind.js';
import { readStatusXml } from '../../../src/pages/cross-check/status-xml.js';
import { randomOf } from '../../support/pages/admin-page-dialects.js';
import { device8845, devicePage, xml8845 } from '../../support/pages/enterprise-pages.js';
import { enterprise, multiplatform } from '../../support/pages/phone-profiles.js';
import { mutate, partsOf } from '../support/mutate.js';
import { breakXml } from '../support/break-xml.js';
import { runs } from '../../support/depth.js';

const truth = {
  productName: 'CP-8841-3PCC',
  serial: 'FCH1234ABCD',
  softwareVersion: 'sip88xx.12-0-3MPP0001-87',
  hardwareVersion: 'V07',
  mac: '00CCFC123456',
  transitionAuthorizationType: 'WxC',
  customization: 'Open',
};
const row = '[0][01/01/2024 12:00:00][http://files.example/a.lic]Authorization Succeeded.';
const product = Object.entries(truth)
  .map(([name, value]) => {
    const tag = name === 'mac' ? 'MAC_Address' : name === 'serial' ? 'Serial_Number' : capitals(name);
    return `<${tag}>${value}</${tag}>`;
  })
  .join('\n');

function capitals(name: string): string {
  return name.replaceAll(/(?:^|[A-Z])[a-z]*/g, (word) => `_${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`).slice(1);
}

const nested = `<?xml version="1.0"?><device><status>
<System_Information><Host_Name>SEP</Host_Name><MAC_Address>DECODECODEC0</MAC_Address></System_Information>
<Product_Information>${product}</Product_Information>
<Phone_Status><Current_Time>1/1/2024</Current_Time><Upgrade_Status>Upgrading</Upgrade_Status></Phone_Status>
<Line_1_Call_Status><Call_State>Connected</Call_State><Tone>None</Tone></Line_1_Call_Status>
<Download_Status><Firmware_Upgrade_Status_1>Done 1</Firmware_Upgrade_Status_1>
<Transition_Authorization_Status>${row}</Transition_Authorization_Status></Download_Status>
<CA_Settings><Upgrade_Status>FAKE</Upgrade_Status><Serial_Number>FAKE</Serial_Number></CA_Settings></status></device>`;

/** Broken files and pages of each kind. */
const [files, pages] = [runs(400, 20_000), runs(150, 7_500)];

describe(`${files} broken status files`, () => {
  it('never throw, and give what is true or nothing', () => {
    const wrong: string[] = [];
    let read = 0;
    for (let seed = 1; seed <= files; seed += 1) {
      const { xml, how } = breakXml(nested, randomOf(seed));
      const page = readStatusXml(xml, multiplatform)?.admin;
      if (!page) continue;
      read += 1;
      const say = (what: string, said: unknown): void =>
        void wrong.push(`seed ${seed}: ${what} ${JSON.stringify(said)}; ${how}`);
      for (const [field, value] of Object.entries(truth)) {
        const said = page.productInformation[field as keyof typeof truth];
        if (said !== null && said !== value) say(field, said);
      }
      if (page.upgradeStatus !== null && page.upgradeStatus !== 'Upgrading') say('upgradeStatus', page.upgradeStatus);
      if (page.firmwareUpgradeRows.some((text) => text !== 'Done 1')) say('rows', page.firmwareUpgradeRows);
      if (page.authorizationRows.some(({ text }) => text !== row)) say('authorization', page.authorizationRows);
      if (page.callStates.some((state) => state !== 'Connected')) say('calls', page.callStates);
    }
    expect(wrong).toEqual([]);
    expect(read).toBeGreaterThan(files / 4);
  });
});

/** What an Enterprise page says wrongly of our 8845. */
function wrongOf(device: ReturnType<typeof readEnterpriseXml>): string[] {
  if (!device) return [];
  return Object.entries(device8845).flatMap(([field, value]) => {
    const said = device[field as keyof typeof device8845];
    return said === null || said === value ? [] : [`${field} ${said}`];
  });
}

describe(`${2 * pages} broken pages of Enterprise phones`, () => {
  it('never throw, and give what is true or nothing', () => {
    const wrong: string[] = [];
    let read = 0;
    for (let seed = 1; seed <= pages; seed += 1) {
      const random = randomOf(seed);
      const { xml, how } = breakXml(xml8845, random);
      const page = partsOf(devicePage({ spacer: seed % 2 === 0, references: seed % 3 === 0 }));
      const did = mutate(page, random, 4).join(' | ');
      const fromXml = readEnterpriseXml(xml, enterprise);
      const fromHtml = readEnterpriseHtml(page.join(''), enterprise);
      for (const lie of wrongOf(fromXml)) wrong.push(`seed ${seed}: XML ${lie}; ${how}`);
      for (const lie of wrongOf(fromHtml)) wrong.push(`seed ${seed}: HTML ${lie}; ${did}`);
      if (fromXml) read += 1;
      if (fromHtml) read += 1;
      describePage(page.join(''), multiplatform);
    }
    expect(wrong).toEqual([]);
    expect(read).toBeGreaterThan((2 * pages * 8) / 15);
  });
});
