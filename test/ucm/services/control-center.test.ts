import { afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import {
  type Answer,
  axl,
  axlFault,
  basicOfUser,
  htmlError,
  innerOf,
  ORIGIN,
  refusal,
  soap,
  type Talk,
  talk,
} from '../support/cluster.js';

afterEach(() => {
  nock.cleanAll();
});

const PATH = '/controlcenterservice2/services/ControlCenterServices';
const nodeList = axl(
  'listProcessNode',
  [
    ['EnterpriseWideData', 'Publisher'],
    ['cm-pub', 'Publisher'],
    ['cm-sub.example.com', 'Subscriber'],
  ]
    .map(([name, usage]) => `<processNode uuid="{1}"><name>${name}</name><nodeUsage>${usage}</nodeUsage></processNode>`)
    .join(''),
);

const listed = (operation: string, status: string, upTime: number | null, reason = '', code = '0'): Answer => [
  200,
  soap(
    `<ns1:${operation}Response xmlns:ns1="http://schemas.cisco.com/ast/soap"><ns1:${operation}Return><ns1:ReturnCode>${code}</ns1:ReturnCode><ns1:ReasonString>as asked</ns1:ReasonString><ns1:ServiceInfoList><ns1:item><ns1:ServiceName>Cisco Tftp</ns1:ServiceName><ns1:ServiceStatus>${status}</ns1:ServiceStatus><ns1:ReasonCode>-1</ns1:ReasonCode><ns1:ReasonCodeString>${reason}</ns1:ReasonCodeString><ns1:StartTime>Sat Nov 28 00:00:00 2026</ns1:StartTime>${upTime === null ? '' : `<ns1:UpTime>${upTime}</ns1:UpTime>`}</ns1:item></ns1:ServiceInfoList></ns1:${operation}Return></ns1:${operation}Response>`,
  ),
];
const shown = (status: string, upTime: number | null, reason?: string): Answer =>
  listed('soapGetServiceStatus', status, upTime, reason);
const done = (code?: string): Answer => listed('soapDoControlServices', 'Stopped', -1, '', code);

/** What a node is asked, and answers. */
function node(origin: string, answers: readonly Answer[]): { body: string; action: unknown; login: unknown }[] {
  const asked: { body: string; action: unknown; login: unknown }[] = [];
  for (const answer of answers) {
    const interceptor = nock(origin).post(PATH);
    if ('error' in answer) interceptor.replyWithError(Object.assign(new Error('x'), { code: answer.error }));
    else
      interceptor.reply(function (_uri, body) {
        const { soapaction, authorization } = this.req.headers;
        asked.push({
          body: String(body).replace(/^.*<soapenv:Body>(.*)<\/soapenv:Body>.*$/s, '$1'),
          action: String(soapaction),
          login: String(authorization),
        });
        return [answer[0], answer[1], answer[2] ?? {}];
      });
  }
  return asked;
}

const cluster = (): Talk => talk([nodeList]);
const SUB = 'https://cm-sub.example.com:8443';

describe('the TFTP services', () => {
  it('are those of each node, asked there', async () => {
    const { ucm, sent } = cluster();
    const publisher = node(ORIGIN, [shown('Started', 3_600)]);
    const subscriber = node(SUB, [shown('Stopped', -1)]);
    expect(await ucm.tftpServices()).toEqual([
      { node: 'cm-pub', name: 'Cisco Tftp', status: 'Started', startedAt: Date.UTC(2026, 10, 28) - 3_600_000 },
      { node: 'cm-sub.example.com', name: 'Cisco Tftp', status: 'Stopped', startedAt: null },
    ]);
    expect(innerOf(sent[0]!, 'listProcessNode')).toBe(
      '<searchCriteria><name>%</name></searchCriteria><returnedTags><name/><nodeUsage/></returnedTags>',
    );
    expect(publisher).toEqual([
      {
        body: '<soap:soapGetServiceStatus><soap:ServiceStatus>Cisco Tftp</soap:ServiceStatus></soap:soapGetServiceStatus>',
        action: '"soapGetServiceStatus"',
        login: basicOfUser,
      },
    ]);
    expect(subscriber).toHaveLength(1);
  });

  it('are none where a node says that it has none, and unknown where it does not say', async () => {
    const { ucm } = cluster();
    node(ORIGIN, [shown('Stopped', -1, ' Service Not Activated ')]);
    node(SUB, [{ error: 'ECONNREFUSED' }]);
    expect(await ucm.tftpServices()).toEqual([
      { node: 'cm-sub.example.com', name: 'Cisco Tftp', status: null, startedAt: null },
    ]);
  });

  it.each([
    ['a missing role', htmlError(403), 'ucm-role-missing'],
    ['an answer without the service', [200, soap('<soapGetServiceStatusResponse/>')], 'ucm-unreadable'],
    ['a fault', [500, soap('<soapenv:Fault><faultstring>No</faultstring></soapenv:Fault>')], 'ucm-refused'],
  ] as [string, Answer, string][])('are not made up from %s of the publisher', async (_, answer, code) => {
    const { ucm } = cluster();
    node(ORIGIN, [answer]);
    node(SUB, [shown('Started', 1)]);
    expect(await refusal(ucm.tftpServices())).toMatchObject({ code });
  });

  it('cannot be told where the nodes cannot', async () => {
    expect(await refusal(talk([axlFault('no', 1)]).ucm.tftpServices())).toMatchObject({ code: 'ucm-refused' });
  });
});

describe('a restart', () => {
  it('is asked of the node itself, once, and waited for until the service was started since', async () => {
    const { ucm, clock } = cluster();
    const asked = node(SUB, [done(), shown('Stopped', -1), shown('Started', 86_400), shown('Started', 3)]);
    await ucm.restartTftp('CM-SUB.example.com');
    expect(asked[0]).toEqual({
      body:
        '<soap:soapDoControlServices><soap:ControlServiceRequest><soap:NodeName>cm-sub.example.com</soap:NodeName>' +
        '<soap:ControlType>Restart</soap:ControlType><soap:ServiceList><soap:item>Cisco Tftp</soap:item></soap:ServiceList>' +
        '</soap:ControlServiceRequest></soap:soapDoControlServices>',
      action: '"soapDoControlServices"',
      login: basicOfUser,
    });
    expect(asked).toHaveLength(4);
    expect(clock.waits).toEqual([5_000, 5_000]);
  });

  it.each([
    ['is refused', done('-1'), 'ucm-refused'],
    ['is lost', { error: 'UND_ERR_SOCKET' }, 'ucm-answer-lost'],
    ['is cut off', [200, soap('').slice(0, 60)], 'ucm-unreadable'],
  ] as [string, Answer, string][])('that %s is not asked for again', async (_, answer, code) => {
    const { ucm } = cluster();
    node(ORIGIN, [answer, done()]);
    expect(await refusal(ucm.restartTftp('cm-pub'))).toMatchObject({ code, nothingChanged: false });
    expect(nock.pendingMocks()).toHaveLength(1);
  });

  it('that is not seen in time is told as such', async () => {
    const { ucm, clock } = cluster();
    node(ORIGIN, [done(), ...Array.from({ length: 60 }, () => shown('Stopping', -1))]);
    const error = await refusal(ucm.restartTftp('cm-pub'));
    expect(error).toMatchObject({ code: 'ucm-answer-lost', nothingChanged: false });
    expect(error.message).toMatch(/did not show it started again within 180 s \(last: Stopping\)/);
    expect(clock.monotonic()).toBeLessThan(200_000);
  });

  it('of a node that is none names those that are', async () => {
    const { ucm } = cluster();
    expect(await refusal(ucm.restartTftp('cm-pup'))).toMatchObject({
      code: 'ucm-refused',
      nothingChanged: true,
      message: 'The cluster has no node of that name; its nodes are cm-pub, cm-sub.example.com.',
    });
  });
});
