import type { Mac } from '../../domain/network/mac.js';
import type { Clock } from '../../domain/ports/clock.js';
import { type UcmChoice, chosenBy } from '../../domain/unified-cm/choice.js';
import { keptUpToDate } from '../../fleet/unified-cm/listing.js';
import { deviceName, type KnownInUcm, type UcmAtWork } from '../../fleet/unified-cm/ucm-at-work.js';
import type { UcmRegistration, UcmSettings } from '../../ucm/ucm.js';
import type { ModeledPhone } from './modeled-phone.js';
import type { ModeledNetwork, Told } from './network.js';
import { said } from './words.js';

/** A phone of the last audit that Unified CM is assumed to have; it is registered while it is there. */
export interface PhoneInUcm {
  phone: ModeledPhone;
  mac: Mac;
  devicePool: string | null;
  description: string;
  /** The load that it was to run; `null`: not known. */
  load: string | null;
}

/** How often it is looked whether a phone's call has ended. */
const callCheckMs = 15_000;

/** What the modeled Unified CM is called, and what of it the run's settings say. */
export interface ModeledUcm {
  host: string;
  loadServerTags: UcmAtWork['loadServerTags'];
  webAccessSetting: UcmAtWork['webAccess']['setting'];
  /** Which of its phones are meant. */
  choice: UcmChoice;
  /** Where phones take the loads that it names. */
  filesUrl: string;
}

/** The modeled Unified CM, which outlives the nights; each run lists its phones anew. */
export class ModeledCluster {
  readonly #byName: ReadonlyMap<string, PhoneInUcm>;
  readonly #settings = new Map<string, UcmSettings>();
  /** What phones in a call were told, which they heed when it ends. */
  readonly #waiting = new Map<ModeledPhone, Told>();

  constructor(
    private readonly of: ModeledUcm,
    phones: readonly PhoneInUcm[],
    private readonly network: ModeledNetwork,
    private readonly clock: Pick<Clock, 'after'>,
  ) {
    this.#byName = new Map(phones.map((one) => [deviceName(one.mac), one]));
  }

  /** As a run that begins now works with it. */
  atWork(): UcmAtWork {
    const { host, loadServerTags, webAccessSetting, choice } = this.of;
    const isChosen = chosenBy(choice);
    const phones = new Map(
      [...this.#byName].map(
        ([
          name,
          {
            phone: { facts },
            mac,
            devicePool,
            description,
            load,
          },
        ]): [Mac, KnownInUcm] => {
          const phone = { name, mac, model: facts?.model ?? null, devicePool, description, load, defaultLoad: null };
          const isLeftOut = !isChosen(phone);
          const registration = this.#registration(name);
          return [mac, { phone, registration, isBehindProxy: false, ...(isLeftOut ? { isLeftOut } : {}) }];
        },
      ),
    );
    return {
      ...{ host, loadServerTags, phones },
      client: {
        settings: (name) => Promise.resolve(this.#byName.has(name) ? this.#settingsOf(name) : null),
        change: (name, change) =>
          Promise.resolve(void this.#settings.set(name, { ...this.#settingsOf(name), ...change })),
        apply: (name) => Promise.resolve(this.#apply(name)),
      },
      registration: keptUpToDate({ phones }, (name) => Promise.resolve(this.#registration(name))),
      webAccess: { setting: webAccessSetting, isAllowed: false },
    };
  }

  #registration(name: string): UcmRegistration {
    return registrationOf(name, this.#byName.get(name)?.phone, this.of.host);
  }

  #settingsOf(name: string): UcmSettings {
    return this.#settings.get(name) ?? { ownLoad: null, vendorConfig: '' };
  }

  #apply(name: string): void {
    const { ownLoad: load } = this.#settingsOf(name);
    const phone = this.#byName.get(name)?.phone;
    if (!phone || load === null) return;
    const url = `${this.of.filesUrl}/${load}.loads`;
    const told: Told = { step: 'load', load, url, license: null };
    // Only the last counts.
    this.#waiting.set(phone, told);
    const whenItsCallEnds = (): void => {
      if (this.#waiting.get(phone) !== told) return;
      if (phone.isInCall()) return void this.clock.after(callCheckMs, whenItsCallEnds);
      this.#waiting.delete(phone);
      this.network.tell(phone, told);
    };
    whenItsCallEnds();
  }
}

function registrationOf(name: string, phone: ModeledPhone | undefined, node: string): UcmRegistration {
  const shown = phone?.registers();
  const facts = shown?.kind === 'phone' ? shown.facts : null;
  const isHere = facts !== null && facts.family !== 'multiplatform';
  const status = facts?.upgradeStatus ?? '';
  return {
    ...{ name, statusReason: null, at: null },
    registered: isHere ? 'yes' : 'no',
    status: isHere ? 'Registered' : null,
    activeLoad: isHere ? facts.softwareVersion : null,
    download: !isHere || status === '' ? 'unknown' : status === said.upgrading ? 'upgrading' : 'failed',
    downloadFailure: null,
    httpd: isHere ? true : null,
    address: isHere ? (phone?.address ?? null) : null,
    node: isHere ? node : null,
  };
}
