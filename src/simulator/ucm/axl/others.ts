import { like } from '../sql/like.js';
import { AxlFault } from '../soap/answer.js';
import { child, type RequestElement } from '../soap/read.js';
import { leaf } from '../soap/write.js';
import type { UcmFlags } from '../flags.js';
import type { UcmRole, UcmSpec } from '../spec.js';
import { type Product, PRODUCTS } from '../numbers.js';
import { uuidFor } from '../database.js';
import { type Operation, page } from './phones.js';

const braced = (uuid: string): string => `{${uuid.toUpperCase()}}`;

export const getDeviceDefaults: Operation = (operation, { database }) => {
  const model = child(operation, 'Model')?.text;
  const uuid = child(operation, 'uuid')
    ?.text.replace(/^\{(.*)\}$/, '$1')
    .toLowerCase();
  const product = PRODUCTS.find((one) =>
    model === undefined ? uuidFor(defaultKey(one)) === uuid : one.name === model,
  );
  if (product === undefined || !/^(?:SIP)?$/.test(child(operation, 'Protocol')?.text ?? ''))
    throw new AxlFault(5007, 'Item not valid: The specified DeviceDefaults was not found');
  return defaultsOf(product, database.defaultLoadOf(product), 'deviceDefaults');
};

export const listDeviceDefaults: Operation = (operation, { database }) => {
  const criteria = child(operation, 'searchCriteria');
  const matches = (name: string, value: string): boolean => like(value, child(criteria, name)?.text ?? '%');
  const found = PRODUCTS.filter((product) => matches('Model', product.name) && matches('Protocol', 'SIP'));
  return page(found, operation)
    .map((product) => defaultsOf(product, database.defaultLoadOf(product), 'deviceDefaults'))
    .join('');
};

const defaultKey = ({ model }: Product): string => `default ${model}`;

function defaultsOf(product: Product, load: string, element: string): string {
  const inner = [
    leaf('Model', product.name),
    leaf('Protocol', 'SIP'),
    leaf('LoadInformation', load),
    leaf('InactiveLoadInformation', ''),
    leaf('DefaultDevicePool', 'Default'),
  ];
  return `<${element} uuid="${braced(uuidFor(defaultKey(product)))}">${inner.join('')}</${element}>`;
}

/** Groups of a user with their roles, as shipped ones are named (docs/knowledge/unified-cm.md#axl, #risport). */
const GROUPS: Readonly<Record<UcmRole, readonly (readonly [group: string, ...roles: string[]])[]>> = {
  full: [
    ['Standard AXL Users', 'Standard AXL API Access'],
    ['Standard CCM Super Users', 'Standard CCM Admin Users', 'Standard CCMADMIN Administration'],
  ],
  'read-only': [
    ['Standard AXL Read Only', 'Standard AXL Read Only API Access'],
    ['Standard CCM Read Only', 'Standard CCM Admin Users', 'Standard CCMADMIN Read Only'],
  ],
  none: [],
};

function groupsOf(spec: UcmSpec): (readonly [string, ...string[]])[] {
  const { role, flags } = spec;
  if (role === 'none') return [];
  return [
    ...GROUPS[role],
    ...(flags.realTimeRole ? [['Realtime monitoring', 'Standard RealtimeAndTraceCollection'] as const] : []),
    ...(flags.servicesRole && role === 'full' ? [['Serviceability', 'Standard SERVICEABILITY'] as const] : []),
  ];
}

/** getAppUser and getUser: the user that a scenario gives is one of the two, or neither (LDAP by another name). */
export const getUserAs =
  (spec: UcmSpec, kind: Exclude<UcmFlags['axlRolesReadable'], 'no'>): Operation =>
  (operation) => {
    const userid = child(operation, 'userid')?.text ?? '';
    if (spec.flags.axlRolesReadable !== kind || userid.toLowerCase() !== spec.username.toLowerCase())
      throw new AxlFault(5007, `Item not valid: The specified ${userid} was not found`);
    const groups = groupsOf(spec).map(([name, ...roles]) => {
      const inner = roles.map((role) => leaf('userRole', role)).join('');
      return `<userGroup>${leaf('name', name)}<userRoles>${inner}</userRoles></userGroup>`;
    });
    const inner = `${leaf('userid', spec.username)}<associatedGroups>${groups.join('')}</associatedGroups>`;
    return `<${kind} uuid="${braced(uuidFor(`user ${spec.username}`))}">${inner}</${kind}>`;
  };

/** Every node, and the entry that stands for all of them. */
export const listNodes =
  ({ nodes }: UcmSpec): Operation =>
  (operation) => {
    const pattern = child(child(operation, 'searchCriteria'), 'name')?.text ?? '%';
    const tags = child(operation, 'returnedTags')?.children.map(({ name }) => name) ?? [];
    const all = [
      { name: 'EnterpriseWideData', nodeUsage: 'Publisher' },
      ...nodes.map(({ name }, index) => ({ name, nodeUsage: index === 0 ? 'Publisher' : 'Subscriber' })),
    ];
    const rows = page(
      all.filter(({ name }) => like(name, pattern)),
      operation,
    );
    return rows.map((node) => nodeElement(node, tags)).join('');
  };

function nodeElement(node: { name: string; nodeUsage: string }, tags: readonly string[]): string {
  const values: Readonly<Record<string, string>> = { ...node, description: '', processNodeRole: 'CUCM Voice/Video' };
  const inner = tags.map((tag) => leaf(tag, values[tag] ?? '')).join('');
  return `<processNode uuid="${braced(uuidFor(`node ${node.name}`))}">${inner}</processNode>`;
}

/** A node of the request, for the log: the device that it is about. */
export function deviceNamed(operation: RequestElement): string {
  return (child(operation, 'name') ?? child(operation, 'deviceName'))?.text ?? '';
}
