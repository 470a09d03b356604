import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedPhone } from '../../../src/simulator/index.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';
import { reported } from '../../support/reports/report-schema.js';
import { runForReport } from '../../support/reports/reported-run.js';

/** What a phone was asked, as it saw it itself: `GET /admin/advanced`. */
const asked = ({ requests }: SimulatedPhone): string[] => requests.map(({ method, path }) => `${method} ${path}`);

describe('what a run asks of a phone', () => {
  const folder = temporaryFolder();
  let network: Network;
  beforeAll(async () => {
    network = await startNetwork([
      { model: '8841', name: 'plain' },
      { model: '8851', name: 'with a password', behavior: { auth: 'digest' } },
    ]);
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  it('is one page in an audit, and is in the report', async () => {
    const plain = network.phone('plain');
    const { report } = await runForReport(['audit', ...network.scan]);
    expect(asked(plain)).toHaveLength(1);
    const { requests, bytes } = reported(report, plain);
    expect(requests).toBe(1);
    expect(bytes).toBeGreaterThan(5_000);
    const locked = network.phone('with a password');
    expect(reported(report, locked).requests).toBe(locked.requests.length);
  });

  it('is counted through all of a migration, also what finds the phone restarting', async () => {
    const plain = network.phone('plain');
    const before = plain.requests.length;
    const profile = quickProfile(folder.path, 'mpp-to-enterprise');
    const args = [...network.scan, '--profile', profile, '--files', network.files, '--yes'];
    const { report } = await runForReport(args);
    const { outcome, requests } = reported(report, plain);
    expect(outcome).toBe('done');
    // One that restarts breaks connections before it has read what was asked.
    expect(requests).toBeGreaterThanOrEqual(plain.requests.length - before);
  });
});
