import type { Kysely, Transaction } from 'kysely';
import { lookOf, phoneFieldNames, phoneFields, phoneValues } from '../schema/phone-fields.js';
import type { PhoneHistoryTable, PhonesTable, StoreTables } from '../schema/tables.js';
import { type RowReader, rowReader, type RowWriter, rowWriter } from './statements.js';
import type { SeenPhone } from '../store-rows.js';

/** One look at a phone, to be remembered. */
export interface PhoneSighting {
  mac: string;
  at: string;
  address: string;
  seen: SeenPhone;
  /** How the phone ended, when it has. */
  end: { outcome: string; failureCode: string | null } | null;
}

const columns: readonly (keyof PhonesTable)[] = [
  'mac',
  ...Object.values(phoneFields),
  'outcome',
  'failure_code',
  'last_run',
  'first_seen_at',
  'last_seen_at',
];
const historyColumns: readonly (keyof PhoneHistoryTable)[] = ['mac', 'at', 'field', 'run_id', 'before', 'after'];

/**
 * Keeps `phones` up to date and notes each changed field in `phone_history`. A phone that looks as this run wrote it last is not
 * looked up again: most looks at a phone under way show nothing new.
 */
export class PhoneWriter {
  readonly #lastLooks = new Map<string, string>();
  readonly #known: RowReader<PhonesTable>;
  readonly #phones: RowWriter<PhonesTable>;
  readonly #history: RowWriter<PhoneHistoryTable>;

  constructor(
    db: Kysely<StoreTables>,
    private readonly runId: string,
  ) {
    this.#known = rowReader(db, 'phones', 'mac');
    this.#phones = rowWriter(db, 'phones', columns, { columns: ['mac'], keep: ['first_seen_at'] });
    // Two changes of a field in the same millisecond are one change.
    this.#history = rowWriter(db, 'phone_history', historyColumns, {
      columns: ['mac', 'at', 'field'],
      keep: ['run_id', 'before'],
    });
  }

  /** Writes sightings in their order. What it answers must be called once the transaction is committed, and only then. */
  async write(trx: Transaction<StoreTables>, sightings: readonly PhoneSighting[]): Promise<() => void> {
    const looks = new Map<string, string>();
    const news: PhoneSighting[] = [];
    for (const sighting of sightings) {
      const { mac, address, seen, end } = sighting;
      const look = lookOf(address, seen);
      if (end === null && (looks.get(mac) ?? this.#lastLooks.get(mac)) === look) continue;
      looks.set(mac, look);
      news.push(sighting);
    }
    if (news.length > 0) await this.#write(trx, news);
    return () => {
      for (const [mac, look] of looks) this.#lastLooks.set(mac, look);
    };
  }

  async #write(trx: Transaction<StoreTables>, news: readonly PhoneSighting[]): Promise<void> {
    const known = await this.#known.read(trx, [...new Set(news.map(({ mac }) => mac))]);
    const phones = new Map(known.map((row) => [row.mac, row]));
    const changes = new Map<string, PhoneHistoryTable>();
    for (const sighting of news) {
      const before = phones.get(sighting.mac);
      const after = this.#after(sighting, before);
      phones.set(sighting.mac, after);
      if (before) for (const change of this.#changes(before, after)) keep(changes, change);
    }
    await this.#phones.write(trx, [...phones.values()]);
    await this.#history.write(trx, [...changes.values()]);
  }

  #after({ mac, at, address, seen, end }: PhoneSighting, before: PhonesTable | undefined): PhonesTable {
    return {
      mac,
      ...phoneValues(address, seen),
      outcome: end ? end.outcome : (before?.outcome ?? null),
      failure_code: end ? end.failureCode : (before?.failure_code ?? null),
      last_run: this.runId,
      first_seen_at: before?.first_seen_at ?? at,
      last_seen_at: at,
    };
  }

  #changes(before: PhonesTable, after: PhonesTable): PhoneHistoryTable[] {
    const { mac, last_seen_at: at } = after;
    return phoneFieldNames
      .filter((name) => before[phoneFields[name]] !== after[phoneFields[name]])
      .map((field) => ({
        mac,
        at,
        field,
        run_id: this.runId,
        before: before[phoneFields[field]],
        after: after[phoneFields[field]],
      }));
  }
}

function keep(changes: Map<string, PhoneHistoryTable>, change: PhoneHistoryTable): void {
  const key = `${change.mac} ${change.at} ${change.field}`;
  changes.set(key, { ...change, before: changes.get(key)?.before ?? change.before });
}
