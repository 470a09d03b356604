import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Kysely } from 'kysely';
import { migrate } from '../../../src/store/schema/migrate.js';
import { type Migration, migrations } from '../../../src/store/schema/migrations.js';
import { phoneColumns } from '../../../src/store/schema/phone-columns.js';
import type { StoreTables } from '../../../src/store/schema/tables.js';
import { SqliteFileDialect } from '../../../src/store/sqlite/dialect.js';
import { SqliteFile } from '../../../src/store/sqlite/sqlite-file.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

describe('bringing the schema up to date', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let file: SqliteFile;
  let db: Kysely<StoreTables>;
  const addColumn: Migration = (schema) => schema.alterTable('runs').addColumn('extra', 'text').execute();
  const breakDown: Migration = async (schema) => {
    await schema.createTable('half').addColumn('a', 'text').execute();
    throw new Error('the power is gone');
  };
  const tables = (): string[] =>
    (
      file.prepare("select name from sqlite_master where type = 'table' order by name").all([]) as { name: string }[]
    ).map(({ name }) => name);
  const store = { path: 'x.db', kind: 'file' } as const;
  const version = (): unknown => file.prepare('select version from schema_version').all([]);
  beforeEach(() => {
    folder = temporaryFolder();
    file = new SqliteFile(folder.file('x.db'));
    db = new Kysely<StoreTables>({ dialect: new SqliteFileDialect(file) });
  });
  afterEach(() => {
    file.close();
    folder.remove();
  });

  it('makes all tables of a new store', async () => {
    await migrate(db, store);
    expect(tables()).toEqual([
      'borrowed',
      'deferrals',
      'durations',
      'events',
      'licenses',
      'locks',
      'phone_history',
      'phones',
      'rehearsals',
      'runs',
      'schema_version',
      'sites',
      'targets',
      'transfers',
      'wishes',
      'workers',
      'write_ways',
    ]);
    expect(version()).toEqual([{ version: migrations.length }]);
  });

  it('has a column for each field of a phone', async () => {
    await migrate(db, store);
    const columns = (file.prepare('pragma table_info(phones)').all([]) as { name: string }[]).map(({ name }) => name);
    expect(columns).toEqual(expect.arrayContaining([...phoneColumns]));
    expect(columns).toHaveLength(phoneColumns.length);
  });

  it('is done once', async () => {
    await migrate(db, store);
    await migrate(db, store);
    expect(version()).toEqual([{ version: migrations.length }]);
  });

  it('takes only the steps that an older store lacks', async () => {
    await migrate(db, store);
    await migrate(db, store, { steps: [...migrations, addColumn] });
    expect(version()).toEqual([{ version: migrations.length + 1 }]);
    expect(file.prepare('select extra from runs').all([])).toEqual([]);
  });

  it('brings a store of the first version up to date with what is in it', async () => {
    await migrate(db, store, { steps: migrations.slice(0, 1) });
    file.begin();
    file.prepare("insert into deferrals values ('00CCFC000001', 1, '2026-01-15T01:00:00.000Z', 'busy')").run([]);
    file.commit();
    await migrate(db, store);
    expect(file.prepare('select mac from deferrals').all([])).toEqual([{ mac: '00CCFC000001' }]);
    expect(tables()).toContain('write_ways');
  });

  it('leaves the locks of earlier versions as they are, with nothing said of where their owners can be seen', async () => {
    await migrate(db, store, { steps: migrations.slice(0, 2) });
    file.begin();
    file.prepare("insert into locks values ('run', 'a', 7, 'night', 'boot/7', '2026', '2026')").run([]);
    file.commit();
    await migrate(db, store);
    expect(file.prepare('select run_id, pid_space, time_space, beat_ms from locks').all([])).toEqual([
      { run_id: 'a', pid_space: null, time_space: null, beat_ms: null },
    ]);
  });

  it('changes nothing when a step fails', async () => {
    await migrate(db, store);
    const before = tables();
    await expect(migrate(db, store, { steps: [...migrations, addColumn, breakDown] })).rejects.toThrow(
      'the power is gone',
    );
    expect(tables()).toEqual(before);
    expect(version()).toEqual([{ version: migrations.length }]);
    expect(() => file.prepare('select extra from runs')).toThrow('extra');
  });

  it('leaves a store from a newer version alone', async () => {
    await migrate(db, store, { steps: [...migrations, addColumn] });
    await expect(migrate(db, store)).rejects.toMatchObject({ code: 'usage', problem: 'newer' });
    expect(version()).toEqual([{ version: migrations.length + 1 }]);
  });
});
