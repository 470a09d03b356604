import { hostAddresses } from '../../addresses.js';
import type { Device } from '../../devices/device.js';
import type { World } from '../../devices/world.js';
import { hashText } from '../../random.js';
import type { UcmDatabase, UcmRecord } from '../database.js';
import type { Registrar } from '../registration/registrar.js';
import type { Registration } from '../registration/registration.js';
import { like } from '../sql/like.js';
import { leaf } from '../soap/write.js';
import type { UcmSpec } from '../spec.js';

/** What a request looks for. */
interface Criteria {
  by: string;
  items: readonly string[];
  most: number;
  model: number;
  status: string;
  deviceClass: string;
  protocol: string;
  download: string;
  node: string;
  takesWildcards: boolean;
}

/** A device as the service shows it, before it is written. */
interface Shown {
  record: UcmRecord;
  registration: Registration;
  device: Device | undefined;
  address: string;
  download: string;
}

/** Any model. */
const ANY_MODEL = 255;

/** The devices that the real-time service knows: those that have registered, and have not been forgotten. */
export class RisDevices {
  /** The address of the Expressway that phones beyond it appear with: one for all. */
  readonly #proxy: string;

  constructor(
    private readonly spec: UcmSpec,
    private readonly database: UcmDatabase,
    private readonly registrar: Registrar,
    private readonly world: World,
  ) {
    const taken = new Set(world.scenario.phones.map(({ address }) => address));
    this.#proxy = [...hostAddresses('127.0.0.0/24')].reverse().find((address) => !taken.has(address)) ?? '127.0.0.254';
  }

  /** The nodes of an answer, each written as `item`, and how many devices were found in all. */
  select(criteria: Criteria): { nodes: readonly string[]; total: number } {
    const { risSilentNodes } = this.spec.flags;
    const silent = new Set(risSilentNodes);
    const asked = this.spec.nodes.map(({ name }, index) => ({ name, index }));
    const wanted = asked.filter(
      ({ name }) => criteria.node === '' || criteria.node === 'Any' || name === criteria.node,
    );
    const all = this.#found(criteria);
    let left = criteria.most;
    let total = 0;
    const nodes = wanted.map(({ name, index }) => {
      if (silent.has(name)) return node('NodeNotResponding', name, []);
      const here = all.filter(({ registration }) => registration.node === index).slice(0, left);
      left -= here.length;
      total += here.length;
      return node(here.length === 0 ? 'NotFound' : 'Ok', name, here.map(written));
    });
    // What was cut off is not told; nothing at all, while all answered, has no list.
    const isNothing = total === 0 && !wanted.some(({ name }) => silent.has(name));
    return { nodes: isNothing ? [] : nodes, total };
  }

  #found(criteria: Criteria): Shown[] {
    const { model, status, deviceClass, protocol, download } = criteria;
    const isWanted = matcher(criteria);
    return this.database.devices.flatMap((record): Shown[] => {
      const registration = this.registrar.of(record);
      if (registration === undefined || (deviceClass !== 'Any' && deviceClass !== 'Phone')) return [];
      const device = this.registrar.deviceOf(record);
      const shown: Shown = {
        ...{ record, registration, device, address: this.#addressOf(device, registration) },
        download: this.#downloadOf(device, registration),
      };
      const fits =
        (model === ANY_MODEL || model === record.product.typeModel) &&
        (status === 'Any' || status === registration.status) &&
        (protocol === 'Any' || protocol === record.protocol) &&
        (download === 'Any' || download === shown.download);
      return fits && isWanted(shown) ? [shown] : [];
    });
  }

  /** Unregistered phones have none. */
  #addressOf(device: Device | undefined, { status }: Registration): string {
    if (device === undefined || status !== 'Registered') return '';
    const { expressway = false, shownAddress = '' } = device.spec.ucm ?? {};
    if (expressway) return this.#proxy;
    return shownAddress === 'next' ? this.world.nextAddress(device) : shownAddress || device.address;
  }

  #downloadOf(device: Device | undefined, { download }: Registration): string {
    const phase = device?.state.phase;
    if (device?.kind === 'enterprise' && (phase === 'downloading' || phase === 'writing'))
      return this.spec.flags.risDownloadStatus;
    return download === 'none' ? 'Unknown' : download === 'failed' ? 'Failed' : 'Successful';
  }
}

/** Ext takes no wildcard; `*` stands for any characters in the other one. */
function matcher({ by, items, takesWildcards }: Criteria): (shown: Shown) => boolean {
  const exact = new Set(items.map((item) => item.toLowerCase()));
  const patterns = takesWildcards ? items.filter((item) => item.includes('*')) : [];
  const asPatterns = patterns.map((item) => item.replaceAll('*', '%'));
  return (shown) => {
    const text = valueOf(shown, by);
    return exact.has(text.toLowerCase()) || asPatterns.some((pattern) => like(text, pattern));
  };
}

function valueOf({ record, address }: Shown, by: string): string {
  if (by === 'Name') return record.name;
  if (by === 'IPV4Address') return address;
  if (by === 'Description') return record.description;
  return by === 'DirNumber' ? lineOf(record) : '';
}

function lineOf({ name }: UcmRecord): string {
  return String(1000 + (hashText(`line ${name}`) % 9000));
}

function node(code: string, name: string, devices: readonly string[]): string {
  const list =
    devices.length === 0 ? '<ns1:CmDevices xsi:nil="1"/>' : `<ns1:CmDevices>${devices.join('')}</ns1:CmDevices>`;
  return `<ns1:item>${ns('ReturnCode', code)}${ns('Name', name)}${ns('NoChange', 'false')}${list}</ns1:item>`;
}

/** Fields in the order of a live dump (docs/knowledge/unified-cm.md#risport). */
function written({ record, registration, device, address, download }: Shown): string {
  const { status, reason, since, activeLoad, inactiveLoad, failure, downloadServer } = registration;
  const line = lineOf(record);
  const isOn = status === 'Registered' && device?.state.webOn === true;
  return (
    `<ns1:item>${ns('Name', record.name)}${ns('DirNumber', `${line}-${status}`)}${ns('DeviceClass', 'Phone')}` +
    ns('Model', record.product.typeModel) +
    ns('Product', record.product.typeProduct) +
    `${ns('BoxProduct', 0)}${ns('Httpd', isOn ? 'Yes' : 'No')}${ns('RegistrationAttempts', 0)}` +
    `${ns('IsCtiControllable', 'true')}${ns('LoginUserId', '')}${ns('Status', status)}${ns('StatusReason', reason)}` +
    `${ns('PerfMonObject', 2)}${ns('DChannel', 0)}${ns('Description', record.description)}` +
    `<ns1:H323Trunk>${ns('ConfigName', '')}${ns('TechPrefix', '')}${ns('Zone', '')}</ns1:H323Trunk>` +
    `${ns('TimeStamp', Math.floor(since / 1000))}${ns('Protocol', record.protocol)}${ns('NumOfLines', 1)}` +
    `<ns1:LinesStatus><ns1:item>${ns('DirectoryNumber', line)}${ns('Status', status)}</ns1:item></ns1:LinesStatus>` +
    `${ns('ActiveLoadID', activeLoad)}${ns('InactiveLoadID', inactiveLoad)}${ns('DownloadStatus', download)}` +
    `${ns('DownloadFailureReason', failure)}${ns('DownloadServer', downloadServer)}` +
    (address === ''
      ? '<ns1:IPAddress xsi:nil="1"/></ns1:item>'
      : `<ns1:IPAddress><ns1:item>${ns('IP', address)}${ns('IPAddrType', 'ipv4')}${ns('Attribute', 'Unknown')}</ns1:item></ns1:IPAddress></ns1:item>`)
  );
}

function ns(name: string, value: string | number): string {
  return leaf(`ns1:${name}`, value);
}
