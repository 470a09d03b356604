import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
const profile = quickProfile(folder.path, 'mpp-to-enterprise');
let net: Network;
afterEach(() => net.close());
afterAll(() => folder.remove());

describe('an 8832 below 12.0(3)SR1, which the guide requires (G5)', () => {
  const start = async (): Promise<string[]> => {
    net = await startNetwork(
      [
        { model: '8832', vid: 'V03', load: 'sip8832.12-0-3MPP0001-87', name: 'conference' },
        { model: '8832', vid: 'V03', load: 'sip8832.11-3-7MPP0001-272', name: 'older' },
      ],
      { subnet: '127.66.15.0/28' },
    );
    return [...net.scan, '--profile', profile, '--files', net.files, '--yes'];
  };

  it('is never converted directly, whatever is allowed', async () => {
    const { code, report } = await runForReport([...(await start()), '--allow-below-recommended', '--no-step-up']);
    expect(code).toBe(1);
    expect(report.phones.map(({ outcome, failure }) => [outcome, failure?.code])).toEqual([
      ['blocked', 'firmware-too-old'],
      ['blocked', 'firmware-too-old'],
    ]);
    expect(report.phones[0]?.eligibility?.reasons[0]?.text).toContain('at least 12.0(3)SR1 is required');
    expect(net.posts()).toEqual([]);
  });

  it('steps up first where that is allowed', async () => {
    const { report } = await runForReport(await start());
    expect(report.phones.map(({ plan }) => plan.map(({ step, load }) => `${step} ${load}`))).toEqual([
      ['upgrade sip8832.12-0-3MPP0101-92', 'convert sip8832.14-2-1-0101-26'],
      ['upgrade sip8832.12-0-3MPP0101-92', 'convert sip8832.14-2-1-0101-26'],
    ]);
    expect(report.phones.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  });
});
