import { Counter } from '../counts.js';
import { refusal, type Handled, type UcmRequest } from '../services/service.js';
import { AxlFault, axlFault, htmlAnswer, soapAnswer } from '../soap/answer.js';
import { child, isNil, readXml, type RequestElement } from '../soap/read.js';
import type { UcmSpec } from '../spec.js';
import { checkOperation } from './check.js';
import { deviceNamed, getDeviceDefaults, getUserAs, listDeviceDefaults, listNodes } from './others.js';
import {
  type AxlContext,
  doDeviceReset,
  getPhone,
  listPhone,
  type Operation,
  tellPhone,
  updatePhone,
} from './phones.js';
import { AXL_SCHEMAS } from './schemas.js';
import { executeSqlQuery } from './sql.js';

const NAMESPACE = /^http:\/\/www\.cisco\.com\/AXL\/API\/(\d+\.\d+)$/;
const ACTION = /^"?CUCM:DB ver=(\d+\.\d+)(?: (\w+))?"?$/;
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const MEMORY = 'Maximum AXL Memory Allocation Consumed. Please retry once requests in progress have completed';

/** The database's web service, `/axl/` (docs/knowledge/unified-cm.md#axl). */
export class AxlService {
  readonly #operations: Readonly<Record<string, Operation>>;
  readonly #writes = new Counter();
  readonly #reads = new Counter();

  constructor(
    private readonly spec: UcmSpec,
    private readonly context: Omit<AxlContext, 'tooLargeAbove'>,
  ) {
    this.#operations = {
      ...{ getPhone, listPhone, updatePhone, doDeviceReset, getDeviceDefaults, listDeviceDefaults },
      ...{ applyPhone: tellPhone('apply'), resetPhone: tellPhone('reset'), restartPhone: tellPhone('restart') },
      executeSQLQuery: executeSqlQuery(spec),
      getAppUser: getUserAs(spec, 'appUser'),
      getUser: getUserAs(spec, 'user'),
      listProcessNode: listNodes(spec),
    };
  }

  /** Of a request that is signed in. */
  handle(request: UcmRequest): Handled {
    if (this.spec.role === 'none') return refusal(htmlAnswer(403, 'Forbidden'));
    const operation = operationIn(request.body);
    if (operation === null) return this.#fault(new AxlFault(-1, 'Unable to read the SOAP envelope'), null);
    try {
      const version = versionOf(operation, request.soapAction);
      if (!this.#speaks(version)) return refusal(htmlAnswer(599, 'Unsupported AXL version'), operation.name);
      const isWrite = AXL_SCHEMAS[operation.name]?.writes === true;
      if (isWrite && this.spec.role === 'read-only')
        return refusal(htmlAnswer(403, 'Forbidden'), operation.name, deviceNamed(operation));
      checkOperation(operation);
      const held = this.#throttle(operation, isWrite);
      if (held !== null) return held;
      return this.#done(operation, version, request.body);
    } catch (error) {
      if (error instanceof AxlFault) return this.#fault(error, operation);
      throw error;
    }
  }

  #throttle(operation: RequestElement, isWrite: boolean): Handled | null {
    const { axlBusyFirst, axlBusyEvery, axlMemoryFaultEvery } = this.spec.flags;
    const about = deviceNamed(operation);
    if (isWrite && this.#writes.hits({ first: axlBusyFirst, every: axlBusyEvery }))
      return refusal(htmlAnswer(503, 'Service Unavailable'), operation.name, about);
    if (!isWrite && this.#reads.hits({ every: axlMemoryFaultEvery }))
      return refusal(axlFault(new AxlFault(-1, MEMORY), operation.name), operation.name, about);
    return null;
  }

  #done(operation: RequestElement, version: string, body: string): Handled {
    const { name } = operation;
    const context = { ...this.context, tooLargeAbove: this.spec.flags.axlTooLargeAbove };
    const result = this.#operations[name]?.(operation, context, body) ?? '';
    const namespace = `xmlns:ns="http://www.cisco.com/AXL/API/${version}"`;
    const answer = soapAnswer(`<ns:${name}Response ${namespace}><return>${result}</return></ns:${name}Response>`);
    const load = name === 'updatePhone' ? child(operation, 'loadInformation') : undefined;
    const sets = load === undefined ? {} : { load: isNil(load) ? '' : load.text };
    return { answer, operation: name, device: deviceNamed(operation), ...sets, mayBeCut: true };
  }

  /** A fault about what was asked; one about how it was asked is the client's mistake too. */
  #fault(fault: AxlFault, operation: RequestElement | null): Handled {
    const name = operation?.name ?? '';
    const handled = refusal(axlFault(fault, name), name, operation === null ? '' : deviceNamed(operation));
    const isMistake = fault.axlCode === -1 && !fault.message.startsWith('Query request too large');
    return isMistake ? { ...handled, violation: `AXL ${name || 'request'}: ${fault.message}` } : handled;
  }

  #speaks(version: string): boolean {
    const { axlVersions } = this.spec.flags;
    if (axlVersions.length > 0) return axlVersions.includes(version);
    return numberOf(version) <= numberOf(this.spec.version);
  }
}

/** `14.0` as 14000, so that versions can be compared. */
function numberOf(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 1000 + minor;
}

function operationIn(body: string): RequestElement | null {
  const root = readXml(body);
  if (root === null || root.name !== 'Envelope' || root.namespace !== SOAP) return null;
  return child(root, 'Body')?.children[0] ?? null;
}

/** The schema version of a request. @throws AxlFault where namespace and SOAPAction do not fit together */
function versionOf({ name, namespace }: RequestElement, soapAction: string | null): string {
  const version = NAMESPACE.exec(namespace)?.[1];
  if (version === undefined) throw new AxlFault(-1, `${name} is in no namespace of AXL`);
  const action = ACTION.exec(soapAction ?? '');
  if (action === null) throw new AxlFault(-1, 'The header SOAPAction names no version of AXL');
  if (action[1] !== version) throw new AxlFault(-1, 'The header SOAPAction names another version than the namespace');
  if (action[2] !== undefined && action[2] !== name)
    throw new AxlFault(-1, 'The header SOAPAction names another operation than the body');
  return version;
}
