import { afterEach, describe, expect, it } from '@jest/globals';
import { MARKUP } from '../../../src/simulator/behavior/markup.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
let network: Network | undefined;
afterEach(async () => {
  await network?.close();
  network = undefined;
});

const ofTheForm = ['unknown-action', 'button-elsewhere'];

describe('phones whose fields or forms are not sure', () => {
  it('are blocked by dry run and real run alike, with what is odd; nothing is posted', async () => {
    network = await startNetwork(
      MARKUP.others.oddForm.map((oddForm) => ({
        ...{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', name: oddForm },
        behavior: { oddForm },
      })),
    );
    const profile = quickProfile(folder.path, 'mpp-to-enterprise');
    const migrate = [...network.scan, '--profile', profile, '--files', network.files, '--no-config'];
    const expected = MARKUP.others.oddForm.map((oddForm) => [
      oddForm,
      ...['blocked', ofTheForm.includes(oddForm) ? 'form-unknown' : 'fields-unclear', false],
    ]);
    for (const mode of ['--dry-run', '--yes']) {
      const { report, code } = await runForReport([...migrate, mode]);
      const nameOf = (mac: string | null): string => network?.simulator.phoneByMac(mac ?? '')?.name ?? '';
      expect(
        report.phones.map(({ mac, outcome, failure, touched }) => [nameOf(mac), outcome, failure?.code, touched]),
      ).toEqual(expected);
      for (const { failure } of report.phones) expect(failure?.message).toMatch(/^\/admin\/advanced: .+\.$/);
      expect(code).toBe(1);
    }
    expect(network.posts()).toEqual([]);
  });
});
