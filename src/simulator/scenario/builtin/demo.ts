import { type DeviceGroup, buildScenario, type BuiltinOptions } from '../build.js';
import { usualEnterpriseLoad } from '../../firmware.js';
import type { Scenario } from '../scenario.js';

/** An office on one floor plan: about sixty devices, with everything that a migration meets. */
export function demo({ subnet, seed }: BuiltinOptions): Scenario {
  const scenario = buildScenario({
    name: 'demo',
    subnet,
    seed,
    phones: [...READY, ...TWO_STEPS, ...AT_HOME, ...NOT_ELIGIBLE, ...TROUBLE, ...NO_LICENSE, ...OTHERS],
  });
  const unlicensed = scenario.phones.filter((phone) => NO_LICENSE.some((group) => phone.name === group.name));
  return { ...scenario, files: { ...scenario.files, missingLicenses: unlicensed.map((phone) => phone.mac) } };
}

/** On the recommended firmware or later, so they convert in one step. */
const READY: readonly DeviceGroup[] = [
  { count: 8, model: '8841', name: 'Open space', dialect: 'modern' },
  { count: 5, model: '8851', name: 'Sales', load: 'sip88xx.12-0-7MPP0501-123', dialect: 'fieldset' },
  { count: 3, model: '8811', name: 'Warehouse', dialect: 'bcisco', behavior: { selectPosts: 'index' } },
  { count: 1, model: '8861', name: 'Switchboard', behavior: { answerToSubmit: 'page' } },
  { count: 3, model: '8845', name: 'Meeting room', behavior: { answerToSubmit: 'redirect' } },
  { count: 2, model: '8865', name: 'Board room', behavior: { upgradeStatusText: 'Upgrading' } },
  { count: 3, model: '7841', name: 'Accounts', dialect: 'legacy', behavior: { ignoresPartialPost: true } },
  { count: 2, model: '7821', name: 'Corridor', behavior: { ruleLabel: 'Transition Load Authorization Rule' } },
  { count: 2, model: '7811', name: 'Stock room', behavior: { slow: true } },
  { count: 1, model: '7861', name: 'Help desk', behavior: { missingContentLength: true } },
  { count: 1, model: '7832', name: 'Small conference', behavior: { adminPage: 'ok', closesConnection: true } },
  { count: 1, model: '8832', name: 'Large conference' },
];

/** Below the recommended firmware: some between the two minimums, some below both. */
const TWO_STEPS: readonly DeviceGroup[] = [
  { count: 2, model: '8841', name: 'Training', load: 'sip88xx.11-3-7MPP0001-392' },
  { model: '7841', name: 'Mail room', load: 'sip78xx.11-3-5MPP0001-117' },
  { model: '8811', name: 'Loading bay', load: 'sip88xx.11-3-2MPP0001-609', dialect: 'bcisco' },
  { model: '8851', name: 'Archive', load: 'sip88xx.11-2-3MPP-398', dialect: 'legacy' },
];

/** Enterprise firmware already, on the wanted load or an older one. */
const AT_HOME: readonly DeviceGroup[] = [
  { count: 2, model: '8841', name: 'Pilot', load: usualEnterpriseLoad('sip88xx') },
  { model: '7841', name: 'Pilot 7841', load: usualEnterpriseLoad('sip78xx'), behavior: { pidEnding: '' } },
  { model: '8845', name: 'Pilot video', load: usualEnterpriseLoad('sip8845_65'), behavior: { entities: true } },
  { model: '8851', name: 'Old Enterprise', load: 'sip88xx.12-5-1SR1-4' },
  { model: '7821', name: 'Old Enterprise 7821', load: 'sip78xx.14-1-1MN-366', behavior: { locale: 'de' } },
];

const NOT_ELIGIBLE: readonly DeviceGroup[] = [{ count: 2, model: '6841', name: 'Cafeteria' }];

/** One of each kind of trouble. */
const TROUBLE: readonly DeviceGroup[] = [
  { model: '8841', name: 'Locked desk', behavior: { auth: 'digest' } },
  { model: '8851', name: 'Refused desk', behavior: { authorizationResult: 'refused' } },
  { model: '8841', name: 'Bad cable', behavior: { upgradeResult: 'download-failed' } },
  { model: '8811', name: 'Lost desk', behavior: { neverReturns: true } },
  { model: '8841', name: 'Silent desk', behavior: { webAfterConversion: false } },
  { model: '8841', name: 'Roaming desk', behavior: { otherAddressAfter: true } },
  { model: '8851', name: 'Swapped desk', behavior: { identitySwapped: 'each-time' } },
  { model: '8861', name: 'On a call', behavior: { busy: 'forever' } },
  { model: '8841', name: 'Frozen desk', behavior: { web: 'hang' } },
];

/** No license file; the last one came through Webex Calling and needs none. */
const NO_LICENSE: readonly DeviceGroup[] = [
  { model: '8841', name: 'Late order' },
  { model: '7841', name: 'Replacement phone' },
  { model: '8851', name: 'From Webex', behavior: { returnsWithoutLicense: 'WxC' } },
];

const OTHERS: readonly DeviceGroup[] = [
  { kind: 'printer', name: 'Printer' },
  { kind: 'router', name: 'Gateway' },
  { kind: 'spa-adapter', name: 'Fax adapter' },
  { kind: 'web-app', name: 'Facilities portal' },
];
