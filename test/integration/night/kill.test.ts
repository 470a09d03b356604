import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  builtinScenarios,
  type RequestLogEntry,
  type Simulator,
  startSimulator,
} from '../../../src/simulator/index.js';
import { describeInPostgres, useCluster } from '../../store/support/open-test-store.js';
import { apart, builtCommand, runCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { isDeep, runs } from '../../support/depth.js';

/** How a run is ended over and over, and how large it is. */
interface Variant {
  signal: 'SIGKILL' | 'SIGTERM';
  phones: number;
  kills: number;
  subnet: string;
  /** Its addresses. */
  targets: number;
  /** More kills than this came in time. */
  atLeast: number;
}

const variants: readonly Variant[] = [
  {
    ...{ signal: 'SIGKILL', phones: runs(24, 200), kills: runs(4, 100) },
    ...{ subnet: runs('127.71.0.0/26', '127.71.0.0/24'), targets: runs(62, 254), atLeast: runs(2, 20) },
  },
  {
    ...{ signal: 'SIGTERM', phones: runs(12, 50), kills: runs(2, 25) },
    ...{ subnet: runs('127.72.0.0/28', '127.72.0.0/26'), targets: runs(14, 62), atLeast: runs(0, 3) },
  },
];

/** A small seeded generator, so that every run of this test kills at the same points. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Where a process is killed: after so many pages were read, intents told, or posts answered. */
interface KillPoint {
  at: 'read' | 'intent' | 'posted';
  count: number;
}

describe.each(variants)('a run of $phones phones that $signal ends $kills times', (variant) => {
  const folder = temporaryFolder();
  testKills(variant, () => Promise.resolve(folder.file('runs.db')), folder);
});

describeInPostgres('with its store in PostgreSQL', () => {
  const cluster = useCluster();
  const [variant] = variants;
  if (variant === undefined) throw new Error('there is no variant');
  describe(`a run of ${variant.phones} phones that ${variant.signal} ends ${variant.kills} times`, () => {
    const newDatabase = async (): Promise<string> => {
      const db = await cluster().database();
      expect((await runCommand(['db', 'migrate', '--db', db, '--no-config'])).code).toBe(0);
      return db;
    };
    testKills({ ...variant, subnet: variant.subnet.replace('127.71', '127.73') }, newDatabase, temporaryFolder());
  });
});

/** @param newStore the path or address of a store without rows */
function testKills(
  { signal, phones, kills, subnet, targets, atLeast }: Variant,
  newStore: () => Promise<string>,
  folder: ReturnType<typeof temporaryFolder>,
): void {
  let db: string;
  let simulator: Simulator;
  let onRequest: (entry: RequestLogEntry) => void = () => {};

  beforeAll(async () => {
    db = await newStore();
    const scenario = builtinScenarios.plain({ subnet, seed: 71, phones });
    simulator = await startSimulator(scenario, {
      ...{ timeScale: 400, shortPages: !isDeep },
      onRequest: (entry) => onRequest(entry),
    });
  });
  afterAll(async () => {
    await simulator.close();
    folder.remove();
  });

  /** Runs the command until it ends, or is killed at the point; `null`: it was ended by the signal. */
  function runUntil(args: string[], point: KillPoint): Promise<number | null> {
    const child = spawn(process.execPath, [builtCommand, ...args, '--output', 'ndjson', '--db', db, '--no-config'], {
      stdio: ['ignore', 'pipe', signal === 'SIGKILL' ? 'inherit' : 'ignore'],
      env: { ...process.env, NODE_OPTIONS: '', ...apart() },
    });
    let left = point.count;
    const count = (at: KillPoint['at']): void => {
      if (at === point.at && (left -= 1) === 0) child.kill(signal);
    };
    onRequest = ({ method }) => count(method === 'POST' ? 'posted' : 'read');
    createInterface(child.stdout).on('line', (line) => {
      if (line.startsWith('{"event":"intent"')) count('intent');
    });
    return new Promise((resolve) => child.once('close', (code) => resolve(code === 143 ? null : code)));
  }

  it('loses no phone, posts each step at most once, and gives each phone one outcome', async () => {
    const random = seeded(71);
    const profile = quickProfile(folder.path, 'mpp-to-enterprise', {
      upgradeDeadline: '600s',
      stopGrace: '1ms',
    });
    const first = [
      ...['--subnet', subnet, '--http-port', String(simulator.httpPort), '--https-port', String(simulator.httpsPort)],
      ...[
        '--scheme',
        'http',
        '--timeout',
        '1s',
        '--probe-concurrency',
        '32',
        '--concurrency',
        '16',
        '--max-upgrading',
        String(Math.ceil(phones / 8)),
      ],
      ...['--profile', profile, '--files', simulator.files.url, '--yes'],
    ];
    let args = first;
    let killed = 0;
    for (; killed < kills; killed += 1) {
      const at = (['read', 'intent', 'posted'] as const)[Math.floor(random() * 3)] ?? 'read';
      const most = at === 'read' ? phones : 4;
      const code = await runUntil(args, { at, count: 1 + Math.floor(random() * most) });
      if (code !== null) break;
      args = ['resume', '--yes'];
    }
    onRequest = () => {};
    // Whatever the kills have left over is gone on with to the end.
    if (killed === kills) expect((await runCommand(['resume', '--yes', '--db', db, '--no-config'])).code).toBe(0);

    const { report } = await runForReport(['report', '--db', db, '--no-config']);
    const outcomes = Object.fromEntries(report.phones.map(({ mac, outcome }) => [mac, outcome]));
    expect(report.totals.targets).toBe(targets);
    expect(Object.values(report.totals.byOutcome).reduce((sum, count) => sum + (count ?? 0), 0)).toBe(targets);
    expect(new Set(report.phones.map(({ mac }) => mac)).size).toBe(phones);
    for (const phone of simulator.phones) {
      const posts = simulator.log.filter(({ method, mac }) => method === 'POST' && mac === phone.mac);
      expect([phone.mac, posts.length, outcomes[phone.mac], phone.violations]).toEqual([phone.mac, 1, 'done', []]);
    }
    expect(killed).toBeGreaterThan(atLeast);
  }, 600_000);
}
