import type { Kysely, Transaction } from 'kysely';
import { type EndedPhone, historyFields, phoneColumns } from '../schema/phone-columns.js';
import type { PhoneHistoryTable, PhonesTable, StoreTables } from '../schema/tables.js';
import { type RowReader, rowReader, type RowWriter, rowWriter } from './statements.js';

const historyColumns: readonly (keyof PhoneHistoryTable)[] = ['mac', 'at', 'field', 'run_id', 'before', 'after'];

/** Keeps `phones` up to date and notes each changed field in `phone_history`. */
export class PhoneWriter {
  readonly #known: RowReader<PhonesTable>;
  readonly #phones: RowWriter<PhonesTable>;
  readonly #history: RowWriter<PhoneHistoryTable>;

  constructor(
    db: Kysely<StoreTables>,
    private readonly runId: string,
  ) {
    this.#known = rowReader(db, 'phones', 'mac');
    this.#phones = rowWriter(db, 'phones', phoneColumns, { columns: ['mac'], keep: ['first_seen_at'] });
    // Two changes of a field in the same millisecond are one change.
    this.#history = rowWriter(db, 'phone_history', historyColumns, {
      columns: ['mac', 'at', 'field'],
      keep: ['run_id', 'before'],
    });
  }

  /** Writes phones that have ended, in their order. */
  async write(trx: Transaction<StoreTables>, ended: readonly EndedPhone[]): Promise<void> {
    if (ended.length === 0) return;
    const known = await this.#known.read(trx, [...new Set(ended.map(({ mac }) => mac))]);
    const phones = new Map(known.map((row) => [row.mac, row]));
    const changes = new Map<string, PhoneHistoryTable>();
    for (const phone of ended) {
      const before = phones.get(phone.mac);
      const after = { ...phone, last_run: this.runId, first_seen_at: before?.first_seen_at ?? phone.last_seen_at };
      phones.set(phone.mac, after);
      if (before) for (const change of this.#changes(before, after)) keep(changes, change);
    }
    await this.#phones.write(trx, [...phones.values()]);
    await this.#history.write(trx, [...changes.values()]);
  }

  #changes(before: PhonesTable, after: PhonesTable): PhoneHistoryTable[] {
    const { mac, last_seen_at: at } = after;
    return historyFields
      .filter(([, column]) => before[column] !== after[column])
      .map(([field, column]) => ({
        ...{ mac, at, field, run_id: this.runId },
        ...{ before: before[column], after: after[column] },
      }));
  }
}

function keep(changes: Map<string, PhoneHistoryTable>, change: PhoneHistoryTable): void {
  const key = `${change.mac} ${change.at} ${change.field}`;
  changes.set(key, { ...change, before: changes.get(key)?.before ?? change.before });
}
