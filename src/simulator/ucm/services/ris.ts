import type { SimulatedTime } from '../../clock.js';
import { Counter } from '../counts.js';
import { htmlAnswer, serviceFault, soapAnswer } from '../soap/answer.js';
import { child, readXml, type RequestElement } from '../soap/read.js';
import { escapeXml, leaf } from '../soap/write.js';
import type { UcmSpec } from '../spec.js';
import { SlidingWindow } from './rate.js';
import type { RisDevices } from './ris-devices.js';
import { refusal, type Handled, type UcmRequest } from './service.js';

export const RIS_NAMESPACE = 'http://schemas.cisco.com/ast/soap';
/** The misspelling is Cisco's (docs/knowledge/unified-cm.md#limits). */
const RATE =
  'AxisFault: Exceeded allowed rate for Reatime information. Current allowed rate for realtime information is';
const CRITERIA = [
  ...['MaxReturnedDevices', 'DeviceClass', 'Model', 'Status', 'NodeName', 'SelectBy', 'SelectItems', 'Protocol'],
  'DownloadStatus',
];
const WORDS: Readonly<Record<string, readonly string[]>> = {
  DeviceClass: [
    ...['Any', 'Phone', 'Gateway', 'H323', 'Cti', 'VoiceMail', 'MediaResources', 'HuntList', 'SIPTrunk', 'Unknown'],
  ],
  Status: ['Any', 'Registered', 'UnRegistered', 'Rejected', 'PartiallyRegistered', 'Unknown'],
  SelectBy: ['Name', 'IPV4Address', 'IPV6Address', 'DirNumber', 'Description', 'SIPStatus'],
  Protocol: ['Any', 'SCCP', 'SIP', 'Unknown'],
  DownloadStatus: ['Any', 'Upgrading', 'Successful', 'Failed', 'Unknown'],
};

/** The real-time service, `/realtimeservice2/services/RISService70` (docs/knowledge/unified-cm.md#risport). */
export class RisService {
  readonly #window: SlidingWindow;
  readonly #requests = new Counter();

  constructor(
    private readonly spec: UcmSpec,
    private readonly devices: RisDevices,
    private readonly time: SimulatedTime,
  ) {
    this.#window = new SlidingWindow(spec.flags.risPerMinute, 60_000);
  }

  /** Of a request that is signed in. */
  handle({ body }: UcmRequest): Handled {
    const { role, flags } = this.spec;
    if (role === 'none' || !flags.realTimeRole) return refusal(htmlAnswer(403, 'Forbidden'));
    const operation = operationIn(body);
    const name = operation?.name ?? '';
    if (!this.#window.admits(this.time.now())) {
      const text = `${RATE} ${flags.risPerMinute} requests per minute.RealtimeService`;
      const refused = refusal(serviceFault(text), name);
      // No client knows of a limit below the documented one.
      return flags.risPerMinute < 15 ? refused : { ...refused, violation: 'RisPort: asked more often than it allows' };
    }
    if (this.#requests.hits({ every: flags.risPlainTextEvery }))
      return refusal({ status: 500, headers: { 'Content-Type': 'text/plain' }, body: 'Server is busy\n' }, name);
    const wrong = operation === null ? 'no operation could be read' : whatIsWrong(operation);
    if (operation === null || wrong !== null)
      return {
        ...refusal(serviceFault(`Exception: ${wrong ?? ''}`), name),
        violation: `RisPort ${name}: ${wrong ?? ''}`,
      };
    return { answer: soapAnswer(this.#select(operation)), operation: name, device: nameIn(operation), mayBeCut: true };
  }

  #select(operation: RequestElement): string {
    const criteria = child(operation, 'CmSelectionCriteria');
    const value = (name: string): string => child(criteria, name)?.text ?? '';
    const items = (child(criteria, 'SelectItems')?.children ?? []).map((item) => child(item, 'Item')?.text ?? '');
    const most = Math.min(Number(value('MaxReturnedDevices')) || 1, this.spec.flags.risMaxDevices);
    const found = this.devices.select({
      ...{ by: value('SelectBy'), items, most, model: Number(value('Model')), status: value('Status') },
      ...{ deviceClass: value('DeviceClass'), protocol: value('Protocol'), download: value('DownloadStatus') },
      node: value('NodeName'),
      takesWildcards: operation.name === 'selectCmDevice',
    });
    const nodes =
      found.nodes.length === 0 ? '<ns1:CmNodes xsi:nil="1"/>' : `<ns1:CmNodes>${found.nodes.join('')}</ns1:CmNodes>`;
    const returned = this.spec.flags.risResponse.replace(/Response$/, 'Return');
    return (
      `<ns1:${this.spec.flags.risResponse} xmlns:ns1="${RIS_NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
      `<ns1:${returned}><ns1:SelectCmDeviceResult>${leaf('ns1:TotalDevicesFound', found.total)}${nodes}` +
      '</ns1:SelectCmDeviceResult>' +
      leaf('ns1:StateInfo', `<StateInfo Timestamp="${Math.floor(this.time.now() / 1000)}"/>`) +
      `</ns1:${returned}></ns1:${this.spec.flags.risResponse}>`
    );
  }
}

/** What a request of the services beside AXL asks for; `null`: nothing that can be read. */
export function operationIn(body: string): RequestElement | null {
  const root = readXml(body);
  const operation = root?.name === 'Envelope' ? child(root, 'Body')?.children[0] : undefined;
  return operation?.namespace === RIS_NAMESPACE ? operation : null;
}

function nameIn(operation: RequestElement): string {
  const items = child(child(operation, 'CmSelectionCriteria'), 'SelectItems')?.children ?? [];
  return items.length === 1 ? (child(items[0], 'Item')?.text ?? '') : '';
}

function whatIsWrong(operation: RequestElement): string | null {
  const { name, children } = operation;
  if (name !== 'selectCmDevice' && name !== 'selectCmDeviceExt') return `${escapeXml(name)} is not known here`;
  if (children.map((one) => one.name).join() !== 'StateInfo,CmSelectionCriteria')
    return 'StateInfo and CmSelectionCriteria are expected, in this order';
  const criteria = children[1]?.children ?? [];
  if (criteria.map((one) => one.name).join() !== CRITERIA.join())
    return `expected, in this order: ${CRITERIA.join(', ')}`;
  if ([...children, ...criteria].some(({ namespace }) => namespace !== RIS_NAMESPACE))
    return 'an element is not in the namespace of the service';
  const odd = criteria.find((one) => WORDS[one.name]?.includes(one.text) === false);
  if (odd !== undefined) return `${odd.name} is none of its words`;
  const items = criteria.find((one) => one.name === 'SelectItems')?.children ?? [];
  if (items.length === 0) return 'SelectItems is empty';
  if (items.some((item) => item.name !== 'item' || child(item, 'Item') === undefined))
    return 'SelectItems holds no items';
  const numbers = criteria.filter((one) => one.name === 'MaxReturnedDevices' || one.name === 'Model');
  return numbers.every(({ text }) => /^\d{1,6}$/.test(text)) ? null : 'a number is expected';
}
