import type { Mac } from '../../domain/network/mac.js';
import { deviceName, type KnownInUcm, type UcmAtWork } from '../../fleet/unified-cm/ucm-at-work.js';
import type { UcmRegistration, UcmSettings } from '../../ucm/ucm.js';
import type { ModeledPhone } from './modeled-phone.js';
import type { ModeledNetwork } from './network.js';
import { said } from './words.js';

/** A phone of the last audit that Unified CM is assumed to have. */
export interface PhoneInUcm {
  phone: ModeledPhone;
  mac: Mac;
  devicePool: string | null;
  description: string;
  /** The load that it was to run; `null`: not known. */
  load: string | null;
}

/** What the modeled Unified CM is called, and what of it the run's settings say. */
export interface ModeledUcm {
  host: string;
  loadServerTags: UcmAtWork['loadServerTags'];
  webAccessSetting: UcmAtWork['webAccess']['setting'];
  /** Where phones take the loads that it names. */
  filesUrl: string;
}

/** Unified CM as a run works with it: it has the phones of the last audit, and all of them are registered that could be. */
export function modeledUcm(
  { host, loadServerTags, webAccessSetting, filesUrl }: ModeledUcm,
  phones: readonly PhoneInUcm[],
  network: ModeledNetwork,
): UcmAtWork {
  const byName = new Map(phones.map((one) => [deviceName(one.mac), one]));
  const settings = new Map<string, UcmSettings>();
  const registration = (name: string): UcmRegistration => registrationOf(name, byName.get(name)?.phone, host);
  const known = phones.map(({ phone, mac, devicePool, description, load }): [Mac, KnownInUcm] => {
    const name = deviceName(mac);
    const model = phone.facts?.model ?? null;
    return [
      mac,
      {
        phone: { ...{ name, mac, model, devicePool, description, load }, defaultLoad: null },
        registration: registration(name),
        isBehindProxy: false,
      },
    ];
  });
  const settingsOf = (name: string): UcmSettings => settings.get(name) ?? { ownLoad: null, vendorConfig: '' };
  return {
    ...{ host, loadServerTags, phones: new Map(known) },
    client: {
      settings: (name) => Promise.resolve(byName.has(name) ? settingsOf(name) : null),
      change: (name, change) => Promise.resolve(void settings.set(name, { ...settingsOf(name), ...change })),
      apply: (name) => {
        const { ownLoad: load } = settingsOf(name);
        const phone = byName.get(name)?.phone;
        if (phone && load !== null)
          network.tell(phone, { step: 'load', load, url: `${filesUrl}/${load}.loads`, license: null });
        return Promise.resolve();
      },
    },
    registration: (name) => Promise.resolve(registration(name)),
    webAccess: { setting: webAccessSetting, isAllowed: false },
  };
}

function registrationOf(name: string, phone: ModeledPhone | undefined, node: string): UcmRegistration {
  const shown = phone?.shown();
  const facts = shown?.kind === 'phone' ? shown.facts : null;
  const isHere = facts !== null && facts.family !== 'multiplatform';
  const status = facts?.upgradeStatus ?? '';
  return {
    ...{ name, statusReason: null, at: null },
    registered: isHere ? 'yes' : 'no',
    status: isHere ? 'Registered' : null,
    activeLoad: isHere ? facts.softwareVersion : null,
    download: !isHere || status === '' ? 'none' : status === said.upgrading ? 'upgrading' : 'failed',
    downloadFailure: null,
    httpd: isHere ? true : null,
    address: isHere ? (phone?.address ?? null) : null,
    node: isHere ? node : null,
  };
}
