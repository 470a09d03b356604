import { describe, expect, it } from '@jest/globals';
import { type Log, silentLog } from '../../src/domain/ports/log.js';
import { parseWaves } from '../../src/domain/pacing/waves.js';
import { unpaced } from '../../src/fleet/pacing/pacing.js';
import { StopControl } from '../../src/fleet/stop-control.js';
import { Actor } from './support/actor.js';
import { addresses, bench, type Bench, mac, mpp, mppToEnterprise, phone, sumOf, targets } from './support/fleet.js';
import { fails } from './support/network.js';

const { stopGrace } = mppToEnterprise.timing;

/** A fleet of well-behaved phones. */
function fleet(count: number, concurrency = 4): Bench & { actors: Actor[] } {
  const run = bench({ options: { concurrency } });
  const actors = addresses(count).map(
    (address, index) => new Actor(run.clock, run.network, address, { mac: mac(index) }),
  );
  return { ...run, actors };
}

describe('asking to stop', () => {
  it('winds up at first, ends at the second time, and remembers who asked first', () => {
    const stop = new StopControl();
    expect([stop.gently.aborted, stop.now.aborted, stop.reason]).toEqual([false, false, null]);
    stop.request('SIGTERM');
    expect([stop.gently.aborted, stop.now.aborted, stop.reason]).toEqual([true, false, 'SIGTERM']);
    stop.request('SIGINT');
    expect([stop.gently.aborted, stop.now.aborted, stop.reason]).toEqual([true, true, 'SIGTERM']);
  });

  it.each(['before', 'after'])(
    'calls whoever asked to be told %s it, once, and only when they have the answer',
    async (when) => {
      const stop = new StopControl();
      const calls: string[] = [];
      if (when === 'after') stop.request('SIGTERM');
      const forget = stop.onGently(() => void calls.push(typeof forget));
      stop.onGently(() => void calls.push('taken back'))();
      if (when === 'before') stop.request('SIGTERM');
      await Promise.resolve();
      stop.request('SIGTERM');
      await Promise.resolve();
      expect(calls).toEqual(['function']);
    },
  );
});

describe('a first stop', () => {
  it('while phones are being started: no more are, also of those that stand in the queue', async () => {
    const run = fleet(50);
    const usual = run.context.notify;
    run.context.notify = (event) => {
      usual(event);
      if (event.event === 'intent' && run.events.filter((each) => each.event === 'intent').length === 3)
        run.stop.request('SIGINT');
    };
    const report = await run.go();
    // Those that were past the last check have posted; none of the others was even looked at again.
    expect(run.network.asked('post').length).toBeLessThanOrEqual(4);
    const aborted = report.phones.filter(({ outcome }) => outcome === 'aborted');
    expect(aborted.length).toBe(50 - run.network.asked('post').length);
    for (const each of aborted)
      expect(each).toMatchObject({ touched: false, failure: { code: 'stopped-before-start' } });
    expect(aborted[0]?.failure?.message).toContain('SIGINT');
    const lookedAtAgain = aborted.filter(({ address }) => run.network.asked('look', address).length > 1);
    expect(lookedAtAgain.length).toBeLessThanOrEqual(4);
    expect(report.run.interrupted).toBe('SIGINT');
    expect(sumOf(report)).toBe(50);
  });

  it('with waves and slots: those that would only wait for a slot of the next wave are not started, like all others', async () => {
    const run = bench({ options: { pacing: { ...unpaced, waves: parseWaves('1,100%'), maxUpgrading: 2 } } });
    addresses(8).map((address, index) => new Actor(run.clock, run.network, address, { mac: mac(index) }));
    void run.clock.wait(30_000).then(() => run.stop.request('SIGTERM'));
    const report = await run.go();
    expect(report.totals.byOutcome).toEqual({ aborted: 7, unverified: 1 });
    for (const { outcome, failure } of report.phones)
      expect([outcome, failure?.code]).toEqual(
        outcome === 'aborted' ? ['aborted', 'stopped-before-start'] : ['unverified', 'stopped-watching'],
      );
  });

  it('between the guard and the write: the phone stays untouched', async () => {
    const run = fleet(1);
    const look = run.actors[0]!.look.bind(run.actors[0]);
    let looks = 0;
    run.actors[0]!.look = () => {
      if ((looks += 1) === 2) run.stop.request('SIGINT');
      return look();
    };
    expect((await run.go()).phones[0]).toMatchObject({ outcome: 'aborted', touched: false });
    expect(run.network.asked('post')).toEqual([]);
  });

  it('while phones are under way: they are watched for the grace, then reported as not seen to the end', async () => {
    const run = fleet(3);
    run.actors[2]!.manner.upgradeMs = 60_000;
    void run.clock.wait(50_000).then(() => run.stop.request('SIGINT'));
    const started = run.clock.now();
    const report = await run.go();
    expect(report.phones.map(({ outcome }) => outcome)).toEqual(['unverified', 'unverified', 'done']);
    expect(report.phones[0]?.failure?.code).toBe('stopped-watching');
    const took = run.clock.now() - started - 50_000;
    expect(took).toBeGreaterThanOrEqual(stopGrace);
    expect(took).toBeLessThan(stopGrace + 1_000);
  });

  it('between two steps: touched, with its first step done', async () => {
    const run = bench();
    const actor = new Actor(run.clock, run.network, '10.0.0.1', { softwareVersion: 'sip88xx.11-3-7MPP0001-52' });
    const usual = run.context.notify;
    run.context.notify = (event) => {
      usual(event);
      if (event.event === 'state' && event.state === 'continuing') run.stop.request('SIGINT');
    };
    expect((await run.go()).phones[0]).toMatchObject({
      outcome: 'failed',
      touched: true,
      failure: { code: 'stopped-between-steps' },
    });
    expect(actor.posts).toBe(1);
  });

  it('while a phone in a call is waited for: at once, untouched', async () => {
    const run = bench();
    new Actor(run.clock, run.network, '10.0.0.1', { busy: true });
    void run.clock.wait(20_000).then(() => run.stop.request('SIGINT'));
    const started = run.clock.now();
    expect((await run.go()).phones[0]?.outcome).toBe('aborted');
    expect(run.clock.now() - started).toBeLessThan(21_000);
  });

  it('during the survey: what was not asked is counted as aborted, and nobody is asked for confirmation', async () => {
    const run = bench({ targets: targets(addresses(5_000)), options: { probeConcurrency: 10 } });
    for (const [index, address] of addresses(5_000).entries())
      if (index % 7 === 0) run.network.places.set(address, { look: () => phone(mpp({ mac: mac(index) })) });
    void run.clock.wait(20_000).then(() => run.stop.request('SIGTERM'));
    let asked = false;
    const report = await run.go({ confirm: async () => (asked = true) });
    expect(report.totals.targets).toBe(5_000);
    expect(sumOf(report)).toBe(5_000);
    expect(report.totals.byOutcome.aborted).toBeGreaterThan(4_000);
    expect(asked).toBe(false);
    expect(run.network.asked('post')).toEqual([]);
  });
});

describe('a second stop', () => {
  it('during the survey ends the run at once, and every target has its outcome', async () => {
    const all = addresses(300);
    const errors: string[] = [];
    const log: Log = { ...silentLog, error: (text) => void errors.push(text) };
    const run = bench({ targets: targets(all), options: { probeConcurrency: 50, concurrency: 5 }, log });
    for (const [index, address] of all.entries()) {
      const slowly = async (): Promise<void> => run.clock.wait(20_000);
      if (index % 3 === 0)
        run.network.places.set(address, { look: () => slowly().then(() => phone(mpp({ mac: mac(index) }))) });
      if (index % 3 === 1)
        run.network.places.set(address, {
          probe: () => slowly().then(() => fails('malformed-response')),
          look: () => fails('connection-lost'),
        });
    }
    void run.clock.wait(25_000).then(() => {
      run.stop.request('SIGINT');
      run.stop.request('SIGINT');
    });
    const started = run.clock.now();
    const report = await run.go();
    expect(run.clock.now() - started).toBe(25_000);
    expect(sumOf(report)).toBe(report.totals.targets);
    // Those that answered and were being read are listed, those that were only being asked are counted.
    const halfRead = report.phones.filter(({ outcome, family }) => outcome === 'aborted' && family === null);
    expect(halfRead.length).toBeGreaterThanOrEqual(5);
    const told = run.events.length;
    // What was under way comes to its end later, and says nothing any more.
    await run.clock.pass(600_000);
    expect(run.events).toHaveLength(told);
    expect(run.events.at(-1)?.event).toBe('run-finished');
    expect(errors).toEqual([]);
  });

  it.each([10, 60, 5_000, 200_000])(
    'after %i ms of migrating: at once, touched and untouched kept apart',
    async (ms) => {
      const run = fleet(30, 3);
      const errors: string[] = [];
      const tell = (text: string): void => void errors.push(text);
      run.context.log = { ...silentLog, error: tell, child: () => ({ ...silentLog, error: tell }) };
      void run.clock.wait(ms).then(() => {
        run.stop.request('SIGINT');
        run.stop.request('SIGINT');
      });
      const report = await run.go();
      expect(sumOf(report)).toBe(30);
      const posted = new Set(run.network.asked('post').map(({ address }) => address));
      await run.clock.pass(600_000);
      const postedLater = run.network.asked('post').filter(({ address }) => !posted.has(address));
      expect(postedLater).toEqual([]);
      expect(errors).toEqual([]);
      for (const { address, touched, outcome } of report.phones) {
        expect(touched).toBe(posted.has(address));
        expect(outcome).toBe(touched ? 'unverified' : 'aborted');
      }
    },
  );

  it('leaves a conversation that breaks only afterwards without a word', async () => {
    const run = fleet(1);
    const errors: string[] = [];
    const tell = (text: string): void => void errors.push(text);
    run.context.log = { ...silentLog, error: tell, child: () => ({ ...silentLog, error: tell }) };
    const usual = run.actors[0]!.look.bind(run.actors[0]);
    let looks = 0;
    run.actors[0]!.look = () => {
      if ((looks += 1) === 1) return usual();
      run.stop.request('SIGINT');
      run.stop.request('SIGINT');
      return fails('tls-failed');
    };
    expect((await run.go()).phones[0]).toMatchObject({ outcome: 'aborted', failure: { code: 'stopped-before-start' } });
    await run.clock.pass(60_000);
    expect(errors).toEqual([]);
  });
});

describe('a run that is not confirmed', () => {
  it('leaves every phone untouched', async () => {
    const run = fleet(3);
    const report = await run.go({ confirm: async () => false });
    expect(report.totals.byOutcome).toEqual({ aborted: 3 });
    expect(report.phones[0]?.failure).toMatchObject({ code: 'not-confirmed', message: 'The run was not confirmed.' });
    expect(run.network.asked('post')).toEqual([]);
  });

  it('because it was stopped while asking says that instead', async () => {
    const run = fleet(1);
    const report = await run.go({
      confirm: async () => {
        run.stop.request('SIGINT');
        return false;
      },
    });
    expect(report.phones[0]?.failure?.message).toContain('SIGINT');
  });
});
