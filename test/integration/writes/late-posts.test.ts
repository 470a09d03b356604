import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Behavior, RequestLogEntry } from '../../../src/simulator/index.js';
import { startCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import type { Report } from '../../support/reports/report-schema.js';
import { type ReportedRun, runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());
/** A hundred times as fast as life: the patience of 60 s is 600 ms, and 40 s after a post are well within it. */
const timeScale = 100;
const profile = quickProfile(folder.path, 'mpp-to-enterprise', { patience: '1500ms', upgradeDeadline: '15s' });
const phone = { model: '8841', vid: 'V05', load: 'sip88xx.12-0-3MPP0001-87' } as const;

const password = 'Ahorn-7';
const kinds: Record<string, Partial<Behavior>> = {
  'late-3s': { appliesAfter: 3 },
  'late-20s': { appliesAfter: 20 },
  'late-60s': { appliesAfter: 60 },
  'dropped-late': { dropsAfterSubmit: true, appliesAfter: 20 },
  'dropped-now': { dropsAfterSubmit: true },
  'unauthorized-late': { answerToSubmit: 'unauthorized', appliesAfter: 20 },
  'unauthorized-late-basic': { answerToSubmit: 'unauthorized', appliesAfter: 20, auth: 'basic', password },
  'unauthorized-late-digest': { answerToSubmit: 'unauthorized', appliesAfter: 20, auth: 'digest', password },
  'needs-all': { ignoresPartialPost: true },
  deaf: { ignoresAllPosts: true },
  'dropped-deaf': { dropsAfterSubmit: true, ignoresAllPosts: true },
  vanishes: { vanishesOnSubmit: true },
};

const posts = (network: Network, name: string): RequestLogEntry[] =>
  network.posts().filter(({ mac }) => mac === network.phone(name).mac);
const entry = (report: Report, network: Network, name: string): Report['phones'][number] => {
  const found = report.phones.find(({ mac }) => mac === network.phone(name).mac);
  if (!found) throw new RangeError(`${name} is not in the report`);
  return found;
};

describe('phones that answer kindly, or not at all, and apply later or never', () => {
  let network: Network;
  let run: ReportedRun;
  beforeAll(async () => {
    network = await startNetwork(
      Object.entries(kinds).map(([name, behavior]) => ({ ...phone, name, behavior })),
      { timeScale, subnet: '127.66.11.0/28' },
    );
    const env = { PHONE_PASSWORD: password };
    const signIn = ['--password-env', 'PHONE_PASSWORD'];
    run = await runForReport([...network.scan, ...signIn, '--profile', profile, '--files', network.files, '--yes'], {
      env,
    });
  });
  afterAll(() => network.close());

  it.each([
    ...['late-3s', 'late-20s', 'late-60s', 'dropped-late', 'dropped-now'],
    ...['unauthorized-late', 'unauthorized-late-basic', 'unauthorized-late-digest'],
  ])('%s: one post, watched to its proof, with what was sent', (name) => {
    const { outcome, failure, changes } = entry(run.report, network, name);
    expect([outcome, failure]).toEqual(['done', null]);
    expect(changes.map(({ field }) => field)).toEqual(['upgradeRule', 'authorizationRule']);
    expect(posts(network, name)).toHaveLength(1);
  });

  it('needs-all: the whole form follows once the partial one has had its time', () => {
    const { outcome, evidence } = entry(run.report, network, 'needs-all');
    expect(outcome).toBe('done');
    const [first, second] = posts(network, 'needs-all').map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(1_500 * timeScale);
    expect(evidence.filter(({ kind }) => kind === 'written').map(({ text }) => text.split(':')[0])).toEqual([
      'partial form',
      'partial form with a Referer',
      'full form',
    ]);
  });

  it.each(['deaf', 'dropped-deaf'])('%s: watched to its deadline, then failed, with what was sent', (name) => {
    const { outcome, failure, changes, durationMs, touched } = entry(run.report, network, name);
    expect([outcome, failure?.code, touched]).toEqual(['failed', 'write-ignored', true]);
    expect(changes).toHaveLength(2);
    expect(durationMs).toBeGreaterThan(15_000);
  });

  it('vanishes: unverified, silent, with what was sent', () => {
    const { outcome, failure, changes } = entry(run.report, network, 'vanishes');
    expect([outcome, failure?.code]).toEqual(['unverified', 'silent']);
    expect(changes).toHaveLength(2);
  });

  it('no phone changes its firmware without the report saying that it was written to', () => {
    for (const { mac, snapshot } of network.simulator.phones.map((one) => ({ mac: one.mac, snapshot: one.snapshot() })))
      if (snapshot.upgrades > 0) expect(run.report.phones.find((one) => one.mac === mac)?.touched).toBe(true);
  });
});

describe('a run that is killed right after its posts, while phones have not applied them yet', () => {
  let network: Network;
  const names = ['late-a', 'late-b', 'late-c'];
  beforeAll(async () => {
    network = await startNetwork(
      names.map((name) => ({ ...phone, name, behavior: { appliesAfter: 60 } })),
      { timeScale, subnet: '127.66.12.0/29' },
    );
  });
  afterAll(() => network.close());

  it('posts nothing more when it is resumed, and watches each to its proof', async () => {
    const db = ['--db', folder.file('killed.db')];
    const run = startCommand([
      ...network.scan,
      ...db,
      ...['--profile', profile, '--files', network.files, '--yes', '--output', 'ndjson'],
    ]);
    while (network.posts().length < names.length) await new Promise((resolve) => setTimeout(resolve, 2));
    run.kill('SIGKILL');
    await run.done;
    const { report, code } = await runForReport(['resume', ...db, '--yes']);
    for (const name of names) {
      const { outcome, changes } = entry(report, network, name);
      expect([outcome, changes.length]).toEqual(['done', 2]);
      expect(posts(network, name)).toHaveLength(1);
    }
    expect(code).toBe(0);
  });
});
