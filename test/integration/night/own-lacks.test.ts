import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startCommand } from '../../support/command/command.js';
import { canLimit, limitFiles, runWithFiles } from '../../support/command/limited-command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { readReport } from '../../support/reports/report-schema.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const phones = 60;

/** What this machine lacks is never a fact about a phone. */
describe('an audit of 60 phones', () => {
  const folder = temporaryFolder();
  let network: Network;
  beforeEach(async () => {
    network = await startNetwork([{ count: phones, model: '8841' }], { subnet: '127.81.20.0/26' });
  });
  afterEach(() => network.close());
  afterAll(() => folder.remove());

  const audit = (): string[] => [
    ...['audit', ...network.scan, '--no-config', '--quiet', '--report', folder.file('report.json')],
    ...['--db', folder.file('runs.db'), '--log-file', folder.file('run.log')],
  ];

  it('with 400 open files finds all 60, and the log says what was lowered', async () => {
    const { code, stderr } = await runWithFiles(400, audit());
    expect([code, stderr]).toEqual([0, '']);
    expect(readReport(folder.file('report.json')).totals.byOutcome['audited']).toBe(phones);
    expect(readFileSync(folder.file('run.log'), 'utf8')).toMatch(
      /info {2}--probe-concurrency 512 .* lowered to 104 .*limit=400/,
    );
  });

  it('with 400 open files and more asked for than fits finds all 60, and warns of what was lowered', async () => {
    const { code, stderr } = await runWithFiles(400, [
      ...audit().filter((word) => word !== '--quiet'),
      ...['--concurrency', '500', '--probe-concurrency', '4000'],
    ]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/warn {2}--concurrency 500 .* lowered to 84/);
    expect(stderr).toMatch(/warn {2}--probe-concurrency 4000 .* lowered to 84/);
    expect(readReport(folder.file('report.json')).totals.byOutcome['audited']).toBe(phones);
  });

  it('with fewer than it can begin with is refused with the numbers, and nobody is contacted', async () => {
    const { code, stdout, stderr } = await runWithFiles(200, audit());
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^fleet-migrate: [^\n]*only 200 files open and needs at least 352[^\n]*ulimit -n 4096[^\n]*\n$/,
    );
    expect(network.simulator.log).toEqual([]);
  });

  it.each([0, 50, 150])('that loses its files %i ms after its start waits for them, and finds all 60', async (ms) => {
    if (!canLimit) return;
    const run = startCommand([...audit(), '--output', 'ndjson']);
    let isOver = false;
    void run.done.then(() => (isOver = true));
    await run.shows('"event":"run-started"');
    await sleep(ms);
    // Fewer than it has open already: from here on every further file and socket is refused (EMFILE).
    limitFiles(run.pid, 20);
    await sleep(2_000);
    // It waits: for a connection, or, with all phones read by then, for its report.
    expect(isOver).toBe(false);
    limitFiles(run.pid, 4_096);
    const { code, stderr } = await run.done;
    expect([code, stderr]).toEqual([0, '']);
    expect(readReport(folder.file('report.json')).totals.byOutcome['audited']).toBe(phones);
  });
});

describe('an audit that is stopped in the middle for longer than all of its timeouts', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  it('and continued finds every phone', async () => {
    // Bodies that dribble in over a second: some are always half-way.
    const network = await startNetwork([{ count: phones, model: '8841', behavior: { slow: true } }], {
      ...{ subnet: '127.81.21.0/26', timeScale: 10, timeout: '500ms' },
    });
    try {
      const json = folder.file('report.json');
      const words = ['audit', ...network.scan, '--no-config', '--quiet', '--output', 'ndjson', '--report', json];
      const run = startCommand([...words, '--concurrency', '8', '--db', folder.file('runs.db')]);
      await run.shows('"outcome":"audited"');
      run.kill('SIGSTOP');
      // A session may take eight timeouts.
      await new Promise((resolve) => setTimeout(resolve, 6_000));
      expect(run.stdout).not.toContain('"event":"run-finished"');
      run.kill('SIGCONT');
      expect((await run.done).code).toBe(0);
      expect(readReport(json).totals.byOutcome['audited']).toBe(phones);
      // Nobody had to be asked once more for what was only our absence.
      expect(network.simulator.log.filter(({ path }) => path === '/admin/advanced')).toHaveLength(phones);
    } finally {
      await network.close();
    }
  });
});
