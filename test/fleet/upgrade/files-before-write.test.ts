import { describe, expect, it } from '@jest/globals';
import { parseWaves } from '../../../src/domain/pacing/waves.js';
import type { FileCheck } from '../../../src/files/file-check.js';
import type { Preflight } from '../../../src/files/preflight.js';
import { type Pacing, unpaced } from '../../../src/fleet/pacing/pacing.js';
import { Actor } from '../support/actor.js';
import { FakeClock } from '../support/fake-clock.js';
import { addresses, bench, type Bench, m2eLoad, mac, mppToEnterprise } from '../support/fleet.js';

const minute = 60_000;
const { idleWait } = mppToEnterprise.timing;

/** A file server that is as a test says at any time, by what the preflight remembers of it between waves. */
class Server implements Preflight {
  /** Loads and MACs whose files are missing. */
  readonly missing = new Set<string>();
  /** Since when (monotonic, ms) it does not answer. */
  awaySince: number | null = null;
  /** Whether this machine lets nothing out (`EPERM`). */
  refusedHere = false;
  wavesBegun = 0;
  readonly #kept = new Map<string, FileCheck>();

  constructor(private readonly clock: FakeClock) {}

  firmware = (url: string, load: string): Promise<FileCheck> => this.#check(url, load, 'firmware-missing');
  license = (url: string, of: string): Promise<FileCheck> => this.#check(url, of, 'license-missing');

  anew(ageMs: number): void {
    this.wavesBegun += 1;
    if (ageMs === 0) this.#kept.clear();
  }

  async #check(url: string, name: string, code: 'firmware-missing' | 'license-missing'): Promise<FileCheck> {
    const kept = this.#kept.get(url);
    if (kept) return kept;
    const refused = { ok: false as const, url, warnings: [] };
    if (this.refusedHere) return { ...refused, code: 'local-refused', message: 'Not permitted here.' };
    if (this.awaySince !== null) {
      const troubleForMs = this.clock.monotonic() - this.awaySince;
      return { ...refused, code: 'files-unreachable', message: 'It is away.', troubleForMs };
    }
    const found: FileCheck = this.missing.has(name)
      ? { ...refused, code, message: `${name} is gone.` }
      : { ok: true, url, bytes: 1, warnings: [] };
    this.#kept.set(url, found);
    return found;
  }
}

/** Phones of two load families in turns, or of one, and what happens when the `wave`th begins. */
function fleet(
  count: number,
  pace: Partial<Pacing>,
  happens: { wave: number; then: (server: Server, clock: FakeClock) => void },
  twoFamilies = true,
): Bench & { server: Server; actors: Actor[] } {
  const clock = new FakeClock();
  const server = new Server(clock);
  const anew = server.anew.bind(server);
  server.anew = (ageMs) => {
    anew(ageMs);
    if (server.wavesBegun === happens.wave) happens.then(server, clock);
  };
  const run = bench({ clock, preflight: server, options: { pacing: { ...unpaced, ...pace } } });
  const actors = addresses(count).map((address, index) => {
    const is7841 = twoFamilies && index % 2 === 1;
    const model = is7841
      ? { model: '7841', productId: 'CP-7841-3PCC', softwareVersion: 'sip78xx.12-0-3MPP0001-87' }
      : {};
    return new Actor(clock, run.network, address, { mac: mac(index + 1), ...model });
  });
  return { ...run, server, actors };
}

describe('firmware that is gone when a wave begins', () => {
  it('blocks the phones of its family in that wave, without contacting them, and no others', async () => {
    const run = fleet(12, { waves: parseWaves('2,4,100%') }, { wave: 2, then: ({ missing }) => missing.add(m2eLoad) });
    // It is back for the third wave.
    const { anew } = run.server;
    run.server.anew = (ageMs) => {
      anew(ageMs);
      if (run.server.wavesBegun === 3) run.server.missing.clear();
    };
    const report = await run.go();
    const blocked = report.phones.filter(({ outcome }) => outcome === 'blocked');
    expect(blocked.map(({ model, touched, failure }) => [model, touched, failure?.code])).toEqual([
      ['8841', false, 'firmware-missing'],
      ['8841', false, 'firmware-missing'],
    ]);
    expect(report.totals.byOutcome).toEqual({ blocked: 2, done: 10 });
    for (const { address } of blocked) expect(run.network.asked('look', address)).toHaveLength(1);
    expect(run.server.wavesBegun).toBe(3);
  });

  it('blocks no more of them where a phone of the wave is in a call, and is replaced minutes later', async () => {
    // Whichever of the others it is.
    for (let inCall = 1; inCall < 20; inCall += 2) {
      const run = fleet(
        20,
        { waves: parseWaves('2,8,100%') },
        { wave: 2, then: ({ missing }) => missing.add(m2eLoad) },
      );
      const { anew } = run.server;
      run.server.anew = (ageMs) => {
        anew(ageMs);
        if (run.server.wavesBegun === 3) run.server.missing.clear();
      };
      run.actors[inCall]!.facts = { ...run.actors[inCall]!.facts, busy: true };
      const { totals } = await run.go();
      expect(totals.byOutcome).toEqual({ blocked: 4, deferred: 1, done: 15 });
    }
  });

  it('stops the run where nothing was written before: the next wave would be the first', async () => {
    const gone = { wave: 1, then: (server: Server) => (server.anew(0), server.missing.add(m2eLoad)) };
    const report = await fleet(6, { waves: parseWaves('1,100%') }, gone, false).go();
    expect(report.totals.byOutcome).toEqual({ blocked: 1, aborted: 5 });
    expect(report.run.abortedBy).toMatch(/^Nothing was written in wave 1, so wave 2 was not opened: .* is gone\./);
    expect(report.phones.filter(({ failure }) => failure?.code === 'wave-not-proven')).toHaveLength(5);
  });

  it('is another phone’s place in that wave', async () => {
    const gone = { wave: 1, then: (server: Server) => (server.anew(0), server.missing.add(m2eLoad)) };
    const report = await fleet(6, { waves: parseWaves('1,100%') }, gone).go();
    // Every phone of the 7800 series is done, whichever came first.
    expect(report.phones.filter(({ outcome }) => outcome === 'done').map((one) => one.mac)).toEqual([2, 4, 6].map(mac));
    expect(report.run.abortedBy).toBeNull();
  });
});

describe('a license that is gone when a wave begins', () => {
  it('blocks its phone', async () => {
    const run = fleet(
      6,
      { waves: parseWaves('1,100%') },
      {
        wave: 2,
        then: ({ missing }) => [1, 2, 3, 4, 5, 6].forEach((n) => missing.add(mac(n))),
      },
    );
    const report = await run.go();
    expect(report.totals.byOutcome).toEqual({ blocked: 5, done: 1 });
    expect(new Set(report.phones.map(({ failure }) => failure?.code))).toEqual(new Set(['license-missing', undefined]));
  });
});

describe('a file server that is away when a wave begins', () => {
  const away = (ms: number) => ({
    wave: 2,
    then: (server: Server, clock: FakeClock) => {
      server.awaySince = clock.monotonic();
      clock.after(ms, () => (server.awaySince = null));
    },
  });

  it('for a moment costs no phone', async () => {
    const report = await fleet(40, { waves: parseWaves('1,100%'), maxUpgrading: 10 }, away(idleWait - minute)).go();
    expect(report.totals.byOutcome).toEqual({ done: 40 });
  });

  it('for good blocks the phones once it has been away for as long as a phone in a call is waited for', async () => {
    const run = fleet(40, { waves: parseWaves('1,100%'), maxUpgrading: 2 }, away(24 * 60 * minute));
    let since = 0;
    const { anew } = run.server;
    run.server.anew = (ageMs) => {
      anew(ageMs);
      since = run.clock.monotonic();
    };
    const report = await run.go();
    expect(report.totals.byOutcome).toEqual({ done: 1, blocked: 39 });
    expect(report.phones.every(({ touched, failure }) => touched || failure?.code === 'files-unreachable')).toBe(true);
    // Not for each of them.
    expect(run.clock.monotonic() - since).toBeLessThan(idleWait + 2 * minute);
  });

  it('lets a stop through', async () => {
    const run = fleet(
      4,
      { waves: parseWaves('1,100%') },
      {
        wave: 2,
        then: (server, clock) => {
          server.awaySince = clock.monotonic();
          clock.after(minute, () => run.stop.request('SIGINT'));
        },
      },
    );
    expect((await run.go()).totals.byOutcome).toEqual({ done: 1, aborted: 3 });
  });
});

describe('a machine that cannot ask for files', () => {
  it('says nothing of them: its phones are not blocked, but tried again by the next run', async () => {
    const run = fleet(3, { waves: parseWaves('1,100%') }, { wave: 2, then: (server) => (server.refusedHere = true) });
    const report = await run.go();
    expect(report.totals.byOutcome).toEqual({ done: 1, deferred: 2 });
    expect(report.phones.flatMap(({ failure }) => failure?.code ?? [])).toEqual(['local-refused', 'local-refused']);
  });
});

describe('a file server that stumbles while phones are read', () => {
  it.each([
    [20_000, { planned: 3 }],
    [10 * minute, { blocked: 3 }],
  ])('for %d ms', async (ms, outcomes) => {
    const run = fleet(3, {}, { wave: 9, then: () => {} });
    run.context.options.dryRun = true;
    run.server.awaySince = run.clock.monotonic();
    run.clock.after(ms, () => (run.server.awaySince = null));
    expect((await run.go()).totals.byOutcome).toEqual(outcomes);
  });
});
