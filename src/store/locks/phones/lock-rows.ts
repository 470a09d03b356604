import type { OwnerColumns } from '../../schema/tables.js';
import type { SqliteFile } from '../../sqlite/sqlite-file.js';

/** A run that holds locks. Ids are never reused, so a run wrongly taken for dead is not confused with its successor. */
export interface OwnerRow extends OwnerColumns {
  id: number;
}

/** What holds a phone: its owner, and since when. */
export type HolderRow = OwnerRow & { taken: string };

const tables = [
  `create table if not exists owners (id integer primary key autoincrement, run_id text not null, pid integer not null,
    host text not null, process_start text, since text not null, heartbeat_at text not null, pid_space text, time_space text,
    beat_ms integer)`,
  // An owner's data are stored once, not with each phone: ten thousand phones take half a megabyte, and the runtime folder may have only
  // five.
  `create table if not exists phones (mac text primary key, owner integer not null, taken text not null) without rowid`,
];

const ownerColumns = [
  ...(['run_id', 'pid', 'host', 'process_start', 'since', 'heartbeat_at'] as const),
  ...(['pid_space', 'time_space', 'beat_ms'] as const),
];

/** The tables of the machine's lock file. Written by hand, as a phone's lock must cost microseconds. */
export class LockRows {
  constructor(private readonly file: SqliteFile) {}

  makeTables(): void {
    this.within(() => {
      for (const table of tables) this.file.prepare(table).run([]);
    });
  }

  /** Atomic and isolated. */
  within<T>(work: () => T): T {
    this.file.begin();
    try {
      const result = work();
      this.file.commit();
      return result;
    } catch (error) {
      this.file.rollback();
      throw error;
    }
  }

  owners(): OwnerRow[] {
    return this.#all<OwnerRow>('select * from owners');
  }

  owner(id: number): OwnerRow | null {
    return this.#all<OwnerRow>('select * from owners where id = ?', id)[0] ?? null;
  }

  addOwner(owner: OwnerColumns): number {
    const marks = ownerColumns.map(() => '?').join(', ');
    const values = ownerColumns.map((column) => owner[column]);
    const sql = `insert into owners (${ownerColumns.join(', ')}) values (${marks}) returning id`;
    return this.#all<{ id: number }>(sql, ...values)[0]?.id ?? -1;
  }

  /** Removes an owner with all its phones. */
  removeOwner(id: number): void {
    this.#run('delete from phones where owner = ?', id);
    this.#run('delete from owners where id = ?', id);
  }

  beat(id: number, { heartbeat_at, beat_ms }: Pick<OwnerColumns, 'heartbeat_at' | 'beat_ms'>): void {
    this.#run('update owners set heartbeat_at = ?, beat_ms = ? where id = ?', heartbeat_at, beat_ms, id);
  }

  hasPhones(id: number): boolean {
    return this.#all('select mac from phones where owner = ? limit 1', id).length > 0;
  }

  holder(mac: string): HolderRow | null {
    const sql = 'select owners.*, phones.taken from phones join owners on owners.id = phones.owner where mac = ?';
    return this.#all<HolderRow>(sql, mac)[0] ?? null;
  }

  isHeldBy(mac: string, id: number): boolean {
    return this.#all('select mac from phones where mac = ? and owner = ?', mac, id).length > 0;
  }

  /** Takes the phone from any owner. */
  take(mac: string, id: number, at: string): void {
    this.#run('insert or replace into phones (mac, owner, taken) values (?, ?, ?)', mac, id, at);
  }

  giveBack(mac: string, id: number): void {
    this.#run('delete from phones where mac = ? and owner = ?', mac, id);
  }

  #all<Row>(sql: string, ...values: (string | number | null)[]): Row[] {
    return this.file.prepare(sql).all(values) as Row[];
  }

  #run(sql: string, ...values: (string | number | null)[]): void {
    this.file.prepare(sql).run(values);
  }
}
