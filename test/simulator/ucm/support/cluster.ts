import https from 'node:https';
import type {
  DeviceGroup,
  ScenarioDraft,
  SimulatedPhone,
  SimulatedUcm,
  Simulator,
} from '../../../../src/simulator/index.js';
import { buildScenario, startSimulator } from '../../../../src/simulator/index.js';
import { ManualClock } from '../../support/manual-clock.js';

/** An answer of the cluster; `error`: the code of a connection that failed. */
export interface Answered {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  error?: string;
}

/** A cluster with its phones, a clock that stands still, and a client that writes its envelopes by hand. */
export interface Cluster {
  simulator: Simulator;
  ucm: SimulatedUcm;
  clock: ManualClock;
  phone(mac: string): SimulatedPhone;
  pass(seconds: number): Promise<void>;
  /** Sends anything to anywhere. */
  send(path: string, body: string | null, headers?: Record<string, string>): Promise<Answered>;
  /** An operation of AXL; `more` replaces headers. */
  axl(operation: string, inner: string, more?: Record<string, string>): Promise<Answered>;
  sql(query: string): Promise<Answered>;
  /** What the real-time service says of these names. */
  ris(names: readonly string[], more?: Record<string, string>): Promise<Answered>;
  close(): Promise<void>;
}

type UcmPart = NonNullable<ScenarioDraft['ucm']>;

export async function cluster(
  phones: readonly DeviceGroup[],
  ucmPart: UcmPart = {},
  more: Partial<ScenarioDraft> = {},
): Promise<Cluster> {
  const scenario = buildScenario({
    ...{ name: 'cluster', subnet: '127.78.7.0/24', seed: 7, phones },
    ...more,
    timing: { jitter: 0, ...more.timing },
    ucm: ucmPart,
  });
  const clock = new ManualClock();
  const simulator = await startSimulator(scenario, { clock, shortPages: true });
  const { ucm } = simulator;
  if (ucm === undefined) throw new RangeError('a cluster needs its part of the scenario');
  const signedIn = `Basic ${Buffer.from(`${ucm.username}:${ucm.password}`).toString('base64')}`;
  const send: Cluster['send'] = (path, body, headers = {}) => post(ucm, path, body, headers);
  const axl: Cluster['axl'] = (operation, inner, headers = {}) =>
    send('/axl/', axlEnvelope(operation, inner), {
      authorization: signedIn,
      soapaction: `"CUCM:DB ver=14.0 ${operation}"`,
      ...headers,
    });
  return {
    ...{ simulator, ucm, clock, send, axl },
    phone: (mac) => {
      const found = simulator.phoneByMac(mac);
      if (found === undefined) throw new RangeError(`no phone ${mac}`);
      return found;
    },
    pass: (seconds) => clock.pass(simulator, seconds),
    sql: (query) => axl('executeSQLQuery', `<sql>${query.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</sql>`),
    ris: (names, headers = {}) =>
      send('/realtimeservice2/services/RISService70', risEnvelope(names), { authorization: signedIn, ...headers }),
    close: () => simulator.close(),
  };
}

export const axlEnvelope = (operation: string, inner: string, version = '14.0'): string =>
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
  ` xmlns:ns="http://www.cisco.com/AXL/API/${version}"><soapenv:Header/><soapenv:Body><ns:${operation}>${inner}</ns:${operation}>` +
  '</soapenv:Body></soapenv:Envelope>';

export const serviceEnvelope = (body: string): string =>
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:s="http://schemas.cisco.com/ast/soap">' +
  `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

const risEnvelope = (names: readonly string[]): string =>
  serviceEnvelope(
    '<s:selectCmDeviceExt><s:StateInfo/><s:CmSelectionCriteria><s:MaxReturnedDevices>1000</s:MaxReturnedDevices>' +
      '<s:DeviceClass>Phone</s:DeviceClass><s:Model>255</s:Model><s:Status>Any</s:Status><s:NodeName/>' +
      '<s:SelectBy>Name</s:SelectBy><s:SelectItems>' +
      names.map((name) => `<s:item><s:Item>${name}</s:Item></s:item>`).join('') +
      '</s:SelectItems><s:Protocol>Any</s:Protocol><s:DownloadStatus>Any</s:DownloadStatus>' +
      '</s:CmSelectionCriteria></s:selectCmDeviceExt>',
  );

/** The text of the first element of that name, whatever its prefix; `null`: there is none. */
export function textIn(body: string, name: string): string | null {
  const found = new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?(?:/>|>([^<]*)<)`).exec(body);
  return found === null ? null : (found[1] ?? '');
}

/** All of them. */
export function textsIn(body: string, name: string): string[] {
  const all = body.matchAll(new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?(?:/>|>([^<]*)<)`, 'g'));
  return [...all].map((found) => found[1] ?? '');
}

function post(
  ucm: SimulatedUcm,
  path: string,
  body: string | null,
  headers: Record<string, string>,
): Promise<Answered> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void =>
      resolve({ status: 0, headers: {}, body: '', error: error.code ?? error.message });
    const request = https.request(
      {
        ...{ host: ucm.host, port: ucm.port, path, ca: ucm.ca, agent: false },
        ...{ method: body === null ? 'GET' : 'POST', headers: { 'content-type': 'text/xml', ...headers } },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', failed);
        response.on('end', () =>
          resolve({
            ...{ status: response.statusCode ?? 0, headers: response.headers },
            body: Buffer.concat(parts).toString('utf8'),
          }),
        );
      },
    );
    request.on('error', failed);
    request.end(body ?? undefined);
  });
}
