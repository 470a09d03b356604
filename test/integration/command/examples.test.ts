import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Running, runCommand, startCommand } from '../../support/command/command.js';
import type { Report } from '../../support/reports/report-schema.js';
import { runForReport } from '../../support/reports/reported-run.js';

const scenarios = join('examples', 'scenarios');

/** `http port 8080, https port 8443, files http://127.0.0.1:6970`, as `simulate` says when it is ready. */
const ready = /http port (\d+), https port (\d+), files (\S+)/;

/** Starts `simulate` on free ports and waits until it is ready. */
async function simulate(scenario: string): Promise<{ simulation: Running; reach: string[]; files: string }> {
  const simulation = startCommand([
    ...['simulate', '--scenario', scenario, '--time-scale', '400'],
    ...['--http-port', '0', '--https-port', '0', '--files-port', '0'],
  ]);
  await simulation.shows('Ready');
  const [, http = '', https = '', files = ''] = ready.exec(simulation.stdout) ?? [];
  return { simulation, reach: ['--http-port', http, '--https-port', https, '--timeout', '1s'], files };
}

describe('the examples work as they are', () => {
  let simulation: Running;
  let reach: string[];
  let files: string;
  beforeAll(async () => {
    ({ simulation, reach, files } = await simulate(join(scenarios, 'branch-office.yaml')));
  });
  afterAll(async () => {
    simulation.kill('SIGINT');
    await simulation.done;
  });

  const byAddress = ({ phones }: Report) =>
    phones.map(({ address, model, site, outcome }) => [address, model, site, outcome]);

  it.each(['phones.csv', 'phones.json'])(
    '%s lists phones of the branch office, and what it says of them is so',
    async (name) => {
      const inventory = join('examples', name);
      const migrate = ['--profile', 'mpp-to-enterprise', '--files', files, '--dry-run'];
      const { report } = await runForReport(['--inventory', inventory, ...migrate, ...reach]);
      expect(byAddress(report)).toEqual([
        ['127.20.1.1', '8841', 'Branch office', 'planned'],
        ['127.20.1.2', '8841', 'Branch office', 'planned'],
        ['127.20.1.7', '7841', 'Branch office', 'planned'],
        ['127.20.1.9', '8851', 'Branch office', 'planned'],
        ['127.20.1.10', '8841', 'Branch office', 'already-done'],
        // Its license is missing in the scenario; an inventory that were wrong about it would be told as such.
        ['127.20.1.50', '8865', 'Branch office', 'blocked'],
      ]);
      expect(report.phones.at(-1)).toMatchObject({
        failure: { code: 'license-missing' },
        note: 'Reception, by the door',
      });
    },
  );

  it('a list may leave phones out by another list', async () => {
    const args = ['audit', '--subnet', '127.20.1.0/24', '--exclude', join('examples', 'phones.csv'), ...reach];
    const { report } = await runForReport(args);
    const left = report.phones.map(({ address }) => address);
    expect(left).toEqual(expect.arrayContaining(['127.20.1.3', '127.20.1.8', '127.20.1.13']));
    expect(left).not.toEqual(expect.arrayContaining(['127.20.1.1']));
    expect(report.totals.targets).toBe(254 - 6);
  });

  it.each(readdirSync(scenarios))('the scenario %s can be simulated, and ends on ctrl-C', async (name) => {
    const started = await simulate(join(scenarios, name));
    started.simulation.kill('SIGINT');
    expect((await started.simulation.done).code).toBe(0);
  });

  it('a port that is taken is said in a sentence, with the way out', async () => {
    const { code, stderr } = await runCommand([
      'simulate',
      '--http-port',
      reach[1] ?? '',
      '--https-port',
      '0',
      '--files-port',
      '0',
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^fleet-migrate: Port \d+ cannot be used .*; choose another, or 0 for any free one\.\n$/);
  });
});
