import { afterEach, describe, expect, it } from '@jest/globals';
import { buildScenario, builtinScenarios, type Scenario } from '../../src/simulator/index.js';
import { type BoundedRun, runBounded } from '../support/bounded-command.js';
import { type Network, startScenario } from '../support/network.js';
import { readReport, type Report } from '../support/report-schema.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const timeoutMs = 1_000;
const concurrency = 128;
/** A session may take eight timeouts, whatever the phone does (transport/limits). */
const sessionMs = 8 * timeoutMs;

/** A tenth of what bench/hostile.mjs measures: what grows with the fleet shows here as well. */
describe('a large fleet that means no good', () => {
  const folder = temporaryFolder();
  let network: Network | undefined;
  afterEach(async () => {
    await network?.close();
    network = undefined;
  });

  /** Audits a whole scenario with little memory. */
  async function audit(scenario: Scenario): Promise<BoundedRun & { report: Report }> {
    // Some flags are slow: as slow as real ones, so that deadlines are what ends them.
    network = await startScenario(scenario, { timeout: `${timeoutMs}ms`, timeScale: 1 });
    const json = folder.file(`${scenario.name}.json`);
    const words = ['audit', ...network.scan, '--concurrency', String(concurrency), '--no-config', '--quiet'];
    const run = await runBounded(192, [...words, '--report', json, '--db', folder.file(`${scenario.name}.db`)], folder);
    return { ...run, report: readReport(json) };
  }

  it('is read in bounded time with bounded memory, each target once', async () => {
    const scenario = builtinScenarios.hostile({ subnet: '127.71.0.0/21', seed: 10, phones: 1_000 });
    const { signal, tookMs, maxRssMb, report } = await audit(scenario);
    expect(signal).toBeNull();
    expect(report.totals.targets).toBe(2_046);
    expect(report.phones.length).toBeGreaterThan(500);
    // Two doors at most, and one session at each, if every phone used up all that it may.
    expect(tookMs).toBeLessThan((scenario.phones.length / concurrency) * 2 * sessionMs + 15_000);
    expect(maxRssMb).toBeLessThan(400);
    expect(network?.posts()).toEqual([]);
  }, 240_000);

  it.each(['endless-body', 'endless-chunk', 'drip', 'informational-flood'] as const)(
    'of nothing but %s costs no more than its conversations at one time',
    async (web) => {
      const phones = [{ count: 250, model: '8841', behavior: { web } }];
      const scenario = buildScenario({ name: web, subnet: '127.71.8.0/24', seed: 10, phones });
      const { signal, tookMs, maxRssMb, report } = await audit(scenario);
      expect(signal).toBeNull();
      expect(report.phones).toHaveLength(250);
      expect(tookMs).toBeLessThan(Math.ceil(250 / concurrency) * 2 * sessionMs + 15_000);
      // An answer is cut off at 4 MB: what is read, and as much again until it is collected.
      expect(maxRssMb).toBeLessThan(200 + concurrency * 8);
    },
    120_000,
  );
});
