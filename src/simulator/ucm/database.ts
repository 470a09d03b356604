import { usualEnterpriseLoad } from '../firmware.js';
import { MODELS } from '../models.js';
import { hashText } from '../random.js';
import type { PhoneSpec } from '../scenario/scenario.js';
import { firstOwnLoad } from './build.js';
import { type Product, PRODUCTS } from './numbers.js';
import type { UcmSpec } from './spec.js';

/** A device as the database has it. */
export interface UcmRecord {
  name: string;
  /** In lower case, without braces. */
  uuid: string;
  product: Product;
  protocol: 'SIP' | 'SCCP';
  pool: string;
  description: string;
  /** Its own load; `null`: it takes its model's default. */
  ownLoad: string | null;
  /** What stands inside `vendorConfig`, byte for byte. */
  vendorConfig: string;
}

/** A device pool. */
export interface Pool {
  uuid: string;
  name: string;
}

/** What the cluster's database has, and what changes it. */
export class UcmDatabase {
  readonly devices: readonly UcmRecord[];
  readonly pools: readonly Pool[];
  /** All products: the known models, and those of devices that are none. */
  readonly products: readonly Product[];
  readonly #defaults: ReadonlyMap<string, string>;
  readonly #byName: ReadonlyMap<string, UcmRecord>;
  readonly #byUuid: ReadonlyMap<string, UcmRecord>;

  constructor(spec: UcmSpec, phones: readonly PhoneSpec[]) {
    this.#defaults = new Map(
      PRODUCTS.map(({ model }): [string, string] => [
        model,
        spec.defaults[model] ?? usualEnterpriseLoad(MODELS.get(model)?.loadFamily ?? ''),
      ]),
    );
    const known = new Map(PRODUCTS.map((product): [string, Product] => [product.model, product]));
    for (const { model, number } of spec.devices)
      if (!known.has(model)) known.set(model, { model, name: model, typeModel: number, typeProduct: number });
    this.products = [...known.values()];
    this.devices = [
      ...phones.flatMap((phone) => this.#ofPhone(phone, known, spec.flags.loadServerElement)),
      ...spec.devices.map((device): UcmRecord => ({
        ...{ name: device.name, uuid: uuidFor(device.name), product: known.get(device.model) ?? NO_PRODUCT },
        ...{ protocol: 'SIP', pool: device.pool, description: device.description },
        ...{ ownLoad: device.load || null, vendorConfig: vendorConfig('off', spec.flags.loadServerElement) },
      })),
    ];
    this.#byName = new Map(this.devices.map((device) => [device.name.toUpperCase(), device]));
    this.#byUuid = new Map(this.devices.map((device) => [device.uuid, device]));
    const pools = new Set([...spec.pools, ...this.devices.map(({ pool }) => pool)]);
    this.pools = [...pools].map((name) => ({ name, uuid: uuidFor(`pool ${name}`) }));
  }

  #ofPhone(phone: PhoneSpec, known: ReadonlyMap<string, Product>, loadServerElement: string): UcmRecord[] {
    const product = known.get(phone.model);
    if (phone.ucm?.known !== true || product === undefined) return [];
    const { pool, description, webAccess } = phone.ucm;
    const name = `SEP${phone.mac}`;
    return [
      {
        ...{ name, uuid: uuidFor(name), product, protocol: 'SIP', pool, description: description || phone.name },
        ownLoad: firstOwnLoad(phone, this.defaultLoadOf(product)) || null,
        vendorConfig: phone.ucm.vendorConfig ?? vendorConfig(webAccess, loadServerElement),
      },
    ];
  }

  /** Whatever the case. */
  named(name: string): UcmRecord | undefined {
    return this.#byName.get(name.toUpperCase());
  }

  /** With or without braces, whatever the case. */
  withUuid(uuid: string): UcmRecord | undefined {
    return this.#byUuid.get(uuid.replace(/^\{(.*)\}$/, '$1').toLowerCase());
  }

  /** Empty for a product that has no load. */
  defaultLoadOf({ model }: Product): string {
    return this.#defaults.get(model) ?? '';
  }

  /** The load in force for a device. */
  loadOf(device: UcmRecord): string {
    return device.ownLoad ?? this.defaultLoadOf(device.product);
  }
}

const NO_PRODUCT: Product = { model: '', name: '', typeModel: 0, typeProduct: 0 };

/** A UUID that follows from a text alone. */
export function uuidFor(text: string): string {
  const hex = [0, 1, 2, 3].map((part) => hashText(`${part} ${text}`).toString(16).padStart(8, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** What a vendor configuration usually holds, some of it in more than one line and with signs that must be kept. */
function vendorConfig(webAccess: 'on' | 'off' | 'absent', loadServerElement: string): string {
  const web = webAccess === 'absent' ? '' : `<webAccess>${webAccess === 'on' ? 0 : 1}</webAccess>`;
  return (
    '<disableSpeaker>false</disableSpeaker><pcPort>0</pcPort><settingsAccess>1</settingsAccess>' +
    `<garp>1</garp>${web}<sshAccess>1</sshAccess>\n<g722CodecSupport>0</g722CodecSupport>` +
    `<displayOnTime>07:30</displayOnTime><${loadServerElement}></${loadServerElement}>` +
    "<customText note='kept &amp; not read'>Room &#52; &lt;east&gt;</customText>"
  );
}

/** Whether that vendor configuration switches the web server on: `0` does, everything else and nothing does not. */
export function hasWebAccess({ vendorConfig }: Pick<UcmRecord, 'vendorConfig'>): boolean {
  return valueIn(vendorConfig, 'webAccess') === '0';
}

/** The text of an element of a vendor configuration, the last one of that name; empty: there is none. */
export function valueIn(config: string, element: string): string {
  const read = config.replace(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>/g, '');
  const found = [...read.matchAll(/<([\w.-]+)(?:\s[^<>]*)?>([^<]*)<\/\1\s*>/g)].filter(([, name]) => name === element);
  return (found.at(-1)?.[2] ?? '').trim();
}
