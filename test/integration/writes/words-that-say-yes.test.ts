import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { type Network, startNetwork } from '../../support/network.js';
import { postedSettings } from '../../support/reports/posted-settings.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
let net: Network;
afterEach(() => net.close());
afterAll(() => folder.remove());

const phone = { model: '8841', vid: 'V05', load: 'sip88xx.12-0-3MPP0001-87' } as const;

describe('a text in the place of the Transition Authorization Type that nobody knows', () => {
  const texts = ['None', 'N/A', 'Expired', 'Unauthorized', '0'] as const;

  it('is no yes: shown, told, and the license is set all the same', async () => {
    net = await startNetwork(
      texts.map((returnsWithoutLicense) => ({ ...phone, behavior: { returnsWithoutLicense } })),
      { subnet: '127.66.16.0/28' },
    );
    const profile = quickProfile(folder.path, 'mpp-to-enterprise');
    const audit = await runForReport(net.scan);
    expect(audit.report.phones.map(({ returnWithoutLicense }) => returnWithoutLicense)).toEqual(
      texts.map(() => 'unknown'),
    );
    expect(audit.report.phones.map(({ transitionAuthorizationType }) => transitionAuthorizationType)).toEqual(texts);
    for (const { evidence } of audit.report.phones)
      expect(evidence.map(({ kind }) => kind)).toContain('authorization-type');

    const { report } = await runForReport([...net.scan, '--profile', profile, '--files', net.files, '--yes']);
    expect(report.totals.byOutcome).toMatchObject({ done: texts.length });
    for (const post of net.posts())
      expect(postedSettings(post)).toMatchObject({ authorizationRule: expect.stringContaining('.lic') });
  });

  it('is not taken for authorized already', async () => {
    net = await startNetwork([{ ...phone, behavior: { returnsWithoutLicense: 'None' } }], { subnet: '127.66.16.0/28' });
    const profile = quickProfile(folder.path, 'authorize-mpp');
    const { report } = await runForReport([...net.scan, '--profile', profile, '--files', net.files, '--yes']);
    expect(report.phones.map(({ outcome }) => outcome)).toEqual(['done']);
    expect(report.phones[0]?.evidence.map(({ kind }) => kind)).toContain('authorization-row');
  });
});

describe('an old authorization row whose time every page renders anew', () => {
  it('is no evidence: where nothing comes of the license, the phone is not authorized', async () => {
    const before = { previousRows: ['{files}/$MAU.lic'], rowTimes: 'rendered-anew' } as const;
    net = await startNetwork(
      [
        { ...phone, name: 'nothing', behavior: { ...before, authorizationResult: 'never' } },
        { ...phone, name: 'anew', behavior: before },
      ],
      { subnet: '127.66.16.0/28' },
    );
    const profile = quickProfile(folder.path, 'authorize-mpp', { authorizeDeadline: '4s' });
    const { report } = await runForReport([...net.scan, '--profile', profile, '--files', net.files, '--yes']);
    const of = (name: string) => report.phones.find(({ mac }) => mac === net.phone(name).mac);
    expect([of('nothing')?.outcome, of('nothing')?.failure?.code]).toEqual(['unverified', 'not-authorized']);
    expect(of('anew')?.outcome).toBe('done');
  });
});
