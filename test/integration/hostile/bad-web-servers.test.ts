import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeviceGroup, WebFault } from '../../../src/simulator/index.js';
import { runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { reported, reportedAt } from '../../support/reports/report-schema.js';
import { type ReportedRun, runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

/** What becomes of an address whose web server does this; each is listed with its code. */
const listed: readonly [WebFault, string, string][] = [
  ['hang', 'no-answer', 'response-timeout'],
  ['half-page', 'blocked', 'connection-lost'],
  ['garbage', 'not-a-phone', 'malformed-response'],
  ['endless-body', 'not-a-phone', 'response-too-large'],
  ['huge-headers', 'not-a-phone', 'headers-too-large'],
  ['redirect-loop', 'not-a-phone', 'redirect-loop'],
  ['tls-on-http', 'blocked', 'wrong-protocol'],
  ['plain-on-https', 'blocked', 'wrong-protocol'],
  ['empty-200', 'blocked', 'empty-page'],
];

/** These close every connection before a byte is answered: nobody, as far as can be seen. Such addresses are counted, not listed. */
const silent: readonly WebFault[] = ['off', 'reset-after-request'];

/** With `--timeout 2s`: a session may take eight times as long, and a broken page is looked at twice. */
const longestMs = 2 * 16_000 + 2_000;

describe('a bad web server costs its own phone and no other', () => {
  const folder = temporaryFolder();
  let network: Network;
  let run: ReportedRun;

  beforeAll(async () => {
    const faults = [...listed.map(([fault]) => fault), ...silent];
    const devices: DeviceGroup[] = [
      { model: '8841', count: 3, name: 'before' },
      ...faults.map((web) => ({ model: '8851', name: web, behavior: { web } })),
      { model: '8851', name: 'hang on https', behavior: { web: 'hang', scheme: 'https' } },
      { model: '8851', name: 'reset on https', behavior: { web: 'reset-after-request', scheme: 'https' } },
      { model: '8841', name: 'error page', behavior: { adminPage: 'error-500', statusXml: 'none' } },
      { model: '8841', name: 'slow', behavior: { slow: true } },
      { model: '8845', name: 'slow on https', behavior: { slow: true, scheme: 'https' } },
      { model: '7841', count: 3, name: 'after' },
    ];
    network = await startNetwork(devices, { timeout: '2s' });
    const profile = quickProfile(folder.path, 'mpp-to-enterprise');
    run = await runForReport([...network.scan, '--profile', profile, '--files', network.files, '--yes']);
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  it.each(listed)('%s is %s: %s', (fault, outcome, code) => {
    const { address } = network.phone(fault);
    const entry = reportedAt(run.report, { address });
    expect([entry.outcome, entry.failure?.code]).toEqual([outcome, code]);
    expect(entry.durationMs).toBeLessThan(longestMs);
  });

  it.each(silent)('%s is no-answer, counted as reset', (fault) => {
    const { address } = network.phone(fault);
    expect(run.report.phones.map((phone) => phone.address)).not.toContain(address);
    expect(run.report.totals.noAnswerByCode).toEqual({
      // Two more answer too late: they are listed, and counted too.
      'response-timeout': 2,
      'connect-reset': 62 - network.simulator.phones.length + silent.length,
    });
  });

  it('over TLS a hang is the same hang', () => {
    const entry = reportedAt(run.report, network.phone('hang on https'));
    expect([entry.outcome, entry.failure?.code]).toEqual(['no-answer', 'response-timeout']);
  });

  it('over TLS a reset is blocked: the handshake has shown that somebody is there', () => {
    const entry = reportedAt(run.report, network.phone('reset on https'));
    expect([entry.outcome, entry.failure?.code]).toEqual(['blocked', 'connection-lost']);
  });

  it('an error page is blocked: it may be a phone in trouble', () => {
    const entry = reportedAt(run.report, network.phone('error page'));
    expect([entry.outcome, entry.failure?.code]).toEqual(['blocked', 'http-error']);
    expect(entry.failure?.message).toContain('500');
  });

  it('a slow one is still done', () => {
    for (const name of ['slow', 'slow on https'])
      expect([name, reported(run.report, network.phone(name)).outcome]).toEqual([name, 'done']);
  });

  it('good phones beside them are done', () => {
    for (const name of ['before 1', 'before 2', 'before 3', 'after 1', 'after 2', 'after 3'])
      expect([name, reported(run.report, network.phone(name)).outcome]).toEqual([name, 'done']);
    expect(run.code).toBe(1);
  });

  it('nothing was posted to a bad one, and none was pressed', () => {
    const good = ['before', 'after', 'slow'];
    const strangers = network.posts().filter(({ mac }) => {
      const name = network.simulator.phones.find((phone) => phone.mac === mac)?.name ?? '';
      return !good.some((start) => name.startsWith(start));
    });
    expect(strangers).toEqual([]);
    expect(network.violations()).toEqual([]);
  });

  it('every code it gave is explained', async () => {
    const codes = new Set(run.report.phones.flatMap(({ failure }) => (failure ? [failure.code] : [])));
    const { stdout, code } = await runCommand(['explain']);
    expect(code).toBe(0);
    for (const each of codes) expect(stdout).toContain(each);
  });
});
