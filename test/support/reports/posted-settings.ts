import type { RequestLogEntry } from '../../../src/simulator/index.js';

/** One of the three fields of Firmware Upgrade that may be set. */
export type Setting = 'upgradeRule' | 'authorizationRule' | 'authorizationType';

const labels: Readonly<Record<Setting, readonly string[]>> = {
  upgradeRule: ['Upgrade Rule'],
  authorizationRule: ['Transition Authorization Rule', 'Transition Load Authorization Rule'],
  authorizationType: ['Transition Authorization Type', 'Transition Authorization Typ'],
};

/** The settings in a POST of the simulator's log, by the labels of the page, without the other fields of a whole form. */
export function postedSettings({ fields = {} }: RequestLogEntry): Partial<Record<Setting, string>> {
  const found = Object.entries(labels).flatMap(([setting, names]) => {
    const name = names.find((label) => fields[label] !== undefined);
    return name === undefined ? [] : [[setting, fields[name]]];
  });
  return Object.fromEntries(found) as Partial<Record<Setting, string>>;
}
