import { afterAll, describe, expect, it } from '@jest/globals';
import { startNetwork } from '../../support/network.js';
import { postedSettings } from '../../support/reports/posted-settings.js';
import { quickProfile, type ShippedProfile } from '../../support/command/quick-profile.js';
import { reported } from '../../support/reports/report-schema.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Starts a network, runs a profile over all of it, and stops the network. */
async function after(
  name: ShippedProfile,
  devices: Parameters<typeof startNetwork>[0],
  options: (files: string) => string[],
) {
  const network = await startNetwork(devices, {
    subnet: '127.66.0.0/28',
    files: { missingLicenses: ['00CCFC000003'] },
  });
  try {
    const profile = quickProfile(folder.path, name);
    const run = await runForReport([...network.scan, '--profile', profile, '--yes', ...options(network.files)]);
    return { ...run, network, phone: (device: string) => reported(run.report, network.phone(device)) };
  } finally {
    await network.close();
  }
}
const withFiles = (files: string): string[] => ['--files', files];

describe('authorize-mpp (guide G8)', () => {
  it.concurrent('gives each phone its license, and says by what it was proven', async () => {
    const { phone, network, code } = await after(
      'authorize-mpp',
      [
        { model: '8841', name: 'by row' },
        { model: '8851', name: 'by index', behavior: { selectPosts: 'index' } },
        // 11.3(2) has the two fields, but no row in Product Information.
        { model: '7841', name: 'came before', behavior: { previousRows: ['{files}/$MAU.lic'] } },
        { model: '8841', name: 'authorized', behavior: { returnsWithoutLicense: 'Classic' } },
      ],
      withFiles,
    );
    expect(code).toBe(0);
    for (const name of ['by row', 'by index', 'came before']) {
      const { outcome, plan, evidence } = phone(name);
      const set = { authorizationRule: `${network.files}/$MAU.lic`, authorizationType: 'Classic' };
      expect([name, outcome, plan]).toEqual([
        name,
        'done',
        [expect.objectContaining({ step: 'authorize', load: null, set })],
      ]);
      expect(evidence.at(-1)?.text).toMatch(/Authorization Succeeded|shows Classic/);
      expect(network.phone(name).snapshot()).toMatchObject({ transitionAuthorizationType: 'Classic', upgrades: 0 });
    }
    expect(phone('authorized')).toMatchObject({ outcome: 'already-done', touched: false });
    expect(network.violations()).toEqual([]);
  });

  it.concurrent(
    "fails in the phone's own words where the license is refused, and is blocked where there is none",
    async () => {
      const { phone, network, code } = await after(
        'authorize-mpp',
        [
          { model: '8841', name: 'refused', behavior: { authorizationResult: 'refused' } },
          { model: '8841', name: 'cannot fetch', behavior: { authorizationResult: 'no-connection' } },
          { model: '8841', name: 'no license', mac: '00CCFC000003' },
        ],
        withFiles,
      );
      expect(code).toBe(1);
      expect([phone('refused').outcome, phone('refused').failure?.code]).toEqual(['failed', 'authorization-failed']);
      expect(phone('refused').failure?.message).toContain('The license is not valid for this device.');
      expect([phone('cannot fetch').outcome, phone('cannot fetch').failure?.code]).toEqual([
        'failed',
        'authorization-failed',
      ]);
      expect([phone('no license').outcome, phone('no license').failure?.code]).toEqual(['blocked', 'license-missing']);
      expect(network.phone('no license').snapshot().posts).toBe(0);
    },
  );

  it.concurrent('leaves phones alone whose firmware has no such fields', async () => {
    const { phone, network } = await after(
      'authorize-mpp',
      [
        { model: '8841', name: 'too old', load: 'sip88xx.11-2-3MPP-398' },
        { model: '8841', name: 'enterprise', load: 'sip88xx.14-2-1-0101-26' },
        { model: '6841', name: 'never' },
      ],
      withFiles,
    );
    for (const name of ['too old', 'enterprise', 'never']) expect([name, phone(name).touched]).toEqual([name, false]);
    expect(phone('too old')).toMatchObject({ outcome: 'blocked', failure: { code: 'firmware-too-old' } });
    expect(phone('never').outcome).toBe('ineligible');
    expect(network.posts()).toEqual([]);
  });
});

describe('webex-calling (guide G4, G12)', () => {
  it.concurrent('sets type WxC and the rule that the user gives', async () => {
    const { phone, network, code } = await after(
      'webex-calling',
      [
        { model: '8841', name: 'by text' },
        { model: '8851', name: 'by index', behavior: { selectPosts: 'index' } },
        { model: '8841', name: 'through Webex', behavior: { returnsWithoutLicense: 'WxC' } },
      ],
      (files) => ['--authorization-rule', `${files}/webex/$MAU.lic`],
    );
    expect(code).toBe(0);
    for (const name of ['by text', 'by index']) {
      const { outcome, changes } = phone(name);
      expect([name, outcome]).toEqual([name, 'done']);
      expect(changes).toEqual([
        { field: 'authorizationRule', from: '', to: `${network.files}/webex/$MAU.lic` },
        { field: 'authorizationType', from: 'Classic', to: 'WxC' },
      ]);
      expect(network.phone(name).snapshot().transitionAuthorizationType).toBe('WxC');
    }
    expect(phone('through Webex')).toMatchObject({ outcome: 'already-done', touched: false });
    expect(network.violations()).toEqual([]);
  });
});

describe('upgrade-mpp (guide G5)', () => {
  it.concurrent('brings phones to the minimum within their family and asks for no license', async () => {
    const { phone, network, code } = await after(
      'upgrade-mpp',
      [
        { model: '8841', name: 'old', load: 'sip88xx.11-2-3MPP-398' },
        { model: '8832', name: 'conference', load: 'sip8832.11-3-2MPP0001-609' },
        { model: '7841', name: 'twice', load: 'sip78xx.11-3-5MPP0001-117', behavior: { bootsTwice: true } },
        { model: '8841', name: 'there' },
        { model: '8841', name: 'newer', load: 'sip88xx.12-0-7MPP0501-123' },
      ],
      withFiles,
    );
    expect(code).toBe(0);
    const loads = {
      old: 'sip88xx.12-0-3MPP0001-87',
      conference: 'sip8832.12-0-3MPP0101-92',
      twice: 'sip78xx.12-0-3MPP0001-87',
    };
    for (const [name, load] of Object.entries(loads)) {
      expect([name, phone(name)]).toEqual([
        name,
        expect.objectContaining({ outcome: 'done', softwareVersion: load, family: 'multiplatform' }),
      ]);
      expect(network.phone(name).snapshot().load).toBe(load);
    }
    for (const name of ['there', 'newer']) expect([name, phone(name).outcome]).toEqual([name, 'already-done']);
    expect(network.posts().flatMap((entry) => Object.keys(postedSettings(entry)))).toEqual([
      'upgradeRule',
      'upgradeRule',
      'upgradeRule',
    ]);
    expect(network.files && network.violations()).toEqual([]);
  });
});

describe('a shipped profile by its name, with its own waits', () => {
  it.concurrent('works as it is', async () => {
    const network = await startNetwork([{ model: '8841', name: 'desk' }], { subnet: '127.66.0.0/30' });
    const { report, code } = await runForReport([
      ...network.scan,
      ...['--profile', 'authorize-mpp', '--files', network.files, '--yes', '--poll-interval', '100ms'],
    ]);
    await network.close();
    expect(code).toBe(0);
    expect(report.run.profile).toBe('authorize-mpp');
    expect(reported(report, network.phone('desk')).outcome).toBe('done');
  });
});
