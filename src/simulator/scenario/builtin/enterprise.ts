import { type DeviceGroup, buildScenario, type BuiltinOptions } from '../build.js';
import { usualMultiplatformLoad } from '../../firmware.js';
import type { Scenario } from '../scenario.js';

/** Devices when nobody says how many. */
const USUAL_COUNT = 60;
const MODELS = ['8841', '7841', '8851', '7821', '8845', '8811'];

/**
 * A mixed fleet of one Unified CM cluster, 60 devices by default: Enterprise phones with and without web access, some below 14.2(1)SR1, some that
 * are Multiplatform already, and one of each kind that must be named and left alone. More devices are more ordinary desks.
 */
export function enterprise({ subnet, seed, phones = USUAL_COUNT }: BuiltinOptions): Scenario {
  const special = [...OLDER, ...MULTIPLATFORM, ...LEFT_ALONE, ...TROUBLE, ...OTHERS];
  const taken = special.reduce((sum, { count = 1 }) => sum + count, 0);
  const desks = Array.from({ length: Math.max(0, phones - taken) }, (_, index) => desk(index));
  return buildScenario({
    ...{ name: 'enterprise', subnet, seed, phones: [...desks, ...special].slice(0, phones) },
    ucm: {
      pools: ['Default', 'HQ', 'Branch', 'Home'],
      devices: [
        device('SEP00CCFC0000AA', '8841', 'Spare in the cupboard', 'HQ'),
        device('SEP00CCFC0000AB', '7841', 'Never unpacked', 'Branch'),
        { ...device('CSFALICE', 'Cisco Unified Client Services Framework', 'Softphone', 'HQ'), number: 503 },
        { ...device('ATA00CCFC0000AC', 'Cisco ATA 191', 'Fax', 'Branch'), number: 36275 },
      ],
    },
  });
}

/** Three of four have no web access, as on most clusters (docs/knowledge/enterprise-pages.md#web-access). */
function desk(index: number): DeviceGroup {
  const webAccess = (['on', 'off', 'absent', 'off'] as const)[index % 4] ?? 'off';
  const model = MODELS[index % MODELS.length] ?? '8841';
  return {
    ...{
      model,
      vid: model === '7841' ? 'V06' : 'V05',
      name: `Desk ${index + 1}`,
      load: `${loadFamily(model)}.14-2-1-0101-26`,
    },
    ucm: { webAccess, pool: index % 3 === 2 ? 'Branch' : 'HQ' },
  };
}

function loadFamily(model: string): string {
  return model.startsWith('78') ? 'sip78xx' : model === '8845' ? 'sip8845_65' : 'sip88xx';
}

function device(name: string, model: string, description: string, pool: string) {
  return { name, model, description, pool, number: 0, load: '' };
}

/** Below the recommended 14.2(1)SR1: one step within Enterprise first, or a transition load, or neither. */
const OLDER: readonly DeviceGroup[] = [
  { count: 2, model: '8841', vid: 'V05', name: 'Older 14.1', load: 'sip88xx.14-1-1MN-366', ucm: { pool: 'HQ' } },
  {
    model: '7841',
    vid: 'V06',
    name: 'Older 14.0',
    load: 'sip78xx.14-0-1-0001-91',
    ucm: { webAccess: 'on', pool: 'HQ' },
  },
  { model: '8851', vid: 'V05', name: 'Older 12.5', load: 'sip88xx.12-5-1SR1-4', ucm: { pool: 'Branch' } },
  {
    model: '8811',
    vid: 'V05',
    name: 'Oldest 11.7',
    load: 'sip88xx.11-7-1-17',
    ucm: { webAccess: 'on', pool: 'Branch' },
  },
];

/** Multiplatform already; those that Unified CM still knows have left it. */
const MULTIPLATFORM: readonly DeviceGroup[] = [
  {
    count: 2,
    model: '8841',
    vid: 'V05',
    name: 'Moved, unlicensed',
    ucm: { load: usualMultiplatformLoad('sip88xx'), pool: 'HQ' },
  },
  {
    model: '7821',
    vid: 'V05',
    name: 'Moved, licensed',
    behavior: { returnsWithoutLicense: 'Classic' },
    ucm: { known: false },
  },
];

const LEFT_ALONE: readonly DeviceGroup[] = [
  {
    model: '8841',
    vid: 'V05',
    name: 'Unregistered',
    load: 'sip88xx.14-2-1-0101-26',
    ucm: { registers: false, pool: 'Branch' },
  },
  {
    count: 2,
    model: '8845',
    vid: 'V05',
    name: 'At home',
    load: 'sip8845_65.14-2-1-0101-26',
    ucm: { expressway: true, pool: 'Home' },
  },
  {
    model: '7841',
    vid: 'V02',
    name: 'Old hardware',
    load: 'sip78xx.14-2-1-0101-26',
    ucm: { webAccess: 'on', pool: 'HQ' },
  },
  { model: '7861', vid: 'V01', name: 'Old hardware 7861', load: 'sip78xx.14-2-1-0101-26', ucm: { pool: 'HQ' } },
  { model: '8851', vid: 'V05', name: 'Unknown to UCM', load: 'sip88xx.14-2-1-0101-26', ucm: { known: false } },
  {
    model: '8841',
    vid: 'V05',
    name: 'Stale address',
    load: 'sip88xx.14-2-1-0101-26',
    ucm: { webAccess: 'on', shownAddress: 'next', pool: 'HQ' },
  },
];

const TROUBLE: readonly DeviceGroup[] = [
  {
    model: '8841',
    vid: 'V05',
    name: 'In a call',
    load: 'sip88xx.14-2-1-0101-26',
    behavior: { busy: 900 },
    ucm: { webAccess: 'on', pool: 'HQ' },
  },
  {
    ...{
      model: '8811',
      vid: 'V05',
      name: 'Roaming',
      load: 'sip88xx.14-2-1-0101-26',
      behavior: { otherAddressAfter: true },
    },
    ucm: { webAccess: 'on', pool: 'HQ' },
  },
  {
    ...{
      model: '8841',
      vid: 'V05',
      name: 'First password',
      load: 'sip88xx.14-2-1-0101-26',
      behavior: { setPasswordPage: true },
    },
    ucm: { webAccess: 'on', pool: 'HQ' },
  },
  {
    ...{ model: '8851', vid: 'V05', name: 'Bad cable', load: 'sip88xx.14-2-1-0101-26' },
    ...{ behavior: { upgradeResult: 'download-failed' }, ucm: { webAccess: 'on', pool: 'Branch' } },
  },
  {
    ...{ model: '8841', vid: 'V05', name: 'Odd settings', load: 'sip88xx.14-2-1-0101-26' },
    ucm: {
      vendorConfig:
        '<!-- <webAccess>0</webAccess> kept -->\n<pcPort>0</pcPort>\r\n<webAccess>1</webAccess >\t<note a=\'1\' b="2"><![CDATA[<webAccess>0</webAccess>]]></note><empty />',
      pool: 'HQ',
    },
  },
];

const OTHERS: readonly DeviceGroup[] = [
  { kind: 'printer', name: 'Printer' },
  { kind: 'switch', name: 'Switch' },
];
