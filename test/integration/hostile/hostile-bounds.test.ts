import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { buildScenario, builtinScenarios, type Scenario } from '../../../src/simulator/index.js';
import { type BoundedRun, runBounded } from '../../support/command/bounded-command.js';
import { type Network, startNetwork, startScenario } from '../../support/network.js';
import { readReport, type Report } from '../../support/reports/report-schema.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { runs } from '../../support/depth.js';

const timeoutMs = 1_000;
const concurrency = 128;
/** A session may take eight timeouts, whatever the phone does (transport/limits). */
const sessionMs = 8 * timeoutMs;

/** How many phones mean no good, and how many of one fault there are at once. */
const [fleet, crowd] = [runs(100, 1_000), runs(32, 512)];
/** Most that may be held in memory at once, MB. */
const heldMb = 150;
/** A busy machine gives us a part of its time; what never ends has no bound at all. */
const busy = 3;

/** A tenth of what bench/hostile.mjs measures: what grows with the fleet shows here as well. */
describe('a large fleet that means no good', () => {
  const folder = temporaryFolder();
  let network: Network | undefined;
  afterEach(async () => {
    await network?.close();
    network = undefined;
  });

  /** Audits a whole scenario. */
  async function audit(
    scenario: Scenario,
    heapMb: number | null,
    concurrency: number,
  ): Promise<BoundedRun & { report: Report }> {
    // Some flags are slow: as slow as real ones, so that deadlines are what ends them.
    network = await startScenario(scenario, { timeout: `${timeoutMs}ms`, timeScale: 1 });
    const json = folder.file(`${scenario.name}.json`);
    const words = ['audit', ...network.scan, '--concurrency', String(concurrency), '--no-config', '--quiet'];
    const run = await runBounded(
      heapMb,
      [...words, '--report', json, '--db', folder.file(`${scenario.name}.db`)],
      folder,
    );
    return { ...run, report: readReport(json) };
  }

  it('is read in bounded time with bounded memory, each target once', async () => {
    const scenario = builtinScenarios.hostile({
      subnet: runs('127.71.0.0/25', '127.71.0.0/21'),
      seed: 10,
      phones: fleet,
    });
    const { signal, tookMs, mostHeldMb, report } = await audit(scenario, 192, concurrency);
    expect(signal).toBeNull();
    expect(report.totals.targets).toBe(runs(126, 2_046));
    expect(report.phones.length).toBeGreaterThan(fleet / 2);
    // Two doors at most, and one session at each, if every phone used up all that it may.
    expect(tookMs).toBeLessThan(busy * ((scenario.phones.length / concurrency) * 2 * sessionMs + 15_000));
    expect(mostHeldMb).toBeLessThan(heldMb);
    expect(network?.posts()).toEqual([]);
  });

  // The others are met at quick depth, too: in the fleet above and in bad-web-servers.test.ts.
  it.each(runs(['endless-chunk', 'drip'], ['endless-body', 'endless-chunk', 'drip', 'informational-flood']))(
    'so many times %s, all at once, stays within the budget of time and memory',
    async (web) => {
      const phones = [{ count: crowd, model: '8841', behavior: { web } }];
      const scenario = buildScenario({ name: web, subnet: runs('127.71.8.0/26', '127.71.8.0/22'), seed: 10, phones });
      const { signal, tookMs, mostHeldMb, report } = await audit(scenario, null, crowd);
      expect(signal).toBeNull();
      expect(report.phones).toHaveLength(crowd);
      // Every address is asked; what takes longer than two sessions is this machine's own work.
      expect(tookMs).toBeLessThan(busy * (2 * sessionMs + 40_000));
      expect(mostHeldMb).toBeLessThan(heldMb);
    },
  );

  it('of hundreds of pages of 2 MB, at whatever concurrency, stays within the budget of memory', async () => {
    network = await startNetwork([{ count: 1, model: '8841' }], { subnet: '127.71.12.0/30' });
    const [phone] = network.simulator.phones;
    const page = await (await fetch(`http://${phone?.address}:${network.simulator.httpPort}/admin/advanced`)).text();
    const rows = '<tr><td>Row:</td><td>and another</td></tr>\n';
    const filled = page.replace(
      '</body>',
      `${rows.repeat(Math.floor((2_000_000 - page.length) / rows.length))}</body>`,
    );
    expect(filled.length).toBeGreaterThan(1_990_000);
    const server = createServer((request, response) => {
      if (request.url?.startsWith('/admin/advanced')) response.end(filled);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    try {
      const port = String((server.address() as AddressInfo).port);
      const json = folder.file('large.json');
      const words = [
        'audit',
        '--subnet',
        runs('127.71.16.0/26', '127.71.16.0/23'),
        '--scheme',
        'http',
        '--http-port',
        port,
        '--no-config',
      ];
      const bounds = ['--concurrency', '1024', '--quiet', '--report', json, '--db', folder.file('large.db')];
      const { code, mostHeldMb } = await runBounded(null, [...words, ...bounds], folder);
      expect(code).toBe(0);
      expect(readReport(json).totals.byOutcome).toEqual({ audited: runs(62, 510) });
      expect(mostHeldMb).toBeLessThan(heldMb);
    } finally {
      await new Promise((resolve) => server.close(resolve).closeAllConnections());
    }
  });
});
