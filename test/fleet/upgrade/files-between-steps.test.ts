import { describe, expect, it } from '@jest/globals';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import type { FileCheck } from '../../../src/files/file-check.js';
import type { Preflight } from '../../../src/files/preflight.js';
import { noopMemory } from '../../../src/fleet/memory/memory.js';
import { nothingCounted, type PreviousRun } from '../../../src/fleet/memory/resume.js';
import type { PhoneRecord } from '../../../src/fleet/record/phone-record.js';
import { restoreRecord, snapshotToKeep } from '../../../src/fleet/record/snapshot.js';
import { mayBeResumed } from '../../../src/domain/failures/failure-codes.js';
import { Actor } from '../support/actor.js';
import { FakeClock } from '../support/fake-clock.js';
import {
  addresses,
  bench,
  type Bench,
  enterprise,
  m2eLoad,
  mac,
  mppToEnterprise,
  phone,
  preflight,
  stepUpLoad,
} from '../support/fleet.js';

const minute = 60_000;
const { upgradeDeadline } = mppToEnterprise.timing;
const old = { softwareVersion: 'sip88xx.11-3-7MPP0001-52' };

/** What the server lacks, from when (monotonic, ms) it is away, and each look at a file with how old a result may have been. */
interface Server extends Preflight {
  missing: { firmware: string[]; license: string[] };
  awaySince: number | null;
  looks: { name: string; maxAgeMs: number | undefined }[];
}

function server(clock: FakeClock): Server {
  const missing: Server['missing'] = { firmware: [], license: [] };
  const usual = preflight(missing);
  const looks: Server['looks'] = [];
  const look = async (name: string, maxAgeMs: number | undefined, url: string, ask: () => Promise<FileCheck>) => {
    looks.push({ name, maxAgeMs });
    if (self.awaySince === null) return ask();
    const troubleForMs = clock.monotonic() - self.awaySince;
    return {
      ok: false as const,
      url,
      code: 'files-unreachable' as const,
      message: 'Away.',
      warnings: [],
      troubleForMs,
    };
  };
  const self: Server = {
    missing,
    looks,
    awaySince: null,
    firmware: (url, load, age) => look(load, age, url, () => usual.firmware(url, load)),
    license: (url, of, age) => look(of, age, url, () => usual.license(url, of)),
    anew: () => {},
  };
  return self;
}

/** Phones that must step up first; `then` happens as soon as the first of them has. */
function fleet(then: (server: Server, clock: FakeClock) => void, count = 1) {
  const clock = new FakeClock();
  const files = server(clock);
  const records = new Set<PhoneRecord>();
  const run = bench({
    clock,
    preflight: files,
    memory: { ...noopMemory, recordChanged: (record) => void records.add(record) },
    notify: (event) => {
      if (event.event !== 'state' || event.state !== 'continuing' || happened) return;
      happened = true;
      then(files, clock);
    },
  });
  let happened = false;
  const actors = addresses(count).map(
    (address, index) => new Actor(clock, run.network, address, { mac: mac(index + 1), ...old }),
  );
  return { ...run, files, records, actors };
}

/** What a run that has ended leaves to its resume. */
function resumed(records: ReadonlySet<PhoneRecord>, { context }: Bench): PreviousRun {
  const restored = [...records].map((record) => restoreRecord(snapshotToKeep(record)!, context.clock, context));
  return {
    records: restored,
    waveOf: () => 0,
    isKnown: () => true,
    workedMs: 0,
    stoppedItself: false,
    counted: nothingCounted,
    anew: [],
  };
}

const ends = (phones: readonly PhoneReport[]): unknown[] =>
  phones.map(({ outcome, touched, failure }) => [outcome, touched, failure?.code]);

describe('the files of a second step', () => {
  it.each<[string, (server: Server) => void, RegExp]>([
    ['its load', ({ missing }) => missing.firmware.push(m2eLoad), /load is missing/],
    ['its license', ({ missing }) => missing.license.push(mac(1)), /license is not on/],
  ])('%s is gone: nothing more is written, it says where the phone is, and a resume goes on', async (_, then, why) => {
    const run = fleet(then);
    const report = await run.go();
    expect(ends(report.phones)).toEqual([['failed', true, 'files-gone-between-steps']]);
    expect(run.actors[0]?.posts).toBe(1);
    const [ended] = report.phones;
    expect(ended?.failure?.message).toMatch(why);
    expect(ended?.failure?.message).toContain(`it runs ${stepUpLoad}; nothing more was written`);
    expect(report.phones.some(mayBeResumed)).toBe(true);

    run.files.missing.firmware.length = run.files.missing.license.length = 0;
    const { clock, network, files } = run;
    const again = bench({ clock, network, preflight: files });
    const after = await again.go({}, resumed(run.records, again));
    expect(ends(after.phones)).toEqual([['done', true, undefined]]);
    expect(run.actors[0]?.posts).toBe(2);
  });

  it('are not missed by a phone that went on by itself', async () => {
    const run = fleet(({ missing }) => missing.firmware.push(m2eLoad));
    const [actor] = run.actors;
    const look = actor!.look.bind(actor);
    actor!.look = () =>
      run.events.some(({ state }) => state === 'continuing') ? phone(enterprise({ mac: mac(1) })) : look();
    expect(ends((await run.go()).phones)).toEqual([['done', true, undefined]]);
  });

  it('are those of that step only: the load of the first one is needed no more', async () => {
    const run = fleet(({ missing }) => missing.firmware.push(stepUpLoad));
    expect(ends((await run.go()).phones)).toEqual([['done', true, undefined]]);
  });

  it('are waited for while their server is away, for as long as an upgrade may take', async () => {
    const away = (forMs: number) => (files: Server, clock: FakeClock) => {
      files.awaySince = clock.monotonic();
      clock.after(forMs, () => (files.awaySince = null));
    };
    const back = fleet(away(upgradeDeadline - 2 * minute));
    expect(ends((await back.go()).phones)).toEqual([['done', true, undefined]]);
    const gone = fleet(away(24 * 60 * minute));
    expect(ends((await gone.go()).phones)).toEqual([['failed', true, 'files-gone-between-steps']]);
    expect(gone.actors[0]?.posts).toBe(1);
  });

  it('are looked at before each write, as of now', async () => {
    const run = fleet(() => run.files.looks.splice(0));
    await run.go();
    expect(new Set(run.files.looks.map(({ name }) => name))).toEqual(new Set([m2eLoad, mac(1)]));
    for (const { maxAgeMs } of run.files.looks) expect(maxAgeMs).toBe(5 * minute);
  });
});

describe('a write by another method', () => {
  it('is not made while the files are gone', async () => {
    const clock = new FakeClock();
    const files = server(clock);
    const run = bench({ clock, preflight: files });
    const actor = new Actor(clock, run.network, addresses(1)[0]!, { mac: mac(1) }, { ways: 2, heeds: 1 });
    const { context } = run;
    const { notify } = context;
    context.notify = (event) => {
      notify(event);
      if (event.event === 'state' && event.state === 'submitted') files.missing.license.push(mac(1));
    };
    const [ended] = (await run.go()).phones;
    expect(actor.posts).toBe(1);
    expect(ended?.evidence.map(({ text }) => text).join('\n')).toMatch(/Not written again: .*license is not on/);
  });
});
