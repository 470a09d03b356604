import { afterAll } from '@jest/globals';
import nock from 'nock';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { loadUnifiedCm } from '../../../src/config/profiles/unified-cm.js';
import { silentLog } from '../../../src/domain/ports/log.js';
import { createUcm, type UcmOptions } from '../../../src/ucm/create-ucm.js';
import { type Ucm, UcmError } from '../../../src/ucm/ucm.js';
import { IdleClock } from './idle-clock.js';

// Imported once, nock stands in this process before `node:http` and `fetch`: also for the tests after these.
afterAll(() => nock.restore());

const HOST = 'cucm.example.com';
export const ORIGIN = `https://${HOST}:8443`;
export const PASSWORD = 'never to be seen';
export const basicOfUser = `Basic ${Buffer.from(`axl:${PASSWORD}`).toString('base64')}`;
export const knowledge = loadUnifiedCm(loadModels());

const risPath = '/realtimeservice2/services/RISService70';

/** A request as it was sent. */
export interface Sent {
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

/** What is answered: status, body, headers; or an error of the connection. */
export type Answer = [number, string, Record<string, string>?] | { error: string };

/** A client of a cluster whose answers are given one after the other, and what it sent. */
export interface Talk {
  ucm: Ucm;
  clock: IdleClock;
  sent: Sent[];
}

export function talk(
  answers: readonly Answer[],
  { path = '/axl/', silentAt, ...options }: Partial<UcmOptions> & { path?: string; silentAt?: string } = {},
): Talk {
  const clock = new IdleClock();
  const sent: Sent[] = [];
  const standing = clock.standingDuring((input, init) => fetch(input, init));
  nock(ORIGIN).get('/cucm-uds/version').reply(200, versionPage('14.0.1.12900(161)'));
  for (const answer of answers) {
    const interceptor = nock(ORIGIN).post(path);
    if ('error' in answer) interceptor.replyWithError(Object.assign(new Error('broken'), { code: answer.error }));
    else
      interceptor.reply(function (_uri, body) {
        const headers = Object.fromEntries(
          Object.entries(this.req.headers).map(([name, value]) => [name, String(value)]),
        );
        sent.push({ headers, body: String(body) });
        return [answer[0], answer[1], answer[2] ?? { 'content-type': 'text/xml;charset=UTF-8' }];
      });
  }
  const ucm = createUcm({
    host: HOST,
    port: 8443,
    username: 'axl',
    password: PASSWORD,
    tls: { ca: [], insecure: false },
    timeoutMs: 1_000,
    clock,
    log: silentLog,
    knowledge,
    fetch: (input, init) =>
      silentAt !== undefined && String(input).includes(silentAt) ? never(init) : standing(input, init),
    ...options,
  });
  return { ucm, clock, sent };
}

/** A request that is never answered. */
function never(init?: RequestInit): Promise<Response> {
  return new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
}

/** The same, of the real-time service. */
export function risTalk(answers: readonly Answer[], options: Partial<UcmOptions> = {}): Talk {
  return talk(answers, { path: risPath, ...options });
}

export function versionPage(version: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><versionInformation uri="${ORIGIN}/cucm-uds/version" version="14.0"><version>${version}</version><capabilities/></versionInformation>`;
}

export function soap(body: string): string {
  return `<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}

/** An answer of AXL. */
export function axl(operation: string, result: string, headers?: Record<string, string>): Answer {
  const xml = `<ns:${operation}Response xmlns:ns="http://www.cisco.com/AXL/API/14.0"><return>${result}</return></ns:${operation}Response>`;
  return [200, soap(xml), { 'content-type': 'text/xml;charset=UTF-8', ...headers }];
}

/** A fault of AXL. */
export function axlFault(text: string, code: number, operation = 'op'): Answer {
  return [
    500,
    soap(
      `<soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>${text}</faultstring><detail><axlError><axlcode>${code}</axlcode><axlmessage>${text}</axlmessage><request>${operation}</request></axlError></detail></soapenv:Fault>`,
    ),
  ];
}

export function htmlError(status: number): Answer {
  return [
    status,
    `<html><head><title>HTTP Status ${status}</title></head><body><h1>HTTP Status ${status}</h1></body></html>`,
    { 'content-type': 'text/html' },
  ];
}

/** What a promise was rejected with, which must be an error of this room that does not show the password. */
export async function refusal(promise: Promise<unknown>): Promise<UcmError> {
  const error: unknown = await promise.then(
    (value) => {
      throw new Error(`was not rejected: ${JSON.stringify(value)}`);
    },
    (reason: unknown) => reason,
  );
  if (!(error instanceof UcmError)) throw error;
  if (error.message.includes(PASSWORD) || error.message.includes(basicOfUser)) throw new Error('shows the password');
  return error;
}

/** What is between the tags of the operation that was sent. */
export function innerOf({ body }: Sent, operation: string): string {
  const found = new RegExp(
    `<soapenv:Body><ns:${operation}>(.*)</ns:${operation}></soapenv:Body></soapenv:Envelope>$`,
    's',
  ).exec(body);
  if (!found) throw new Error(`no ${operation} in ${body}`);
  return found[1] ?? '';
}
