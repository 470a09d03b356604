import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildScenario, type DeviceGroup } from '../../../src/simulator/index.js';
import { type ClusterNetwork, labelsOf, startClusterOf } from '../../support/cluster.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import type { ReportedPhone } from '../../support/reports/report-schema.js';
import { type ReportedRun, runForReport } from '../../support/reports/reported-run.js';

const [mpp, steppedUp] = ['sip88xx.12-0-3MPP0001-87', 'sip88xx.14-2-1-0101-26'];
const transition = 'sip88xx.TLexE2M-11-2-3C-12';
const ucm = { webAccess: 'on' } as const;
const old = { model: '8841', vid: 'V05', load: 'sip88xx.12-8-1-0101-482', ucm } as const;

const phones: readonly DeviceGroup[] = [
  { ...old, name: 'Old desk' },
  { ...old, name: 'Led on by a profile', model: '8851' },
  { ...old, name: 'Page without license', behavior: { transitionPage: 'no-license-fields' } },
  { ...old, name: 'No page', behavior: { transitionPage: 'off' } },
  { ...old, name: 'New hardware', vid: 'V16' },
  { ...old, name: 'Too old', load: 'sip88xx.11-7-1-17' },
  { ...old, name: 'May go directly', load: 'sip88xx.14-1-1MN-366' },
];

describe('where the firmware to step up to is not served, and a transition load is', () => {
  const folder = temporaryFolder();
  let network: ClusterNetwork;
  let run: ReportedRun;

  beforeAll(async () => {
    const scenario = buildScenario({
      ...{ name: 'transition', subnet: '127.78.6.0/28', seed: 78, phones },
      ucm: { files: { missingLoads: [steppedUp] }, flags: { filesNeedRestart: false } },
    });
    network = await startClusterOf(scenario);
    // As a public implementation leads phones on from a transition load (docs/knowledge/conversion.md#two-steps-as-a-public-tool-did-it).
    const rules = `<Trans_Auth_Rule>${network.files}/$MAU.lic</Trans_Auth_Rule><Upgrade_Rule>${network.files}/${mpp}.loads</Upgrade_Rule>`;
    network.ucm.put('8851-3PCC.xml', `<device><flat-profile>${rules}</flat-profile></device>`);
    // Longer between two looks than a busy machine takes until a simulated phone has fetched that.
    const waits = { pollInterval: '800ms', upgradeDeadline: '12s' };
    const profile = quickProfile(folder.path, 'enterprise-to-mpp', waits);
    const inventory = labelsOf(scenario, folder.file('vids.csv'));
    run = await runForReport(
      [
        ...network.scan.slice(2),
        ...network.askUcm,
        '--profile',
        profile,
        '--inventory',
        inventory,
        '--files',
        network.files,
        '--yes',
      ],
      { env: network.env },
    );
  }, 60_000);
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const of = (name: string): ReportedPhone => {
    const found = run.report.phones.find(({ mac }) => mac === network.phone(name).mac);
    if (!found) throw new RangeError(`${name} is not in the report`);
    return found;
  };

  it('a phone below 14.1 takes that, then its firmware and its license on its own page', () => {
    expect(of('Old desk')).toMatchObject({ outcome: 'done', failure: null, softwareVersion: mpp });
    expect(of('Old desk').plan.map(({ step, load }) => [step, load])).toEqual([
      ['load', transition],
      ['convert', mpp],
      ['authorize', null],
    ]);
    expect(network.loadsSet('Old desk')).toEqual([transition]);
    expect(network.phone('Old desk').snapshot()).toMatchObject({ load: mpp, transitionAuthorizationType: 'Classic' });
  });

  it('one that is led on by a profile meanwhile is licensed and given no firmware', () => {
    const { outcome, changes } = of('Led on by a profile');
    expect([outcome, changes.map(({ field }) => field)]).toEqual(['done', ['phoneLoad', 'authorizationRule']]);
  });

  it('one whose page does not have all settings is given none of them, and of one that has no page nothing is known', () => {
    expect(of('Page without license')).toMatchObject({
      ...{ outcome: 'failed', softwareVersion: transition },
      failure: {
        code: 'left-on-transition-load',
        message: expect.stringContaining('no field for the transition authorization'),
      },
    });
    expect(of('No page')).toMatchObject({ outcome: 'unverified', failure: { code: 'silent' } });
    expect(network.phone('Page without license').snapshot().upgradeRule).toBe('');
  });

  it('hardware that cannot run it, firmware that is too old for it and phones that need none are not given it', () => {
    const ends = ['New hardware', 'Too old', 'May go directly'].map((name) => [
      of(name).outcome,
      of(name).failure?.code,
    ]);
    expect(ends).toEqual([
      ['blocked', 'firmware-too-old'],
      ['blocked', 'firmware-too-old'],
      ['blocked', 'below-recommended'],
    ]);
    expect(['New hardware', 'Too old', 'May go directly'].flatMap((name) => network.loadsSet(name))).toEqual([]);
  });
});
