import type { SimulatedTime } from '../../clock.js';
import type { UcmFiles } from '../files/ucm-files.js';
import { htmlAnswer, serviceFault, soapAnswer } from '../soap/answer.js';
import { child, type RequestElement } from '../soap/read.js';
import { leaf } from '../soap/write.js';
import type { UcmSpec } from '../spec.js';
import { operationIn, RIS_NAMESPACE } from './ris.js';
import { refusal, type Handled, type UcmRequest } from './service.js';

/** Upper and lower case matter (docs/knowledge/unified-cm.md). */
const TFTP_SERVICE = 'Cisco Tftp';
const OTHERS = ['Cisco CallManager', 'Cisco AXL Web Service'];
/** Up for that long (s) at the start of the simulation. */
const BEFORE = 40 * 86_400;

/** What a node says of one of its services. */
interface ServiceState {
  status: 'Started' | 'Stopped' | 'Starting';
  /** Seconds; -1: not running. */
  upTime: number;
  reasonCode: number;
  reason: string;
}

/** The service that starts and stops others, of the node that is asked, `/controlcenterservice2/services/ControlCenterServices`. */
export class ControlCenter {
  constructor(
    private readonly spec: UcmSpec,
    private readonly files: UcmFiles,
    private readonly time: SimulatedTime,
  ) {}

  /** Of a request that is signed in. An answer to a restart comes when it is done. */
  async handle({ body, node }: UcmRequest): Promise<Handled> {
    const { role, flags } = this.spec;
    if (role !== 'full' || !flags.servicesRole) return refusal(htmlAnswer(403, 'Forbidden'));
    const operation = operationIn(body);
    const wrong = operation === null ? 'no operation could be read' : whatIsWrong(operation);
    if (operation === null || wrong !== null) {
      const name = operation?.name ?? '';
      return {
        ...refusal(serviceFault(`Exception: ${wrong ?? ''}`), name),
        violation: `Control Center ${name}: ${wrong ?? ''}`,
      };
    }
    const inner =
      operation.name === 'soapGetServiceStatus'
        ? this.#status(child(operation, 'ServiceStatus')?.text ?? '', node)
        : await this.#control(child(operation, 'ControlServiceRequest'), node);
    const { name } = operation;
    const element = `<ns1:${name}Response xmlns:ns1="${RIS_NAMESPACE}"><ns1:${name}Return>${inner}</ns1:${name}Return></ns1:${name}Response>`;
    return { answer: soapAnswer(element), operation: name, device: '' };
  }

  /** One service, or all for an empty name. A name that it does not have is shown as one that is not activated. */
  #status(name: string, node: number): string {
    const names = name === '' ? [TFTP_SERVICE, ...OTHERS] : [name];
    return result(
      0,
      '',
      names.map((one) => written(one, this.#stateOf(one, node))),
    );
  }

  async #control(request: RequestElement | undefined, node: number): Promise<string> {
    const names = (child(request, 'ServiceList')?.children ?? []).map(({ text }) => text);
    const named = child(request, 'NodeName')?.text ?? '';
    const here = this.spec.nodes[node]?.name ?? '';
    if (named !== '' && named.toLowerCase() !== here.toLowerCase())
      return result(1, 'Node name is not that of this server', []);
    const type = child(request, 'ControlType')?.text ?? '';
    const hasAll = names.every((name) => this.#stateOf(name, node).reasonCode === 0);
    if (!hasAll || type !== 'Restart')
      return result(1, hasAll ? 'Only a restart is simulated' : 'Service is not activated', []);
    if (names.includes(TFTP_SERVICE)) await this.files.restart(node);
    return result(
      0,
      'Service operation completed',
      names.map((name) => written(name, this.#stateOf(name, node))),
    );
  }

  #stateOf(name: string, node: number): ServiceState {
    const isTftp = name === TFTP_SERVICE && this.spec.nodes[node]?.tftp === true;
    if (!isTftp && !OTHERS.includes(name))
      return { status: 'Stopped', upTime: -1, reasonCode: -1068, reason: 'Service Not Activated' };
    if (!isTftp)
      return { status: 'Started', upTime: Math.floor(BEFORE + this.time.elapsed()), reasonCode: 0, reason: '' };
    const { isRestarting, startedAt } = this.files.stateOf(node);
    if (isRestarting) return { status: 'Starting', upTime: -1, reasonCode: 0, reason: '' };
    const upMs = startedAt === null ? BEFORE * 1000 + this.time.elapsed() * 1000 : this.time.now() - startedAt;
    return { status: 'Started', upTime: Math.floor(upMs / 1000), reasonCode: 0, reason: '' };
  }
}

function whatIsWrong({ name, children }: RequestElement): string | null {
  const expected =
    name === 'soapGetServiceStatus'
      ? 'ServiceStatus'
      : name === 'soapDoControlServices'
        ? 'ControlServiceRequest'
        : null;
  if (expected === null) return `${name} is not known here`;
  if (children.map((one) => one.name).join() !== expected) return `${expected} is expected`;
  if (expected === 'ServiceStatus') return null;
  const inner = (children[0]?.children ?? []).map((one) => one.name).join();
  if (inner !== 'NodeName,ControlType,ServiceList')
    return 'expected, in this order: NodeName, ControlType, ServiceList';
  const services = children[0]?.children[2]?.children ?? [];
  return services.length > 0 && services.every((one) => one.name === 'item') ? null : 'ServiceList holds no items';
}

function result(code: number, reason: string, items: readonly string[]): string {
  const list = items.length === 0 ? '' : `<ns1:ServiceInfoList>${items.join('')}</ns1:ServiceInfoList>`;
  return `${leaf('ns1:ReturnCode', code)}${leaf('ns1:ReasonCode', code === 0 ? -1 : code)}${leaf('ns1:ReasonString', reason)}${list}`;
}

function written(name: string, { status, upTime, reasonCode, reason }: ServiceState): string {
  return (
    `<ns1:item>${leaf('ns1:ServiceName', name)}${leaf('ns1:ServiceStatus', status)}` +
    `${leaf('ns1:ReasonCode', reasonCode === 0 ? -1 : reasonCode)}${leaf('ns1:ReasonCodeString', reason)}` +
    `${leaf('ns1:StartTime', '')}${leaf('ns1:UpTime', upTime)}</ns1:item>`
  );
}
