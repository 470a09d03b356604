import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { migrations } from '../../../src/store/schema/migrations.js';
import { openStore } from '../../../src/store/open-store.js';
import { SqliteFile } from '../../../src/store/sqlite/sqlite-file.js';
import { runCommand, startCommand } from '../../support/command/command.js';
import {
  canLimit,
  fillDisk,
  hasUnprivileged,
  runOnFullDisk,
  runUnprivileged,
} from '../../support/command/limited-command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { readReport } from '../../support/reports/report-schema.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const phones = 8;

/** Puts a copy of the file in its place, as restoring a backup does. */
function replace(path: string): void {
  copyFileSync(path, `${path}.copy`);
  renameSync(`${path}.copy`, path);
}

describe('a store in trouble', () => {
  const folder = temporaryFolder();
  let network: Network;
  let run: (db: string, ...more: string[]) => string[];

  beforeAll(async () => {
    const group = { model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: phones } as const;
    network = await startNetwork([group], { subnet: '127.92.0.0/28' });
    const profile = quickProfile(folder.path, 'mpp-to-enterprise', { stopGrace: '20s' });
    run = (db, ...more) => [
      ...[...network.scan, '--profile', profile, '--files', network.files, '--yes', '--no-config'],
      ...['--concurrency', '1', '--db', folder.file(db), ...more],
    ];
    chmodSync(folder.path, 0o755);
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  async function intents(db: string): Promise<Set<string | null>> {
    const store = await openStore({ path: folder.file(db), clock: systemClock });
    const macs = new Set<string | null>();
    for await (const { event, mac } of store.eventsOf((await store.runs())[0]?.id ?? '')) {
      if (event === 'intent') macs.add(mac);
    }
    await store.close();
    return macs;
  }

  describe('when the disk gets full in the middle of a run', () => {
    (canLimit ? it : it.skip)(
      'posts to no phone without its intent, watches the others out, still reports, and resumes when there is space (skipped without prlimit)',
      async () => {
        const report = folder.file('full.json');
        const running = startCommand(run('full.db', '--report', report, '--output', 'ndjson'));
        await running.shows('"state":"submitted"');
        // The report fits, the store is larger already.
        fillDisk(running.pid, 64);
        const full = await running.done;
        expect([full.code, full.signal]).toEqual([70, null]);
        expect(full.stderr).toContain(`The store ${folder.file('full.db')} cannot be written`);
        expect(full.stderr).toContain('then fleet-migrate resume goes on with it');
        expect(full.stderr).not.toContain('internal error');

        const posted = network.posts().map(({ mac }) => mac);
        expect(posted.length).toBeGreaterThan(0);
        expect(posted.length).toBeLessThan(phones);
        expect([...(await intents('full.db'))]).toEqual(expect.arrayContaining(posted));
        const { run: told, totals, phones: listed } = readReport(report);
        expect(told.interrupted).toBe('the store cannot be written');
        expect(totals.targets).toBe(14);
        expect(Object.values(totals.byOutcome).reduce((sum, count) => sum + (count ?? 0), 0)).toBe(14);
        for (const { mac, touched, outcome, failure } of listed)
          expect([mac, touched, outcome, failure]).toEqual([
            mac,
            posted.includes(mac ?? ''),
            touched ? 'done' : 'aborted',
            failure,
          ]);

        const again = await runForReport(['resume', '--yes', '--no-config', '--db', folder.file('full.db')]);
        expect([again.code, again.report.run.id]).toEqual([0, told.id]);
        expect(again.report.totals.byOutcome).toMatchObject({ done: phones });
        for (const phone of network.simulator.phones) {
          const posts = network.posts().filter(({ mac }) => mac === phone.mac);
          expect([phone.mac, posts.length, phone.violations]).toEqual([phone.mac, 1, []]);
        }
      },
    );
  });

  describe('that goes away under a run', () => {
    const few = 4;
    let fleet: Network;
    beforeAll(async () => {
      const group = { model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: few } as const;
      fleet = await startNetwork([group], { subnet: '127.82.0.0/28' });
    });
    afterAll(() => fleet.close());

    it.each([
      ['was deleted', (path: string) => rmSync(path), 'was deleted or moved away'],
      ['was moved', (path: string) => renameSync(path, `${path}.old`), 'was deleted or moved away'],
      ['was replaced by an older copy', (path: string) => replace(path), 'was replaced by another file'],
      ['lost its log', (path: string) => rmSync(`${path}-wal`), '-wal, a part of the store, was deleted'],
    ])(
      'because it %s: no post leaves any more, the phone under way is watched out, the report is written, exit code 70',
      async (how, lose, says) => {
        const db = folder.file(`${how.replaceAll(' ', '-')}.db`);
        const report = `${db}.json`;
        const before = fleet.posts().length;
        const profile = quickProfile(folder.path, 'mpp-to-enterprise', { stopGrace: '20s' });
        const running = startCommand([
          ...[...fleet.scan, '--profile', profile, '--files', fleet.files, '--yes', '--no-config', '--db', db],
          ...['--max-upgrading', '1', '--report', report, '--output', 'ndjson'],
        ]);
        await running.shows('"state":"submitted"');
        lose(db);
        const { code, stderr } = await running.done;
        expect([code, fleet.posts().length - before]).toEqual([70, 1]);
        expect(stderr).toContain(says);
        expect(stderr).toContain('keep the report of this run, and put the store back or name another with --db');
        expect(stderr).not.toContain('internal error');
        const { run: told, phones: listed } = readReport(report);
        expect(told.interrupted).toBe('the store cannot be written');
        const mine = listed.filter(({ touched }) => touched);
        expect(mine.map(({ outcome }) => outcome)).toEqual(['done']);
        for (const { touched, outcome } of listed) expect(touched || outcome !== 'done').toBe(true);
      },
    );
  });

  describe('before any phone is contacted ends with one sentence and exit code 2', () => {
    const refused = async (of: Promise<{ code: number | null; stdout: string; stderr: string }>): Promise<string> => {
      const asked = network.simulator.log.length;
      const { code, stdout, stderr } = await of;
      expect([code, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
      expect(network.simulator.log.length).toBe(asked);
      return stderr;
    };

    it('when there is no space for it from the beginning', async () => {
      const stderr = await refused(runOnFullDisk(8, run('small.db')));
      expect(stderr).toMatch(/^fleet-migrate: The store .*small\.db /);
    });

    it('when it is from a newer version', async () => {
      const file = new SqliteFile(folder.file('newer.db'));
      file.begin();
      file.prepare('create table schema_version (version integer not null)').run([]);
      file.prepare('insert into schema_version values (99)').run([]);
      file.commit();
      file.close();
      const stderr = await refused(runCommand(run('newer.db')));
      expect(stderr).toBe(
        `fleet-migrate: The store ${folder.file('newer.db')} was written by a newer fleet-migrate (its schema is 99, this one knows ${migrations.length}); update fleet-migrate, or name another file with --db.\n`,
      );
    });

    (hasUnprivileged ? it : it.skip)(
      'when its file, or its folder, can only be read (skipped where no user without rights can be had)',
      async () => {
        await (await openStore({ path: folder.file('mine.db'), clock: systemClock })).close();
        chmodSync(folder.file('mine.db'), 0o444);
        // Theirs too: all that is wrong is told, and here it is the store alone.
        mkdirSync(folder.file('locks'));
        chmodSync(folder.file('locks'), 0o777);
        const locks = ['--lock-folder', folder.file('locks')];
        expect(await refused(runUnprivileged([...run('mine.db'), ...locks]))).toContain('mine.db');
        mkdirSync(folder.file('locked'), { mode: 0o555 });
        chmodSync(folder.file('locked'), 0o555);
        expect(await refused(runUnprivileged([...run('locked/new.db'), ...locks]))).toContain('locked/new.db');
        expect(existsSync(folder.file('locked/new.db'))).toBe(false);
      },
    );
  });
});
