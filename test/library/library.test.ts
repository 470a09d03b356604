import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  audit,
  type AuditOptions,
  migrate,
  type MigrateOptions,
  type RunEvent,
  type RunQuestion,
  UsageError,
} from '../../src/index.js';
import { quickProfile } from '../support/command/quick-profile.js';
import { temporaryFolder } from '../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../support/network.js';
import { holdToSchema } from '../support/reports/published-schemas.js';
import { parseReport, readReport } from '../support/reports/report-schema.js';

describe('a run that a program starts', () => {
  const folder = temporaryFolder();
  let network: Network;
  let count = 0;
  afterAll(() => folder.remove());
  afterEach(() => network.close());

  /** Each run has a store of its own, and phone locks of its own: simulated phones of different tests have the same MACs. */
  const reach = (): AuditOptions => {
    count += 1;
    mkdirSync(folder.file(`locks-${count}`));
    return {
      subnet: network.subnet,
      httpPort: network.simulator.httpPort,
      httpsPort: network.simulator.httpsPort,
      insecure: true,
      timeout: 3_000,
      db: folder.file(`run-${count}.db`),
    };
  };
  const moving = (profile = quickProfile(folder.path, 'mpp-to-enterprise')): MigrateOptions => ({
    ...reach(),
    lockFolder: folder.file(`locks-${count}`),
    profile,
    files: network.files,
  });
  const phones = async (...devices: Parameters<typeof startNetwork>): Promise<void> => {
    network = await startNetwork(...devices);
  };

  it('tells what happens as it happens, and then its report; prints nothing and catches no signal', async () => {
    await phones([{ model: '8841', count: 2 }, { kind: 'printer' }]);
    const written = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write'));
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit', 'uncaughtException'];
    const before = signals.map((name) => process.listenerCount(name));
    const run = audit(reach());
    const events: RunEvent[] = [];
    for await (const event of run) {
      events.push(event);
      expect(signals.map((name) => process.listenerCount(name))).toEqual(before);
    }
    const report = await run.report;
    expect(written.flatMap((spy) => spy.mock.calls)).toEqual([]);
    for (const spy of written) spy.mockRestore();
    for (const event of events) holdToSchema('events', event);
    expect(events.map(({ event }) => event).filter((name, at, all) => all.indexOf(name) === at)).toEqual(
      expect.arrayContaining(['run-started', 'phone', 'state', 'outcome', 'survey-finished', 'run-finished']),
    );
    expect(events.at(-1)?.event).toBe('run-finished');
    expect(parseReport(JSON.stringify(report)).totals.byOutcome).toMatchObject({ audited: 2, 'not-a-phone': 1 });
  });

  it('migrates when it is confirmed, and writes its reports', async () => {
    await phones([{ model: '8841' }]);
    const into = folder.file('reports');
    mkdirSync(into);
    const { report } = migrate({ ...moving(), confirmed: true, report: `${into}/night-{date}-{run}.json` });
    const { run, phones: listed } = await report;
    expect(listed).toEqual([expect.objectContaining({ outcome: 'done', touched: true })]);
    const [name = ''] = readdirSync(into);
    expect(name).toContain(run.id);
    expect(readReport(`${into}/${name}`).run.id).toBe(run.id);
  });

  it('asks before it writes, with the plan, and leaves every phone alone when the answer is no', async () => {
    await phones([{ model: '8841', count: 2 }, { model: '8851' }]);
    const confirm = jest.fn((_question: RunQuestion) => false);
    const report = await migrate({ ...moving(), waves: '1,100%', confirm }).report;
    expect(confirm).toHaveBeenCalledTimes(1);
    expect(confirm).toHaveBeenCalledWith({
      phones: expect.arrayContaining([
        {
          address: expect.any(String),
          mac: expect.stringMatching(/^[0-9A-F]{12}$/),
          model: '8851',
          softwareVersion: expect.stringContaining('sip88xx'),
          plan: [{ step: 'convert', load: expect.stringContaining('sip88xx') }],
        },
      ]),
      ...{ waves: [1, 2], stay: 0, underWay: 0 },
      text: expect.stringContaining('About to write to 3 phones in 2 waves'),
    });
    expect(report.run.declined).toBe(true);
    expect(network.posts()).toEqual([]);
  });

  it('writes when the answer comes as yes, and not for anything that only looks like it', async () => {
    await phones([{ model: '8841' }]);
    const odd = (() => 'yes') as unknown as () => boolean;
    expect((await migrate({ ...moving(), confirm: odd }).report).run.declined).toBe(true);
    const report = await migrate({ ...moving(), confirm: () => Promise.resolve(true) }).report;
    expect(report.totals.byOutcome).toMatchObject({ done: 1 });
  });

  it('writes nothing when what is asked throws, and rejects with that', async () => {
    await phones([{ model: '8841' }]);
    const broken = migrate({
      ...moving(),
      confirm: () => {
        throw new RangeError('no answer');
      },
    });
    const events: string[] = [];
    const loop = (async () => {
      for await (const { event } of broken) events.push(event);
    })();
    await expect(broken.report).rejects.toThrow('no answer');
    await expect(loop).rejects.toThrow('no answer');
    expect(events.at(-1)).toBe('run-finished');
    expect(network.posts()).toEqual([]);
  });

  it('winds down when its signal is aborted: what is under way is watched, the rest is aborted', async () => {
    await phones([{ model: '8841', count: 4 }], { timeScale: 200 });
    const controller = new AbortController();
    const profile = quickProfile(folder.path, 'mpp-to-enterprise', { settle: '300ms', stopGrace: '20s' });
    const run = migrate({ ...moving(profile), confirmed: true, concurrency: 1, signal: controller.signal });
    for await (const event of run) if (event.event === 'state' && event.state === 'submitted') controller.abort();
    const { run: summary, totals } = await run.report;
    expect(summary.interrupted).toBe('stopped by its program');
    expect(totals.byOutcome).toMatchObject({ done: expect.any(Number), aborted: expect.any(Number) });
    expect(totals.byOutcome.unverified).toBeUndefined();
  });

  it('ends at once when it is told so', async () => {
    await phones([{ model: '8841', count: 2 }], { timeScale: 5 });
    const run = migrate({ ...moving(), confirmed: true });
    for await (const event of run) if (event.event === 'state' && event.state === 'submitted') run.stop('now');
    const report = await run.report;
    expect(report.phones.find(({ touched }) => touched)).toMatchObject({
      outcome: 'unverified',
      failure: { code: 'stopped-watching' },
    });
  });

  it('has every target in its report when it is ended while phones are read', async () => {
    await phones([{ model: '8841', count: 6 }]);
    const run = audit({ ...reach(), concurrency: 1, probeConcurrency: 1 });
    for await (const { event } of run) if (event === 'phone') run.stop('now');
    const { totals } = await run.report;
    // Without the subnet's first and last address.
    expect(totals.targets).toBe(2 ** (32 - Number(network.subnet.split('/')[1])) - 2);
    expect(Object.values(totals.byOutcome).reduce((sum, count) => sum + count, 0)).toBe(totals.targets);
    expect(totals.byOutcome.aborted).toBeGreaterThan(0);
  });

  it('does not begin when its signal was aborted before', async () => {
    await phones([{ model: '8841' }]);
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(audit({ ...reach(), signal }).report).rejects.toThrow('too late');
    expect(existsSync(folder.file(`run-${count}.db`))).toBe(false);
    expect(network.simulator.log).toEqual([]);
  });

  it('goes on when its loop is left, and when nobody reads', async () => {
    await phones([{ model: '8841', count: 3 }]);
    const left = audit(reach());
    for await (const { event } of left) if (event === 'phone') break;
    expect((await left.report).totals.byOutcome).toMatchObject({ audited: 3 });
    const stuck = audit(reach());
    const loop = stuck[Symbol.asyncIterator]();
    await loop.next();
    expect((await stuck.report).totals.byOutcome).toMatchObject({ audited: 3 });
    expect((await loop.next()).done).toBe(false);
  });

  it('finishes what a run that was stopped has left under way, before it moves others', async () => {
    await phones([{ model: '8841' }], { timeScale: 100 });
    const options = { ...moving(quickProfile(folder.path, 'mpp-to-enterprise')), confirmed: true, waves: '1,100%' };
    const first = migrate(options);
    for await (const event of first) if (event.event === 'state' && event.state === 'submitted') first.stop('now');
    const left = (await first.report).phones.find(({ outcome }) => outcome === 'unverified')?.mac;
    const { phones: listed } = await migrate(options).report;
    expect(listed.find(({ mac }) => mac === left)?.outcome).toBe('already-done');
    expect(network.posts().filter(({ mac }) => mac === left)).toHaveLength(1);
  });

  describe('is refused before anything is contacted, with all that is wrong', () => {
    beforeEach(() => phones([{ model: '8841' }]));

    const wrong: [string, () => unknown, RegExp][] = [
      ['no targets', () => ({ subnet: undefined }), /subnet/],
      [
        'an unknown option',
        () => ({ subnets: '10.0.0.0/24' }),
        /subnets: there is no such option; did you mean subnet\?/,
      ],
      ['what only a command line has', () => ({ output: 'json' }), /output: there is no such option/],
      ['a value that is none', () => ({ subnet: '10.0.0.0/33' }), /--subnet 10\.0\.0\.0\/33: .*prefix length/],
      ['a text for a switch', () => ({ insecure: 'false' }), /insecure: true or false is expected, not "false"/],
      ['no number', () => ({ httpPort: Number.NaN }), /httpPort: a number is expected, not NaN/],
      ['null', () => ({ timeout: null }), /timeout: a text is expected, not null/],
      ['a list where one is meant', () => ({ timeout: ['1s', '2s'] }), /timeout: a text is expected, not a list/],
      ['no signal', () => ({ signal: 'SIGINT' }), /signal: an AbortSignal is expected/],
      ['no folder for its report', () => ({ report: 'none/a.json' }), /its folder does not exist/],
    ];
    it.each(wrong)('%s', async (_what, more, says) => {
      const run = audit({ ...reach(), ...(more() as AuditOptions) });
      await expect(run.report).rejects.toThrow(says);
      await expect(run.report).rejects.toBeInstanceOf(UsageError);
      await expect(
        (async () => {
          for await (const event of run) throw new Error(event.event);
        })(),
      ).rejects.toBeInstanceOf(UsageError);
      expect(network.simulator.log).toEqual([]);
    });

    const unwanted: [string, Partial<MigrateOptions>, RegExp][] = [
      ['a migration that nobody confirms', {}, /add confirmed: true, or confirm to be asked, or dryRun: true/],
      ['both ways to confirm', { confirmed: true, confirm: () => true }, /leave one of them out/],
      ['first passwords without confirmed', { setInitialPassword: true, confirm: () => true }, /add confirmed: true/],
      [
        'a file server that is away',
        { confirmed: true, files: 'http://127.66.0.99:9' },
        /this file server is not there/,
      ],
    ];
    it.each(unwanted)('%s', async (_what, more, says) => {
      await expect(migrate({ ...moving(), ...more }).report).rejects.toThrow(says);
      expect(network.simulator.log).toEqual([]);
    });

    it('writing options for an audit', async () => {
      const options = { ...reach(), profile: 'mpp-to-enterprise' } as AuditOptions;
      await expect(audit(options).report).rejects.toThrow(/profile: there is no such option/);
    });
  });

  it('takes a configuration file only where it is named, and never the variables of the command line', async () => {
    await phones([{ model: '8841', count: 2 }]);
    const { subnet, ...others } = reach();
    writeFileSync(folder.file('sites.yaml'), `subnet: ${String(subnet)}\nlimit: 1\n`);
    process.env['FLEET_MIGRATE_LIMIT'] = '1';
    try {
      expect((await audit({ ...others, subnet }).report).totals.byOutcome).toMatchObject({ audited: 2 });
      const { totals } = await audit({ ...others, config: folder.file('sites.yaml') }).report;
      expect(totals).toMatchObject({ byOutcome: { audited: 1 }, beyondLimit: expect.any(Number) });
    } finally {
      delete process.env['FLEET_MIGRATE_LIMIT'];
    }
  });

  it('tells what does not keep it from beginning, and writes a log where one is named', async () => {
    await phones([{ model: '8841' }]);
    writeFileSync(folder.file('idle.yaml'), 'tryPasswords: true\n');
    const warnings: string[] = [];
    const warn = (sentence: string): void => void warnings.push(sentence);
    await audit({ ...reach(), config: folder.file('idle.yaml'), logFile: folder.file('run.log'), warn }).report;
    expect(warnings).toEqual([expect.stringContaining('--try-passwords does nothing without a password')]);
    expect(readFileSync(folder.file('run.log'), 'utf8')).toContain('run-finished');
  });
});
