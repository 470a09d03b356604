import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Behavior, DeviceGroup, Dialect } from '../../../src/simulator/index.js';
import { type Network, startNetwork } from '../../support/network.js';
import { writes } from '../../support/reports/phone-safety.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { reportedAt } from '../../support/reports/report-schema.js';
import { type ReportedRun, runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const password = 'Swap-ped-9';
const ready = { model: '8841', load: 'sip88xx.12-0-3MPP0001-87' } as const;

/** Ways in which a phone may be reached while another one takes its place. */
const reached: Readonly<Record<string, Partial<Behavior> & { dialect?: Dialect }>> = {
  'over plain http': {},
  'over https': { scheme: 'https', certificate: 'manufacturing' },
  'over a redirect to https': { scheme: 'redirect', certificate: 'manufacturing' },
  'over connections that it closes': { closesConnection: true },
  'over a redirect and connections that it closes': { scheme: 'redirect', closesConnection: true },
  'by the JSON tabs': { dialect: 'json' },
  'with a Digest': { auth: 'digest', password },
  'with a Digest of few uses': { auth: 'digest', password, digestNonceUses: 1, closesConnection: true },
  'with Basic over a redirect': { auth: 'basic', password, scheme: 'redirect' },
  'with a login form': { auth: 'form', password },
  'with a login form over a redirect': { auth: 'form', password, scheme: 'redirect', loginShownBy: 'redirect-302' },
};
const swaps = ['after-first-read', 'each-time'] as const satisfies readonly Behavior['identitySwapped'][];

describe('a phone whose place another one takes between the plan and the write', () => {
  const folder = temporaryFolder();
  let network: Network;
  let run: ReportedRun;

  beforeAll(async () => {
    const devices = Object.entries(reached).flatMap(([name, { dialect, ...behavior }]): DeviceGroup[] =>
      swaps.map((identitySwapped) => ({
        ...ready,
        ...(dialect ? { dialect } : {}),
        ...{ name: `${name}, ${identitySwapped}`, behavior: { ...behavior, identitySwapped } },
      })),
    );
    const elsewhere = { scheme: 'redirect', redirectTarget: 'other-host' } as const;
    network = await startNetwork(
      [...devices, { ...ready, name: 'leads to its neighbor', behavior: elsewhere }, { ...ready, name: 'neighbor' }],
      { timeout: '5s' },
    );
    writeFileSync(folder.file('password'), `${password}\n`, { mode: 0o600 });
    const profile = quickProfile(folder.path, 'mpp-to-enterprise');
    const words = ['--profile', profile, '--files', network.files, '--password-file', folder.file('password')];
    run = await runForReport([...network.scan, ...words, '--no-config', '--yes']);
  });
  afterAll(async () => {
    // What strict mode says of these devices is judged by the last test; having thrown once, it is silent on closing.
    expect(() => network.simulator.assertNoViolations()).toThrow();
    await network.close();
    folder.remove();
  });

  const names = Object.keys(reached).flatMap((name) => swaps.map((swap) => `${name}, ${swap}`));

  it.each(names)('%s: aborted, untouched, and neither was written to', (name) => {
    const { address } = network.phone(name);
    const entry = reportedAt(run.report, { address });
    expect([entry.outcome, entry.failure?.code, entry.touched]).toEqual(['aborted', 'identity-changed', false]);
    expect(writes(network).filter((request) => request.address === address)).toEqual([]);
    // Both were there: the one that was planned for and the one that was found.
    expect(new Set(network.simulator.log.filter((each) => each.address === address).map(({ mac }) => mac)).size).toBe(
      2,
    );
  });

  it('a redirect to another phone is not followed, and that phone is only asked in its own right', () => {
    const from = reportedAt(run.report, network.phone('leads to its neighbor'));
    expect([from.outcome, from.failure?.code, from.mac]).toEqual(['not-a-phone', 'redirect-elsewhere', null]);
    const neighbor = network.phone('neighbor');
    expect(reportedAt(run.report, neighbor).outcome).toBe('done');
    expect(neighbor.requests.filter(({ port }) => port === 'https')).toEqual([]);
    expect(network.posts().filter(({ mac }) => mac === neighbor.mac)).toHaveLength(1);
  });

  it('no rule was broken, but for one that needs foresight', () => {
    // A cookie, or the answer to a challenge, goes to an address. Who is there now shows only in what comes back.
    const unforeseen = [
      'sent a cookie of another device',
      'sent the answer to a challenge of another device',
      'did not send the opaque text back',
    ];
    const broken = network.violations().filter((line) => !unforeseen.some((text) => line.endsWith(`: ${text}`)));
    expect(broken).toEqual([]);
    for (const phone of network.simulator.phones)
      expect(phone.snapshot().postsApplied).toBe(phone.name === 'neighbor' ? 1 : 0);
  });
});
