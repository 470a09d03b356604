import type { Registrar } from '../registration/registrar.js';
import type { UcmDatabase, UcmRecord } from '../database.js';
import { uuidFor } from '../database.js';
import { AxlFault } from '../soap/answer.js';
import { rawInside } from '../soap/tags.js';
import { child, isNil, type RequestElement } from '../soap/read.js';
import { leaf } from '../soap/write.js';
import { like } from '../sql/like.js';

/** What an operation works on. */
export interface AxlContext {
  database: UcmDatabase;
  registrar: Registrar;
  /** More rows than these are too large; 0: any number. */
  tooLargeAbove: number;
}

/** An operation: its element and the whole text it came in. Returns what stands in `return`. @throws AxlFault */
export type Operation = (operation: RequestElement, context: AxlContext, text: string) => string;

const braced = (uuid: string): string => `{${uuid.toUpperCase()}}`;

export const getPhone: Operation = (operation, { database }) => {
  const device = deviceOf(operation, database, 5007);
  const tags = child(operation, 'returnedTags')?.children.map(({ name }) => name);
  const inner = [...phoneElements(device, database)]
    .filter(([name]) => tags === undefined || tags.length === 0 || tags.includes(name))
    .map(([, xml]) => xml);
  return `<phone ctiid="${device.uuid.slice(0, 3)}" uuid="${braced(device.uuid)}">${inner.join('')}</phone>`;
};

export const listPhone: Operation = (operation, { database, tooLargeAbove }) => {
  const criteria = child(operation, 'searchCriteria')?.children ?? [];
  const tags = child(operation, 'returnedTags')?.children.map(({ name }) => name) ?? [];
  const found = database.devices.filter((device) =>
    criteria.every(({ name, text }) => like(SEARCHABLE[name]?.(device) ?? '', text)),
  );
  const rows = page(found, operation);
  refuseTooLarge(rows.length, tooLargeAbove);
  return rows
    .map((device) => {
      const elements = phoneElements(device, database);
      const inner = tags.map((tag) => elements.get(tag) ?? leaf(tag, ''));
      return `<phone uuid="${braced(device.uuid)}">${inner.join('')}</phone>`;
    })
    .join('');
};

const SEARCHABLE: Readonly<Record<string, (device: UcmRecord) => string>> = {
  name: ({ name }) => name,
  description: ({ description }) => description,
  protocol: ({ protocol }) => protocol,
  devicePoolName: ({ pool }) => pool,
};

/** Skips and takes as `skip` and `first` say. @throws AxlFault for what is no number */
export function page<Row>(rows: readonly Row[], operation: RequestElement): readonly Row[] {
  const skip = numberIn(operation, 'skip') ?? 0;
  return rows.slice(skip, skip + (numberIn(operation, 'first') ?? rows.length));
}

function numberIn(operation: RequestElement, name: string): number | null {
  const text = child(operation, name)?.text;
  if (text === undefined) return null;
  if (!/^\d{1,9}$/.test(text)) throw new AxlFault(-1, `For input string: "${text}"`);
  return Number(text);
}

/** @throws AxlFault with the text of docs/knowledge/unified-cm.md#throttling-and-faults */
export function refuseTooLarge(rows: number, most: number): void {
  if (most > 0 && rows > most)
    throw new AxlFault(
      -1,
      `Query request too large. Total rows matched: ${rows} rows. Suggestive Row Fetch: less than ${most + 1} rows`,
    );
}

export const updatePhone: Operation = (operation, { database }, text) => {
  const device = deviceOf(operation, database, 5003);
  const newName = child(operation, 'newName');
  if (newName !== undefined) throw new AxlFault(-1, 'A simulated phone keeps its name');
  const pool = child(operation, 'devicePoolName');
  if (pool !== undefined && !database.pools.some(({ name }) => name === pool.text))
    throw new AxlFault(5003, `Item not valid: The specified DevicePool was not found`);
  const load = child(operation, 'loadInformation');
  const description = child(operation, 'description');
  if (load !== undefined) device.ownLoad = isNil(load) || load.text === '' ? null : load.text;
  if (description !== undefined) device.description = description.text;
  if (pool !== undefined) device.pool = pool.text;
  if (child(operation, 'vendorConfig') !== undefined)
    device.vendorConfig = rawInside(text, operation.name, 'vendorConfig') ?? '';
  return braced(device.uuid);
};

/** applyPhone, resetPhone, restartPhone. */
export const tellPhone =
  (what: 'apply' | 'reset' | 'restart'): Operation =>
  (operation, { database, registrar }) => {
    const device = deviceOf(operation, database, 5007);
    registrar.tell(device, what);
    return braced(device.uuid);
  };

const RESET_TYPES = {
  Reset: 'reset',
  Restart: 'restart',
  'Apply Configuration': 'apply',
  'Generate PRT': null,
  'Extended Config Pull': null,
} as const;

export const doDeviceReset: Operation = (operation, { database, registrar }) => {
  const name = child(operation, 'deviceName')?.text ?? '';
  const device = database.named(name);
  if (device === undefined) throw new AxlFault(5007, 'Item not valid: The specified Phone was not found');
  const type = child(operation, 'deviceResetType')?.text;
  if (type !== undefined && !Object.hasOwn(RESET_TYPES, type)) throw new AxlFault(-1, `Invalid value: ${type}`);
  const isHard = /^(?:true|t|1)$/.test(child(operation, 'isHardReset')?.text ?? 'true');
  const what = type === undefined ? (isHard ? 'reset' : 'restart') : RESET_TYPES[type as keyof typeof RESET_TYPES];
  if (what !== null) registrar.tell(device, what);
  return 'true';
};

function deviceOf(operation: RequestElement, database: UcmDatabase, code: 5003 | 5007): UcmRecord {
  const name = child(operation, 'name')?.text;
  const device = name === undefined ? database.withUuid(child(operation, 'uuid')?.text ?? '') : database.named(name);
  if (device !== undefined) return device;
  throw new AxlFault(code, `Item not valid: The specified ${name ?? 'Phone'} was not found`);
}

/** By tag, in the schema's order. */
function phoneElements(device: UcmRecord, database: UcmDatabase): Map<string, string> {
  const { product, ownLoad, pool } = device;
  const load = database.loadOf(device);
  const link = (name: string, text: string): string => leaf(name, text, `uuid="${braced(uuidFor(`${name} ${text}`))}"`);
  const empty = (name: string): [string, string] => [name, leaf(name, '')];
  return new Map([
    ['name', leaf('name', device.name)],
    ['description', leaf('description', device.description)],
    ['product', leaf('product', product.name)],
    ['model', leaf('model', product.name)],
    ['class', leaf('class', 'Phone')],
    ['protocol', leaf('protocol', device.protocol)],
    ['protocolSide', leaf('protocolSide', 'User')],
    empty('callingSearchSpaceName'),
    ['devicePoolName', leaf('devicePoolName', pool, `uuid="${braced(uuidFor(`pool ${pool}`))}"`)],
    empty('commonDeviceConfigName'),
    ['commonPhoneConfigName', link('commonPhoneConfigName', 'Standard Common Phone Profile')],
    ['networkLocation', leaf('networkLocation', 'Use System Default')],
    ['locationName', link('locationName', 'Hub_None')],
    empty('mediaResourceListName'),
    empty('networkHoldMohAudioSourceId'),
    empty('userHoldMohAudioSourceId'),
    empty('automatedAlternateRoutingCssName'),
    empty('aarNeighborhoodName'),
    ['loadInformation', leaf('loadInformation', load, `special="${ownLoad !== null}"`)],
    ['vendorConfig', `<vendorConfig>${device.vendorConfig}</vendorConfig>`],
    ['versionStamp', leaf('versionStamp', braced(uuidFor(`stamp ${load} ${device.vendorConfig}`)))],
    ['traceFlag', leaf('traceFlag', 'false')],
    empty('mlppDomainId'),
    ['mlppIndicationStatus', leaf('mlppIndicationStatus', 'Off')],
    ['preemption', leaf('preemption', 'Disabled')],
    ['useTrustedRelayPoint', leaf('useTrustedRelayPoint', 'Default')],
    ['retryVideoCallAsAudio', leaf('retryVideoCallAsAudio', 'true')],
    ['securityProfileName', link('securityProfileName', `${product.name} - Standard SIP Non-Secure Profile`)],
    ['sipProfileName', link('sipProfileName', 'Standard SIP Profile')],
    empty('ownerUserName'),
  ]);
}
