import { modelOf } from '../../../domain/phone/facts.js';
import type { PhoneReport } from '../../../domain/report/report.js';
import { loadName } from '../../../domain/firmware/load.js';
import type { Behavior } from '../../behavior/behavior.js';
import { parseLoad } from '../../firmware.js';
import { type Model, modelBefore, MODELS } from '../../models.js';
import type { DeviceGroup } from '../build.js';

/** Why a phone of a run cannot be simulated, as `2 whose firmware is not known`. */
export type Unfit =
  | 'that could not be read'
  | 'whose model is not known'
  | 'of a model that is not simulated'
  | 'whose firmware is not known'
  | 'with firmware that is not simulated'
  | 'whose MAC address is not known'
  | 'whose MAC address another one has'
  | 'whose address another one has';

/** Failures of an audit that an admin page behind a password makes. */
const askedForPassword: ReadonlySet<string> = new Set([
  ...['auth-required', 'password-wrong', 'password-held-back', 'locked-out', 'login-form-unclear'],
]);

/** The simulated device that shows what a run has read of a phone; or why there can be none. */
export function deviceOf(phone: PhoneReport, address: string): DeviceGroup | Unfit {
  if (phone.outcome === 'not-a-phone') return { kind: 'printer', address };
  const { family, mac, serial } = phone;
  if (family === null) return 'that could not be read';
  if (phone.model === null) return 'whose model is not known';
  const model = MODELS.get(phone.model);
  if (!model) return 'of a model that is not simulated';
  if (phone.softwareVersion === null) return 'whose firmware is not known';
  const load = loadName(phone.softwareVersion);
  const parsed = parseLoad(load);
  const shownFamily = parsed?.family === 'old-multiplatform' ? 'multiplatform' : parsed?.family;
  if (
    parsed?.loadFamily !== model.loadFamily ||
    shownFamily !== family ||
    (family === 'enterprise' && !model.enterprise)
  )
    return 'with firmware that is not simulated';
  if (mac === null) return 'whose MAC address is not known';
  const hasEnterprisePages = parsed.family !== 'multiplatform';
  return {
    ...{ address, mac, model: model.model, load, ...hardwareOf(phone, model, hasEnterprisePages) },
    ...(serial === null ? {} : { serial }),
    name: `SEP${mac}`,
    behavior: behaviorOf(phone, hasEnterprisePages),
  };
}

/**
 * Its VID, and what its page calls the hardware version. Where the VID is not known, that of a Multiplatform page stands for it; on Enterprise
 * pages it is another one.
 */
function hardwareOf(
  { vid, hardwareVersion }: PhoneReport,
  { vids }: Model,
  hasEnterprisePages: boolean,
): Pick<DeviceGroup, 'vid' | 'hardware'> {
  const isVid = (text: string | null): text is string => text !== null && /^V\d\d$/.test(text);
  const instead = hasEnterprisePages ? vids.find((one) => one !== hardwareVersion) : hardwareVersion;
  const known = [vid, instead ?? null].find(isVid);
  return {
    ...(known === undefined ? {} : { vid: known }),
    ...(hardwareVersion === null ? {} : { hardware: hardwareVersion }),
  };
}

function behaviorOf(phone: PhoneReport, hasEnterprisePages: boolean): Partial<Behavior> {
  const { transitionAuthorizationType: type, failure, vid, vidSource } = phone;
  const code = failure?.code ?? '';
  const ending = endingOf(phone);
  const isUdiMissing = hasEnterprisePages && (vid === null || vidSource === 'inventory');
  return {
    ...(askedForPassword.has(code) ? { auth: 'digest' as const } : {}),
    ...(code === 'web-admin-off' ? { webAdminOff: true } : {}),
    ...(isUdiMissing ? { udi: 'missing' as const } : {}),
    ...(type === null || type === '' ? {} : { returnsWithoutLicense: type }),
    ...(ending === null ? {} : isMultiplatformEnding(ending) ? { productEnding: ending } : { pidEnding: ending }),
  };
}

/** What follows the model in its product id, where that can be shown again; `null`: it cannot. */
function endingOf({ model, productId }: PhoneReport): '' | `-${string}` | null {
  const [, ending] = /^CP-\d+(?:NR)?((?:-[A-Z0-9]{1,5})*(?:\+\+)?=?)$/.exec(productId ?? '') ?? [];
  if (ending === undefined || model === null || modelOf(productId) !== model) return null;
  if (`CP-${modelBefore(ending, model)}${ending}` !== productId) return null;
  return ending as '' | `-${string}`;
}

function isMultiplatformEnding(ending: string): ending is `-3P${string}` {
  return ending.startsWith('-3P');
}
