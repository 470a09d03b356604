import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { runCommand, type Running, startCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { readReport } from '../../support/reports/report-schema.js';
import { hasTmux, startInTmux } from '../../support/command/tmux.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { coverEach } from '../../support/depth.js';

const phones = 4;
const folder = temporaryFolder();
let network: Network;
afterEach(() => network.close());
afterAll(() => folder.remove());

/**
 * A real run that has written to its first phone, of which the post is answered but never read back as other than before for a while:
 * a phone so slow that a run which planned it anew would post to it once more.
 */
async function underWay(db: string): Promise<Running> {
  network = await startNetwork([{ model: '8841', count: phones, name: 'desk' }], {
    timeScale: 120,
    subnet: '127.67.0.0/29',
  });
  const run = startCommand([...night(db), '--concurrency', '2', '--output', 'ndjson']);
  await run.shows('"state":"submitted"');
  return run;
}

function night(db: string): string[] {
  const profile = quickProfile(folder.path, 'mpp-to-enterprise', { settle: '50ms', stopGrace: '1ms' });
  return [...network.scan, '--profile', profile, '--files', network.files, '--yes', '--no-config', '--db', db];
}

const postsByMac = (): Map<string | null, number> => {
  const counts = new Map<string | null, number>();
  for (const { mac } of network.posts()) counts.set(mac, (counts.get(mac) ?? 0) + 1);
  return counts;
};

const exitCodes = { SIGTERM: 143, SIGHUP: 129 } as const;

/** Each signal, and each way to go on. */
const stops = coverEach(
  (['SIGTERM', 'SIGHUP'] as const).flatMap((signal) => (['resume', 'next'] as const).map((then) => ({ signal, then }))),
);
/** Stops such a run; the phones that it has written to. */
async function stopped(db: string, signal: keyof typeof exitCodes): Promise<(string | null)[]> {
  const run = await underWay(db);
  run.kill(signal);
  expect((await run.done).code).toBe(exitCodes[signal]);
  const touched = [...postsByMac().keys()];
  expect(touched.length).toBeGreaterThan(0);
  return touched;
}

/** Targets and those without an answer, of the first run in a store. */
async function countedIn(db: string): Promise<[targets: number, silent: number]> {
  const { stdout } = await runCommand(['runs', '--json', '--no-config', '--db', db]);
  const { runs } = JSON.parse(stdout) as { runs: { totals: { targets: number; byOutcome: Record<string, number> } }[] };
  const { totals } = runs.at(-1)!;
  return [totals.targets, totals.byOutcome['no-answer'] ?? 0];
}

const before = (wanted: (typeof stops)[number]['then']): (typeof stops)[number][] =>
  stops.filter(({ then }) => then === wanted);

describe('a run that was stopped while phones were under way', () => {
  // .ci/run makes sure that tmux is there.
  (hasTmux ? it : it.skip)(
    'stays as it is after a no to its resume, which says so and shows no table (skipped without tmux)',
    async () => {
      const db = folder.file('refused.db');
      const touched = await stopped(db, 'SIGTERM');
      const window = startInTmux(['resume', '--no-config', '--db', db]);
      await window.shows('(y/n)');
      window.type('n');
      window.type('Enter');
      // What is not known of a phone that was written to is no success.
      expect(await window.done).toBe(1);
      const text = window.screen().join('\n');
      await window.close();
      expect(text).toMatch(
        /\d phones? that (?:was|were) written to before (?:is|are) not known to be well: 127\.67\.0\./,
      );
      expect(text).toMatch(
        /Nothing more was written\. The run is not over; continue it with:\n {2}fleet-migrate resume \d/,
      );
      expect(text).not.toMatch(/aborted|Need attention|not-confirmed/);
      const resumed = await runForReport(['resume', '--yes', '--no-config', '--db', db]);
      expect(resumed.report.totals.byOutcome).toMatchObject({ done: phones });
      expect([...postsByMac().values()]).toEqual(Array(phones).fill(1));
      expect(touched.length).toBeGreaterThan(0);
    },
  );

  it.each(before('resume'))(
    'by $signal: resume watches them on from where they were, and posts nothing again',
    async ({ signal }) => {
      const db = folder.file(`${signal}-resume.db`);
      const touched = await stopped(db, signal);

      const resumed = await runForReport(['resume', '--yes', '--no-config', '--db', db]);
      expect(resumed.code).toBe(0);
      expect(resumed.report.totals.byOutcome).toMatchObject({ done: phones });
      expect([...postsByMac().values()]).toEqual(Array(phones).fill(1));
      for (const { mac, evidence } of resumed.report.phones) {
        if (!touched.includes(mac)) continue;
        // What was seen before the stop is still told.
        expect(evidence.map(({ kind }) => kind)).toContain('written');
        expect(evidence.map(({ kind }) => kind)).toContain('resumed');
      }
    },
  );

  it.each(before('next'))(
    'by $signal: the next night watches them out first, by itself, and posts to none again',
    async ({ signal }) => {
      const db = folder.file(`${signal}-next.db`);
      const touched = await stopped(db, signal);
      const first = await countedIn(db);
      const next = await runForReport(night(db));
      expect(next.stderr).toContain('was stopped halfway; its phones are checked first');
      expect(next.code).toBe(0);
      for (const mac of touched)
        expect(next.report.phones.find((phone) => phone.mac === mac)?.outcome).toBe('already-done');
      expect([...postsByMac().values()]).toEqual(Array(phones).fill(1));
      for (const phone of network.simulator.phones) expect(phone.violations).toEqual([]);
      // Addresses without an answer are not asked again, and stay counted.
      expect(await countedIn(db)).toEqual(first);
    },
  );
});

describe('ctrl-C while the next night watches out what the last one left', () => {
  it('begins no new run: nothing further is written to', async () => {
    const db = folder.file('stopped-again.db');
    const run = await underWay(db);
    run.kill('SIGINT');
    await run.done;
    const posted = network.posts().length;
    const next = startCommand([...night(db), '--log-level', 'info']);
    await next.shows('survey-finished', 'stderr');
    next.kill('SIGINT');
    expect((await next.done).code).toBe(130);
    expect(network.posts()).toHaveLength(posted);
    const resumed = await runForReport(['resume', '--yes', '--no-config', '--db', db]);
    expect(resumed.report.totals.byOutcome).toMatchObject({ done: phones });
    expect([...postsByMac().values()]).toEqual(Array(phones).fill(1));
  });
});

describe('ctrl-C twice, which leaves at once', () => {
  it('resume goes on all the same: what was being written is read back, nothing is posted twice', async () => {
    const db = folder.file('twice.db');
    const run = await underWay(db);
    run.kill('SIGINT');
    run.kill('SIGINT');
    await run.done;
    const resumed = await runForReport(['resume', '--yes', '--no-config', '--db', db]);
    expect(resumed.report.totals.byOutcome).toMatchObject({ done: phones });
    expect([...postsByMac().values()]).toEqual(Array(phones).fill(1));
  });
});

describe('a run in waves with slots, stopped while phones wait for the next wave and for a slot', () => {
  it('ends those as stopped before their start, and resume takes every one of them', async () => {
    const db = folder.file('slots.db');
    network = await startNetwork([{ model: '8841', count: 7, name: 'desk' }], {
      timeScale: 60,
      subnet: '127.67.0.0/28',
    });
    const profile = quickProfile(folder.path, 'mpp-to-enterprise', { settle: '50ms', stopGrace: '100ms' });
    const run = startCommand([
      ...[...network.scan, '--profile', profile, '--files', network.files, '--yes', '--no-config', '--db', db],
      ...['--waves', '1,100%', '--max-upgrading', '2', '--output', 'ndjson', '--report', folder.file('slots.json')],
    ]);
    await run.shows('"state":"submitted"');
    run.kill('SIGTERM');
    const { code } = await run.done;
    expect(code).toBe(143);
    const report = readReport(folder.file('slots.json'));
    expect(report.totals.byOutcome).toMatchObject({ aborted: 6, unverified: 1 });
    for (const { outcome, failure } of report.phones.filter(({ touched }) => !touched))
      expect([outcome, failure?.code]).toEqual(['aborted', 'stopped-before-start']);

    const resumed = await runForReport(['resume', '--yes', '--no-config', '--db', db]);
    expect([resumed.code, resumed.report.totals.byOutcome]).toMatchObject([0, { done: 7 }]);
    expect([...postsByMac().values()]).toEqual(Array(7).fill(1));
  });
});
