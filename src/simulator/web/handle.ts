import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer } from '../devices/answer.js';
import type { Device } from '../devices/device.js';
import { labelled } from '../devices/upgrade/submit.js';
import { readForm } from '../devices/http.js';
import { isXmlPath } from '../devices/upgrade/direct.js';
import { readProfile } from '../devices/upgrade/profile-xml.js';
import type { World } from '../devices/world.js';
import type { RequestLogEntry } from '../types.js';
import { occupy } from './connections.js';
import { answerBadly } from './faults.js';
import type { RequestLog } from './request-log.js';
import { send } from './send.js';

/** A form with every field is about 20 KB; a longer body than this is not read. */
const MOST_BODY = 1024 * 1024;

/** Serves one request: log, body, the device's response, and how it is sent. */
export function handle(
  asked: Device,
  port: 'http' | 'https',
  request: IncomingMessage,
  response: ServerResponse,
  world: World,
  log: RequestLog,
): void {
  const method = request.method ?? 'GET';
  const { remotePort } = request.socket;
  const device = isTakenOver(asked, method, port, remotePort) ? world.takeOver(asked, port, remotePort) : asked;
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  const entry: RequestLogEntry = {
    at: world.time.now(),
    port,
    address: device.address,
    mac: device.mac,
    kind: device.kind,
    method,
    path: url.replace(/([&?]xpassword=)[^&]*/g, '$1(hidden)'),
    status: null,
  };
  log.begin(device, entry);
  const release = occupy(device, port, remotePort);
  response.sendDate = false;
  response.on('close', () => {
    release();
    log.end(entry);
    const { identitySwapped } = device.behavior;
    const swaps = (identitySwapped === 'after-first-read' || identitySwapped === 'each-time') && device.state.adminRead;
    if (!swaps) return;
    // Another phone answers later connections, so this one must end first.
    if (request.socket.destroyed) world.replace(device);
    else request.socket.once('close', () => world.replace(device));
  });

  const parts: Buffer[] = [];
  let size = 0;
  request.on('data', (part: Buffer) => {
    size += part.length;
    if (size <= MOST_BODY) parts.push(part);
  });
  request.on('error', () => undefined);
  request.on('end', () => {
    if (response.destroyed) return;
    const body = Buffer.concat(parts).toString('utf8');
    if (method === 'POST') entry.fields = postedFields(path, body, device);
    if (answerBadly(device.behavior.web, request, response, () => device.cutConnections(), world.time)) {
      if (response.headersSent) entry.status = response.statusCode;
      return;
    }
    const reply = answer(device, world, {
      port,
      method,
      path,
      query,
      body,
      authorization: request.headers.authorization ?? null,
      cookie: request.headers.cookie ?? null,
      referer: request.headers.referer ?? null,
      host: request.headers.host ?? '',
    });
    if (reply.drop !== true) entry.status = reply.status;
    send(device, world.time, method, reply, response);
  });
}

/** Whether another phone takes over the address before a post that opens a new connection. */
function isTakenOver(
  { behavior, sockets, state }: Device,
  method: string,
  port: 'http' | 'https',
  remotePort: number | undefined,
): boolean {
  if (behavior.identitySwapped !== 'after-last-read' || method !== 'POST' || !state.adminRead) return false;
  return [...sockets.values()].some((one) => one.port === port && one.remotePort === remotePort && !one.carried);
}

function postedFields(path: string, body: string, device: Device): Record<string, string> {
  return isXmlPath(path) ? Object.fromEntries(readProfile(body) ?? []) : labelled(readForm(body), device);
}
