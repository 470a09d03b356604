import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtinScenarios } from '../../../src/simulator/index.js';
import { type ClusterNetwork, labelsOf, startClusterOf } from '../../support/cluster.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import type { ReportedPhone } from '../../support/reports/report-schema.js';
import { type ReportedRun, runForReport } from '../../support/reports/reported-run.js';

const mpp = { sip88xx: 'sip88xx.12-0-3MPP0001-87', sip78xx: 'sip78xx.12-0-3MPP0001-87' };
const steppedUp = 'sip88xx.14-2-1-0101-26';

describe('a mixed fleet of Unified CM becomes Multiplatform', () => {
  const folder = temporaryFolder();
  const scenario = builtinScenarios.enterprise({ subnet: '127.78.1.0/26', seed: 5, phones: 28 });
  let network: ClusterNetwork;
  let dry: ReportedRun;
  let run: ReportedRun;
  let asked: string[];

  beforeAll(async () => {
    network = await startClusterOf(scenario);
    const args = [
      ...[...network.scan, ...network.askUcm, '--profile'],
      quickProfile(folder.path, 'enterprise-to-mpp', { pollInterval: '600ms', upgradeDeadline: '14s' }),
      ...['--inventory', labelsOf(scenario, folder.file('vids.csv')), '--password-env', 'PHONES'],
      ...['--files', network.files, '--max-upgrading', '20'],
    ];
    const options = { env: { ...network.env, PHONES: 'First-2-Pass' } };
    dry = await runForReport([...args, '--dry-run'], options);
    asked = network.changes();
    run = await runForReport([...args, '--yes', '--set-initial-password'], options);
  }, 60_000);
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const mac = (name: string): string => network.phone(name).mac;
  const familyOf = (name: string): keyof typeof mpp =>
    network.phone(name).model.startsWith('78') ? 'sip78xx' : 'sip88xx';
  const of = (name: string, { report } = run): ReportedPhone => {
    const found = report.phones.find((phone) => phone.mac === mac(name) || phone.address === mac(name));
    if (!found) throw new RangeError(`${name} is not in the report`);
    return found;
  };
  const steps = (name: string): (string | null)[] => of(name).plan.map(({ step, load }) => load ?? step);
  const kinds = (name: string): string[] => of(name).evidence.map(({ kind }) => kind);

  it('after a dry run that plans the same and changes nothing, on Unified CM or on any phone', () => {
    expect(asked).toEqual([]);
    expect(dry.report.totals.byOutcome['planned']).toBe((run.report.totals.byOutcome['done'] ?? 0) + 1);
    for (const phone of dry.report.phones.filter(({ outcome }) => outcome === 'planned'))
      expect(phone.plan).toEqual(run.report.phones.find((one) => one.mac === phone.mac)?.plan);
  });

  it.each(['Desk 1', 'Desk 2', 'Desk 3', 'In a call', 'Roaming', 'First password', 'Odd settings'])(
    '%s: by its load, then by its license',
    (name) => {
      const load = mpp[familyOf(name)];
      expect(of(name)).toMatchObject({ outcome: 'done', family: 'multiplatform', failure: null });
      expect(steps(name)).toEqual([load, 'authorize']);
      expect(network.loadsSet(name)).toEqual([load]);
      expect(network.phone(name).snapshot().authorizationRows[0]).toContain('Authorization Succeeded');
    },
  );

  it.each(['Older 14.1 1', 'Older 14.1 2'])('%s: over 14.2(1)SR1', (name) => {
    expect(of(name).outcome).toBe('done');
    expect(steps(name)).toEqual([steppedUp, mpp.sip88xx, 'authorize']);
    expect(network.loadsSet(name)).toEqual([steppedUp, mpp.sip88xx]);
  });

  it('phones that are Multiplatform already only get their license, those that have it nothing', () => {
    for (const name of ['Moved, unlicensed 1', 'Moved, unlicensed 2']) {
      expect([of(name).outcome, steps(name)]).toEqual(['done', ['authorize']]);
      expect(network.loadsSet(name)).toEqual([]);
    }
    expect(of('Moved, licensed')).toMatchObject({ outcome: 'already-done', touched: false });
  });

  it('one that comes back at another address is found again, one that asks for its first password gets it', () => {
    expect(kinds('Roaming')).toContain('moved');
    expect(of('Roaming').address).toBe(network.phone('Roaming').address);
    expect(kinds('First password')).toContain('first-password');
    expect(run.stdout).not.toContain('First-2-Pass');
  });

  it('one whose download fails gets its old load back on Unified CM', () => {
    expect(of('Bad cable')).toMatchObject({ outcome: 'failed', failure: { code: 'upgrade-failed' } });
    expect(network.loadsSet('Bad cable')).toEqual([mpp.sip88xx, '']);
    expect(network.ucm.settingsOf(`SEP${mac('Bad cable')}`)?.ownLoad).toBeNull();
    expect(kinds('Bad cable')).toContain('put-back');
  });

  it.each([
    ['Unregistered', 'no-answer', 'ucm-unregistered'],
    ['At home 1', 'no-answer', 'ucm-behind-proxy'],
    ['At home 2', 'no-answer', 'ucm-behind-proxy'],
    ['Old hardware', 'ineligible', undefined],
    ['Old hardware 7861', 'ineligible', undefined],
    ['Unknown to UCM', 'blocked', 'ucm-not-found'],
  ])('%s is named and left alone: %s, %s', (name, outcome, code) => {
    expect([of(name).outcome, of(name).failure?.code, of(name).touched]).toEqual([outcome, code, false]);
    expect(network.loadsSet(name)).toEqual([]);
  });

  it('so are phones that Unified CM has and nobody has plugged in', () => {
    const spare = run.report.phones.find(({ ucm }) => ucm?.description === 'Spare in the cupboard');
    expect(spare).toMatchObject({ outcome: 'no-answer', failure: { code: 'ucm-unregistered' } });
  });

  it('the report says what Unified CM has of each, and verdicts per direction; the exit code asks for attention', () => {
    const asListed = { devicePool: 'Branch', description: 'Desk 3' };
    expect(of('Desk 3', dry).ucm).toMatchObject({ ...asListed, registered: 'yes' });
    expect(of('Desk 3').ucm).toMatchObject({ ...asListed, registered: 'no', load: mpp[familyOf('Desk 3')] });
    expect(of('Unknown to UCM').ucm).toBeNull();
    expect(of('At home 1').ucm?.registered).toBe('yes');
    expect(run.report.totals.byDirection?.e2m).toMatchObject({ ineligible: 2 });
    expect(run.code).toBe(1);
  });

  it('files that nobody serves are said as what they are, before any phone is asked: exit code 2', async () => {
    const at = network.askUcm.indexOf('--ucm-files-port') + 1;
    const askUcm = network.askUcm.map((word, index) => (index === at ? '1' : word));
    const args = [...network.scan, ...askUcm, '--profile', 'enterprise-to-mpp', '--dry-run'];
    const { code, stderr } = await runCommand(args, { env: network.env });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        /The files of Unified CM, http:\/\/[\d.]+:1: this file server is not there: .*No phone was contacted/,
      ),
    ]);
  });

  it('every load is set once, every request is as the interface wants it', () => {
    expect(network.ucm.violations).toEqual([]);
    const twice = network.simulator.phones.filter(({ name }) => {
      const loads = network.ucm.requests.flatMap(({ device, load }) =>
        load !== undefined && device === `SEP${mac(name)}` ? [load] : [],
      );
      return new Set(loads).size !== loads.length;
    });
    expect(twice.map(({ name }) => name)).toEqual([]);
  });
});
