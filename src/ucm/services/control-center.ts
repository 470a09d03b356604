import { type Clock, sleep } from '../../domain/ports/clock.js';
import { printable } from '../../domain/text/printable.js';
import type { UcmKnowledge } from '../../domain/unified-cm/knowledge.js';
import { childOf, childrenOf, type Element, textOf } from '../soap/element.js';
import { soapEnvelope } from '../soap/envelope.js';
import { escaped } from '../soap/escape.js';
import type { Settled, SoapService } from '../soap/service.js';
import { UcmError } from '../ucm.js';

/** Path of the service on each node (docs/knowledge/unified-cm.md#control-center). */
export const controlCenterPath = '/controlcenterservice2/services/ControlCenterServices';

/** A service of one node, as the node shows it. */
export interface ServiceState {
  status: string;
  /** By our clock (ms since the epoch); `null`: not told, or not running. */
  startedAt: number | null;
}

interface ControlCenter {
  service: SoapService;
  knowledge: Pick<UcmKnowledge, 'tftpService'>;
  clock: Clock;
}

/** Stopping and starting is one request, answered when it is done. */
const restartTimeoutMs = 180_000;
/** How long is waited for the service to be started again, and how often it is looked at (ms). */
const startsWithinMs = 180_000;
const lookEveryMs = 5_000;

/** The TFTP service of the node that is asked; `null`: it has none. @throws UcmError */
export async function tftpState({ service, knowledge, clock }: ControlCenter): Promise<ServiceState | null> {
  const { name, notActivated } = knowledge.tftpService;
  const operation = 'soapGetServiceStatus';
  const body = `<soap:${operation}><soap:ServiceStatus>${escaped(name)}</soap:ServiceStatus></soap:${operation}>`;
  const reply = await service.ask({
    operation,
    action: `"${operation}"`,
    envelope: soapEnvelope(body),
    changes: false,
  });
  const item = itemOf(resultOf(reply, operation, service, false), name);
  const status = textOf(item, 'ServiceStatus');
  if (!item || status === null) throw unreadable(service, operation, 'does not show the TFTP service', true);
  if (notActivated.test(textOf(item, 'ReasonCodeString') ?? '')) return null;
  // In seconds; -1 when it does not run. The time of its start is told in the node's own time zone, which is not told.
  const upTime = textOf(item, 'UpTime');
  const startedAt = upTime !== null && /^\d{1,12}$/.test(upTime) ? clock.now() - Number(upTime) * 1_000 : null;
  return { status: printable(status, 60), startedAt };
}

/**
 * Restarts the TFTP service of the node that is asked, and waits until it shows that it has been started since.
 * @throws UcmError `ucm-refused` when the node says that it did not, `ucm-answer-lost` when it is not known
 */
export async function restartTftp(center: ControlCenter, node: string): Promise<void> {
  const { service, knowledge, clock } = center;
  const { name, started } = knowledge.tftpService;
  const operation = 'soapDoControlServices';
  const body =
    `<soap:${operation}><soap:ControlServiceRequest><soap:NodeName>${escaped(node)}</soap:NodeName>` +
    '<soap:ControlType>Restart</soap:ControlType>' +
    `<soap:ServiceList><soap:item>${escaped(name)}</soap:item></soap:ServiceList>` +
    `</soap:ControlServiceRequest></soap:${operation}>`;
  const sentAt = clock.monotonic();
  const envelope = soapEnvelope(body);
  const request = { operation, action: `"${operation}"`, envelope, changes: true, timeoutMs: restartTimeoutMs };
  const result = resultOf(await service.ask(request), operation, service, true);
  const code = textOf(result, 'ReturnCode');
  if (code !== null && code !== '0')
    throw new UcmError(
      'ucm-refused',
      `${service.url.host} did not restart ${name}: ${printable(textOf(result, 'ReasonString') ?? `code ${code}`)}.`,
      false,
    );
  for (let last = 'no status'; ;) {
    const state = await tftpState(center);
    if (state !== null) last = state.status;
    const upMs = state?.startedAt === null || state === null ? null : clock.now() - state.startedAt;
    // Up for longer than since the request: not restarted yet. A second of grace, since it counts in seconds.
    const isSince = upMs === null || upMs <= clock.monotonic() - sentAt + 1_000;
    if (state?.status.toLowerCase() === started.toLowerCase() && isSince) return;
    if (clock.monotonic() - sentAt > startsWithinMs)
      throw new UcmError(
        'ucm-answer-lost',
        `${service.url.host} took the restart of ${name}, but did not show it started again within ${startsWithinMs / 1_000} s (last: ${last}).`,
        false,
      );
    await sleep(clock, lookEveryMs);
  }
}

function resultOf(reply: Settled, operation: string, service: SoapService, changes: boolean): Element {
  if (reply.kind === 'fault')
    throw new UcmError('ucm-refused', `${service.url.host} refused ${operation}: ${reply.fault.text}.`, true);
  const body = reply.kind === 'body' ? reply.body : null;
  const result = childOf(body, `${operation}Response`, `${operation}Return`);
  if (result) return result;
  throw unreadable(service, operation, 'has no result', !changes);
}

function itemOf(result: Element, name: string): Element | null {
  const items = childrenOf(childOf(result, 'ServiceInfoList'), 'item');
  return items.find((item) => textOf(item, 'ServiceName')?.toLowerCase() === name.toLowerCase()) ?? null;
}

function unreadable(service: SoapService, operation: string, why: string, nothingChanged: boolean): UcmError {
  return new UcmError('ucm-unreadable', `The answer of ${service.url.host} to ${operation} ${why}.`, nothingChanged);
}
