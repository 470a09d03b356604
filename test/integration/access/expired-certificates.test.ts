import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { parseReport, reportedAt } from '../../support/reports/report-schema.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

describe('phones whose manufacturing certificates have expired', () => {
  const folder = temporaryFolder();
  let network: Network;

  beforeAll(async () => {
    network = await startNetwork(
      [
        { model: '8841', name: 'expired', behavior: { scheme: 'https', certificate: 'expired' } },
        { model: '8841', name: 'foreign', behavior: { scheme: 'https', certificate: 'self-signed' } },
      ],
      { subnet: '127.85.7.0/29' },
    );
    writeFileSync(folder.file('ca.pem'), network.simulator.ca);
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const audit = (...words: string[]) =>
    runCommand(['audit', '--subnet', network.subnet, ...network.reach, '--no-config', '--output', 'json', ...words]);
  const checked = (): string[] => network.reach.filter((word) => word !== '--insecure');

  it('are told what they are and what renews them; --allow-expired-mic reads them and nobody else', async () => {
    const options = ['audit', '--subnet', network.subnet, ...checked(), '--no-config', '--output', 'json'];
    const refused = await runCommand([...options, '--ca', folder.file('ca.pem')]);
    const before = reportedAt(parseReport(refused.stdout), network.phone('expired'));
    expect(before.failure).toMatchObject({
      code: 'certificate-expired',
      hint: expect.stringMatching(/12\.0\(3\).*--allow-expired-mic/),
    });

    const allowed = await runCommand([...options, '--ca', folder.file('ca.pem'), '--allow-expired-mic']);
    const report = parseReport(allowed.stdout);
    expect(report.run.expiredMicAllowed).toBe(true);
    const read = reportedAt(report, network.phone('expired'));
    expect(read).toMatchObject({ outcome: 'audited', mac: network.phone('expired').mac, failure: null });
    expect(read.evidence.map(({ text }) => text).join('\n')).toMatch(
      /expired on 2020-01-01 and was taken \(--allow-expired-mic\)/,
    );
    expect(reportedAt(report, network.phone('foreign')).failure?.code).toBe('certificate-untrusted');
  });

  it('need the authority that signed them', async () => {
    const { code, stderr } = await audit('--allow-expired-mic');
    expect(code).toBe(2);
    expect(stderr).toMatch(/--allow-expired-mic does nothing/);
  });
});
