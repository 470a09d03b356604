import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ClusterNetwork, startCluster } from '../../support/cluster.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { reported, type ReportedPhone } from '../../support/reports/report-schema.js';
import { type ReportedRun, runForReport } from '../../support/reports/reported-run.js';

const target = 'sip88xx.14-2-1-0101-26';

describe('Multiplatform phones move to Enterprise, seen by Unified CM', () => {
  const folder = temporaryFolder();
  let network: ClusterNetwork;
  let run: ReportedRun;
  let resumed: ReportedRun;

  beforeAll(async () => {
    const one = { model: '8841', vid: 'V05' };
    network = await startCluster([
      { ...one, name: 'usual', count: 3 },
      { ...one, name: 'with its web page', ucm: { webAccess: 'on' } },
      { ...one, name: 'does not find its server', ucm: { registers: false } },
      // Seven seconds of this test.
      { ...one, name: 'late', ucm: { registersAfter: 2_800 } },
      { ...one, name: 'not in the database', ucm: { known: false } },
    ]);
    const db = folder.file('runs.db');
    const profile = quickProfile(folder.path, 'mpp-to-enterprise', { pollInterval: '700ms', upgradeDeadline: '4s' });
    run = await runForReport(
      [...network.scan, ...network.askUcm, '--profile', profile, '--files', network.files, '--yes', '--db', db],
      { env: network.env },
    );
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const credentials = ['--ucm-username', network.ucm.username, '--ucm-password-env', 'UCM_PASSWORD'];
    resumed = await runForReport(['resume', '--yes', '--db', db, ...credentials], { env: network.env });
  }, 60_000);
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const of = (name: string, { report } = run): ReportedPhone => reported(report, network.phone(name));

  it('that is the proof, their web pages being off as usual', () => {
    for (const name of ['usual 1', 'usual 2', 'usual 3'])
      expect(of(name)).toMatchObject({ outcome: 'done', softwareVersion: target, family: 'enterprise' });
    expect(of('usual 1').evidence.map(({ text }) => text)).toContain(
      `is registered with Unified CM 127.0.0.1, on ${target}`,
    );
    expect(of('with its web page').outcome).toBe('done');
    expect(run.report.run.proof?.sources).toContain('unified-cm');
    expect(run.report.totals.byDirection).toEqual({ m2e: { eligible: 7 } });
  });

  it.each(['does not find its server', 'late'])('%s: not proven, with what to look at', (name) => {
    expect(of(name)).toMatchObject({ outcome: 'unverified', failure: { code: 'not-registered' } });
    expect(of(name).failure?.hint).toContain('option 150');
    expect(run.code).toBe(1);
  });

  it('one that Unified CM does not have is said to be missing there, before it moves', () => {
    const { evidence } = of('not in the database');
    const told = evidence.findIndex(({ kind }) => kind === 'unified-cm');
    expect(evidence[told]?.text).toContain('will not register until it is added there');
    expect(told).toBeLessThan(evidence.findIndex(({ kind }) => kind === 'written'));
  });

  it('a resume sees the one that has registered since; nothing is written again', () => {
    expect(of('late', resumed)).toMatchObject({ outcome: 'done', softwareVersion: target });
    expect(of('does not find its server', resumed).failure?.code).toBe('not-registered');
    const posts = network.posts().map(({ mac }) => mac);
    expect(new Set(posts).size).toBe(posts.length);
    expect(network.changes()).toEqual([]);
    expect(network.ucm.violations).toEqual([]);
  });
});
