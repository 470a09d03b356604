import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPhones, type PhonesOptions } from '../../../src/phones/create-phones.js';
import type { Phones } from '../../../src/phones/phones.js';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { enterprise, multiplatform } from '../../support/pages/phone-profiles.js';

/** What a page answers: a text is a page, a number an error status, `null` a connection that breaks off. */
export type Answer = string | number | null;

export interface Asked {
  method: string;
  path: string;
  referer: string | undefined;
  body: string;
}

/** One web server that answers whatever a test says, and phones to talk to it with. */
export interface WebPhone {
  readonly address: string;
  readonly port: number;
  phones: Phones;
  asked: Asked[];
  /** `GET /path`, with ` +referer` where one came along. */
  log(): string[];
  close(): Promise<void>;
}

export async function webPhone(
  answer: (asked: Asked, request: IncomingMessage) => Answer | Promise<Answer>,
  options: Partial<PhonesOptions> & { keepAlive?: boolean } = {},
): Promise<WebPhone> {
  const asked: Asked[] = [];
  const { keepAlive = true, ...more } = options;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      const entry = { method: request.method ?? '', path: request.url ?? '', referer: request.headers.referer, body };
      asked.push(entry);
      void Promise.resolve(answer(entry, request)).then((said) => {
        if (said === null) return void request.socket.destroy();
        if (!keepAlive) response.setHeader('Connection', 'close');
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.writeHead(typeof said === 'number' ? said : 200).end(typeof said === 'number' ? '' : said);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const phones = createPhones({ ...overHttp(port), ...more });
  return {
    address: '127.0.0.1',
    port,
    phones,
    asked,
    log: () => asked.map(({ method, path, referer }) => `${method} ${path}${referer === undefined ? '' : ' +referer'}`),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface Shown {
  mac?: string;
  load?: string;
  rule?: string;
  license?: string;
  type?: string;
}

export const load = 'sip88xx.12-0-3MPP0001-87';

/** An admin page in the simplest markup. */
export function adminHtml({ mac = '00CCFC123456', rule = '', license = '', type = 'Classic', ...more }: Shown = {}) {
  const option = (name: string): string => `<option${name === type ? ' selected' : ''}>${name}</option>`;
  return `<html><head><title>CP-8841-3PCC Configuration Utility</title></head><body><h3>Product Information</h3><table>
<tr><td>Product Name:</td><td>CP-8841-3PCC</td><td>Serial Number:</td><td>FCH2012ABCD</td></tr>
<tr><td>Software Version:</td><td>${more.load ?? load}</td><td>Hardware Version:</td><td>5</td></tr>
<tr><td>MAC Address:</td><td>${mac}</td><td>Transition Authorization Type:</td><td></td></tr></table>
<form action="bcisco.csc" method="post"><h3>Firmware Upgrade</h3><table>
<tr><td>Upgrade Rule:</td><td><input name="1" value="${rule}"></td></tr>
<tr><td>Transition Authorization Rule:</td><td><input name="2" value="${license}"></td></tr>
<tr><td>Transition Authorization Type:</td><td><select name="3">${option('Classic')}${option('WxC')}</select></td></tr>
</table><h3>CA Settings</h3></form></body></html>`;
}

/** What phones that speak http at a port of this machine are reached with. */
export function overHttp(httpPort: number): PhonesOptions {
  return {
    profiles: { multiplatform, enterprise },
    clock: systemClock,
    scheme: 'http',
    httpPort,
    httpsPort: 1,
    tls: { ca: [], insecure: false },
    timeoutMs: 5_000,
    settleMs: 1,
    userAgent: 'fleet-migrate/test',
  };
}
