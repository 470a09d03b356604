import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { describeInPostgres, rowsOf, useCluster } from '../../store/support/open-test-store.js';
import { builtinScenarios, type Simulator, startSimulator } from '../../../src/simulator/index.js';
import { apart, builtCommand, runCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { isDeep, runs } from '../../support/depth.js';

const sites = { berlin: '127.74.0.0/24', paris: '127.74.1.0/24', rome: '127.74.2.0/24' } as const;
type SiteName = keyof typeof sites;
const phones = runs(45, 600);
const most = runs(6, 40);
const kills = runs(8, 20);
const leaseMs = 5_000;

/** A small seeded generator, so that every run of this test does the same. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A process of the command that goes on by itself, its words in a file. */
class Process {
  readonly child: ChildProcess;
  readonly done: Promise<number | null>;

  constructor(
    words: readonly string[],
    readonly log: string,
  ) {
    const out = openSync(log, 'a');
    this.child = spawn(process.execPath, [builtCommand, ...words], {
      stdio: ['ignore', out, out],
      env: { ...process.env, NODE_OPTIONS: '', ...apart() },
    });
    this.done = new Promise((resolve) => this.child.once('close', (code) => resolve(code)));
  }

  get said(): string {
    return readFileSync(this.log, 'utf8');
  }
}

describeInPostgres('a fleet at three sites, moved by workers that share a database', () => {
  const cluster = useCluster();
  const folder = temporaryFolder();
  const config = folder.file('sites.yaml');
  let simulator: Simulator;
  let db: string;
  let reach: string[];
  const running: Process[] = [];

  beforeAll(async () => {
    writeFileSync(
      config,
      ['sites:', ...Object.entries(sites).map(([name, subnet]) => `  ${name}: { subnets: [${subnet}] }`), ''].join(
        '\n',
      ),
    );
    const scenario = builtinScenarios.plain({ subnet: '127.74.0.0/22', seed: 74, phones });
    simulator = await startSimulator(scenario, { timeScale: 400, shortPages: !isDeep });
    const profile = quickProfile(folder.path, 'mpp-to-enterprise', { upgradeDeadline: '600s', stopGrace: '2s' });
    reach = [
      ...['--http-port', String(simulator.httpPort), '--https-port', String(simulator.httpsPort), '--scheme', 'http'],
      ...['--timeout', '2s', '--profile', profile, '--files', simulator.files.url, '--yes', '--config', config],
    ];
    db = await cluster().database();
    expect((await runCommand(['db', 'migrate', '--db', db, '--no-config'])).code).toBe(0);
  });
  afterAll(async () => {
    for (const one of running) one.child.kill('SIGKILL');
    await Promise.all(running.map(({ done }) => done));
    await simulator.close();
    folder.remove();
  });

  const start = (name: string, words: string[]): Process => {
    // A file for each: what an earlier one has said is past.
    const one = new Process(words, folder.file(`${name}-${running.length}.log`));
    running.push(one);
    return one;
  };
  const worker = (site: SiteName): Process =>
    start(`worker-${site}`, ['worker', '--db', db, '--site', site, '--config', config, '--lease', `${leaseMs}ms`]);

  /** The most phones that were under way at once: from the intent of a write to the end that its run saw. */
  async function mostAtOnce(): Promise<number> {
    const spans = await rowsOf<{ first: string; last: string }>(
      db,
      "select min(case when event = 'intent' then at end) as first, max(case when event = 'outcome' then at end) as last from events where event in ('intent', 'outcome') and mac is not null group by mac",
    );
    const moments = spans
      .flatMap(({ first, last }) => [
        { at: first, by: 1 },
        { at: last, by: -1 },
      ])
      .toSorted((a, b) => (a.at === b.at ? a.by - b.by : a.at < b.at ? -1 : 1));
    let now = 0;
    return moments.reduce((top, { by }) => Math.max(top, (now += by)), 0);
  }

  it('loses no phone, posts each step once, and keeps to its slots, whoever is killed, frozen or cut off', async () => {
    const random = seeded(74);
    const names = Object.keys(sites) as SiteName[];
    const workers = new Map(names.map((name) => [name, worker(name)]));
    const resume = ['resume', '--yes', '--db', db, '--config', config];
    const plan = ['migrate', '--db', db, '--sites', 'all', '--max-upgrading', String(most), ...reach];
    let planner = start('planner', plan);
    let code: number | null | undefined;
    const follow = (one: Process): void => {
      void one.done.then((ended) => {
        if (one === planner) code = ended;
      });
    };
    follow(planner);
    /** One that ended as its database did not answer is begun again, as a job would; one that was killed before its run began leaves none. */
    const again = (): void => {
      code = undefined;
      planner = start('planner', planner.said.includes('There is no run to resume') ? plan : resume);
      follow(planner);
    };
    let kill = 0;
    for (; kill < kills && code !== 0; kill += 1) {
      await pause(500 + random() * 1_500);
      if (code === 0) break;
      if (code !== undefined) again();
      const site = names[Math.floor(random() * names.length)] ?? 'berlin';
      const victim = workers.get(site);
      switch (kill % 4) {
        case 0:
          victim?.child.kill('SIGKILL');
          await victim?.done;
          workers.set(site, worker(site));
          break;
        case 1: {
          const before = planner;
          planner = { ...before } as Process;
          before.child.kill('SIGKILL');
          await before.done;
          planner = start('planner', resume);
          follow(planner);
          break;
        }
        case 2:
          await cluster().stop();
          await pause(500);
          await cluster().start();
          break;
        case 3:
          victim?.child.kill('SIGSTOP');
          await pause(leaseMs * 2);
          victim?.child.kill('SIGCONT');
          break;
      }
    }
    for (let tries = 0; tries < 5 && (await planner.done) !== 0; tries += 1) again();
    expect([await planner.done, planner.said]).toEqual([0, expect.any(String)]);

    const { report } = await runForReport(['report', '--db', db, '--no-config']);
    const { byOutcome, noAnswerByCode } = report.totals;
    // There are 762 addresses at the three sites.
    expect({ byOutcome, noAnswerByCode }).toMatchObject({
      byOutcome: { done: phones },
      noAnswerByCode: { 'connect-reset': 762 - phones },
    });
    expect(new Set(report.phones.map(({ mac }) => mac)).size).toBe(report.phones.length);
    for (const phone of simulator.phones) {
      const posts = simulator.log.filter(({ method, mac }) => method === 'POST' && mac === phone.mac);
      expect([phone.mac, posts.length, phone.violations]).toEqual([phone.mac, 1, []]);
    }
    expect(await mostAtOnce()).toBeLessThanOrEqual(most);
    for (const [, one] of workers) {
      one.child.kill('SIGTERM');
      expect(await one.done).toBe(0);
    }
    // What remains are those that were killed.
    const remembered = await rowsOf<{ pid: number }>(db, 'select pid from workers');
    const living = [...workers.values()].map(({ child }) => child.pid);
    expect(remembered.filter(({ pid }) => living.includes(pid))).toEqual([]);
    expect(kill).toBeGreaterThanOrEqual(runs(4, 20));
  }, 900_000);
});
