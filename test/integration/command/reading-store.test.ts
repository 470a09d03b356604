import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Kysely } from 'kysely';
import { migrate } from '../../../src/store/schema/migrate.js';
import { migrations } from '../../../src/store/schema/migrations.js';
import type { StoreTables } from '../../../src/store/schema/tables.js';
import { SqliteFileDialect } from '../../../src/store/sqlite/dialect.js';
import { SqliteFile } from '../../../src/store/sqlite/sqlite-file.js';
import { type Finished, runCommand, startCommand } from '../../support/command/command.js';
import { hasUnprivileged, runUnprivileged } from '../../support/command/limited-command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';

const readers: readonly (readonly string[])[] = [
  ['runs'],
  ['runs', '--json'],
  ['status'],
  ['status', '--watch'],
  ['report'],
  ['report', '--lists'],
  ['report', '--diff'],
  ['licenses', 'list'],
];

describe('where there is no store', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  const state = folder.file('state');
  const alone = (words: readonly string[]): Promise<Finished> =>
    runCommand([...words, '--no-config'], { env: { XDG_STATE_HOME: state }, cwd: folder.path });

  it.each(
    [...readers, ['resume'], ['resume', '20261122163452', '--yes']].map((words) => [words.join(' '), words] as const),
  )('%s says so in one sentence, and makes none', async (_name, words) => {
    const { code, stdout, stderr } = await alone(words);
    expect([code, stdout]).toEqual([2, '']);
    const notYet = words[0] === 'licenses' ? 'no license was imported here yet' : 'no run was made here yet';
    expect(stderr).toMatch(
      new RegExp(`^fleet-migrate: There is no store at .*fleet-migrate\\.db: ${notYet}\\b.*\\. .*--db`),
    );
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(existsSync(state)).toBe(false);
  });

  it('licenses plan asks for an audit or a list, and does with a list', async () => {
    const { code, stderr } = await alone(['licenses', 'plan', '--direction', 'e2m']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('run fleet-migrate audit first, name a list with --inventory'),
    ]);
    writeFileSync(folder.file('phones.csv'), 'mac,model\n00CCFC123456,8841\n');
    const listed = await alone(['licenses', 'plan', '--direction', 'e2m', '--inventory', folder.file('phones.csv')]);
    expect(listed.stderr).toBe('');
    expect(listed.stdout).toContain('00CCFC123456');
    const db = folder.file('mistyped.db');
    const named = await alone([
      'licenses',
      'plan',
      '--direction',
      'e2m',
      '--inventory',
      folder.file('phones.csv'),
      '--db',
      db,
    ]);
    expect(named.stdout).toBe(listed.stdout);
    expect(named.stderr).toBe(`fleet-migrate: --db ${db}: there is no such store yet, so nothing is known from one.\n`);
    expect(existsSync(db)).toBe(false);
    expect(existsSync(state)).toBe(false);
  });
});

describe('a store that may only be read', () => {
  const folder = temporaryFolder();
  let network: Network;

  beforeAll(async () => {
    chmodSync(folder.path, 0o755);
    network = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 2 }], {
      subnet: '127.66.32.0/28',
    });
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const storeIn = (name: string): string => {
    mkdirSync(folder.file(name));
    return folder.file(join(name, 'fleet.db'));
  };
  const audit = (db: string, ...more: string[]): string[] => [
    ...['audit', ...network.scan, '--no-config', '--db', db],
    ...more,
  ];
  /** As a backup is mounted, or as another user sees it. */
  const protect = (db: string): string => {
    for (const name of readdirSync(dirname(db))) chmodSync(join(dirname(db), name), 0o444);
    chmodSync(dirname(db), 0o555);
    return db;
  };
  const beside = (db: string): string[] => readdirSync(dirname(db)).sort();

  (hasUnprivileged ? it : it.skip)(
    'is read like any other, and nothing is laid beside it (skipped where no user without rights can be had)',
    async () => {
      const db = storeIn('at-rest');
      await startCommand(audit(db)).done;
      await startCommand(audit(db)).done;
      protect(db);
      for (const words of readers) {
        // In a process of its own: what SQLite lays beside the store is gone once that has ended.
        const owners = await startCommand([...words, '--no-config', '--db', db]).done;
        const others = await runUnprivileged([...words, '--no-config', '--db', db]);
        expect([words, others.code, others.stdout, others.stderr]).toEqual([
          words,
          owners.code,
          owners.stdout,
          owners.stderr,
        ]);
      }
      expect(beside(db)).toEqual(['fleet.db']);
    },
  );

  (hasUnprivileged ? it : it.skip)(
    'is read while a run goes on, and after it was killed (skipped where no user without rights can be had)',
    async () => {
      const db = storeIn('live');
      const running = startCommand(audit(db, '--probe-concurrency', '1'));
      const status = async (): Promise<{ run: { state: string } } | null> => {
        const { code, stdout } = await runUnprivileged(['status', '--json', '--no-config', '--db', db]);
        return code === 0 ? (JSON.parse(stdout) as { run: { state: string } }) : null;
      };
      for (let tries = 0; tries < 100 && !existsSync(`${db}-shm`); tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 20));
      // SQLite gives what lies beside the store the rights of the store.
      for (const name of beside(db)) chmodSync(join(dirname(db), name), 0o644);
      let seen = await status();
      for (let tries = 0; tries < 20 && seen === null; tries += 1) seen = await status();
      expect(seen?.run.state).toBe('running');
      running.kill('SIGKILL');
      await running.done;
      expect((await status())?.run.state).toBe('cut off');
      chmodSync(`${db}-shm`, 0o000);
      const { code, stderr } = await runUnprivileged(['runs', '--no-config', '--db', db]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(`${db}-shm) has to be readable, too`)]);
    },
  );

  (hasUnprivileged ? it : it.skip)(
    'is refused with one sentence where it may not be read, or would first have to be written to (skipped where no user without rights can be had)',
    async () => {
      const old = storeIn('old');
      const file = new SqliteFile(old);
      await migrate(
        new Kysely<StoreTables>({ dialect: new SqliteFileDialect(file) }),
        { path: old, kind: 'file' },
        { steps: migrations.slice(0, 3) },
      );
      file.close();
      protect(old);
      const closed = storeIn('closed');
      await runCommand(audit(closed));
      chmodSync(closed, 0o000);
      for (const [db, sentence] of [
        [old, 'was written by an older fleet-migrate and must be brought up to date'],
        [closed, 'cannot be read (EACCES)'],
      ] as const) {
        const { code, stdout, stderr } = await runUnprivileged(['runs', '--no-config', '--db', db]);
        expect([code, stdout, stderr.trimEnd().split('\n').length]).toEqual([2, '', 1]);
        expect(stderr).toContain(`The store ${db} ${sentence}`);
      }
    },
  );

  it('is not written to by reading, though it might be', async () => {
    const db = storeIn('mine');
    await runCommand(audit(db));
    const before = readFileSync(db);
    for (const words of readers) await runCommand([...words, '--no-config', '--db', db]);
    expect(readFileSync(db).equals(before)).toBe(true);
  });
});
