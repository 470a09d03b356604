import type { Kysely, Transaction } from 'kysely';
import { PhoneWriter } from './phone-writer.js';
import type { EventsTable, StoreTables, TargetsTable } from '../schema/tables.js';
import { type RowWriter, rowWriter, statement, type Statement } from './statements.js';
import { isStoreAway } from '../store-error.js';
import type { Deferral } from '../store-rows.js';
import type { Transact } from '../transact.js';
import { type Entry, isRefused, type Operation, type Refusals } from './entry.js';

type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>;

const targetColumns: readonly (keyof TargetsTable)[] = [
  'run_id',
  'key',
  'address',
  'mac',
  'state',
  'outcome',
  'wave',
  'touched',
  'updated_at',
  'snapshot',
  'report',
];
const durationColumns: readonly (keyof StoreTables['durations'])[] = [
  ...(['run_id', 'mac', 'step', 'profile', 'ms', 'at', 'model', 'load'] as const),
];
const eventColumns: readonly (keyof EventsTable)[] = ['run_id', 'seq', 'at', 'event', 'address', 'mac', 'detail'];

/** A batch that was sent, and what tells whether it was stored. */
interface UnsureBatch {
  /** Its first event, with the number that it was given. */
  first: EventsTable;
  /** Its events without its intents: the next batch begins with them. */
  events: number;
}

/** Who writes to a run, and beside whom. */
export interface WriterOptions {
  /** Called within each transaction: what of it is refused. Throws if nothing of the run may be written any more. */
  refusals: (trx: Transaction<StoreTables>, entries: readonly Entry[]) => Promise<Refusals>;
  /** Does it in a transaction, beside others that do. */
  beside: Transact;
  /** The same while nobody else does: when it begins, all that were begun before have ended. */
  alone: Transact;
  /** Numbers for events, where others write events of the same run; `null`: nobody does. */
  eventNumbers: ((trx: Transaction<StoreTables>, count: number) => Promise<number[]>) | null;
}

/** Writes what a run has buffered, in one transaction, and only the last of several states of the same target. */
export class BatchWriter {
  readonly #targets: RowWriter<TargetsTable>;
  readonly #events: RowWriter<EventsTable>;
  readonly #lastEvent: Statement<{ seq: number }>;
  readonly #durations: RowWriter<StoreTables['durations']>;
  readonly #phones: PhoneWriter;
  /** Number of the last event stored; `null`: not known, to be read from the store. */
  #lastSeq: number | null = null;
  /** So many events at the beginning of the next batch are stored already. */
  #storedAhead = 0;
  /** The last batch, of which it is not known whether it was stored: the database was lost during its commit. */
  #unsure: UnsureBatch | null = null;
  /** A transaction of ours whose answer was lost may still go on. */
  #mayGoOn = false;

  constructor(
    db: Kysely<StoreTables>,
    private readonly runId: string,
    private readonly options: WriterOptions,
  ) {
    this.#targets = rowWriter(db, 'targets', targetColumns, { columns: ['run_id', 'key'] });
    this.#events = rowWriter(db, 'events', eventColumns);
    this.#durations = rowWriter(db, 'durations', durationColumns, {
      columns: ['run_id', 'mac', 'step'],
      keep: ['profile'],
    });
    this.#lastEvent = statement(
      db.selectFrom('events').select('seq').where('run_id', '=', '').orderBy('seq', 'desc').limit(1).compile(),
    );
    this.#phones = new PhoneWriter(db, runId);
  }

  /**
   * Resolves to what was refused when all else is on the disk. Rejects when none of it is stored, or, where a database was lost during its commit, it
   * is not known: the next batch then has to begin with the same, but for its intents, and no event of it is stored twice.
   */
  async write(entries: readonly Entry[]): Promise<Refusals> {
    const seq = this.#lastSeq;
    // Unknown until the commit.
    this.#lastSeq = null;
    let sent: UnsureBatch | null = null;
    try {
      const { refused, lastSeq } = await this.#transact()(async (trx) => {
        const refusals = await this.options.refusals(trx, entries);
        await this.#settleUnsure(trx);
        const taken = this.#fresh(entries).filter((entry) => !isRefused(entry, refusals));
        const operations = taken.map(({ operation }) => operation);
        const targets = of(operations, 'target');
        await this.#targets.write(trx, [...new Map(targets.map(({ row }) => [row.key, row])).values()]);
        await this.#phones.write(
          trx,
          targets.flatMap(({ phone }) => phone ?? []),
        );
        const events = of(operations, 'event');
        const rows = events.length === 0 ? [] : await this.#writeEvents(trx, events, seq);
        await this.#writeRest(trx, operations);
        const [first] = rows;
        if (first) sent = { first, events: entries.filter((entry) => isEvent(entry) && !entry.ofIntent).length };
        return { refused: refusals, lastSeq: rows.at(-1)?.seq ?? seq };
      });
      this.#lastSeq = lastSeq;
      this.#storedAhead = 0;
      this.#mayGoOn = false;
      return refused;
    } catch (error) {
      if (isStoreAway(error)) {
        this.#mayGoOn = true;
        this.#unsure = sent ?? this.#unsure;
      }
      throw error;
    }
  }

  /** What an earlier transaction has stored is known only once that has ended. */
  #transact(): Transact {
    const { alone, beside } = this.options;
    return this.#mayGoOn ? alone : beside;
  }

  /** A batch without the events at its beginning that are stored already. */
  #fresh(entries: readonly Entry[]): Entry[] {
    let ahead = this.#storedAhead;
    return entries.filter((entry) => {
      const isStored = ahead > 0 && isEvent(entry);
      if (isStored) ahead -= 1;
      return !isStored;
    });
  }

  /** Finds out, where that is open, whether the batch before this one was stored. */
  async #settleUnsure(trx: Transaction<StoreTables>): Promise<void> {
    if (this.#unsure === null) return;
    const { first, events } = this.#unsure;
    const found = await trx
      .selectFrom('events')
      .selectAll()
      .where('run_id', '=', this.runId)
      .where('seq', '=', first.seq)
      .executeTakeFirst();
    const isSame = found !== undefined && eventColumns.every((column) => found[column] === first[column]);
    if (isSame) this.#storedAhead = events;
    this.#unsure = null;
  }

  async #readLastSeq(trx: Transaction<StoreTables>): Promise<number> {
    return (await this.#lastEvent.all(trx, [this.runId, 1]))[0]?.seq ?? 0;
  }

  /** Resolves to the rows that were written. */
  async #writeEvents(
    trx: Transaction<StoreTables>,
    events: readonly OperationOf<'event'>[],
    lastSeq: number | null,
  ): Promise<EventsTable[]> {
    const numbers = await this.options.eventNumbers?.(trx, events.length);
    const before = numbers ? 0 : (lastSeq ?? (await this.#readLastSeq(trx)));
    // Field by field: spreading sixteen rows per phone would be a tenth of the store's cost.
    const rows = events.map(({ row: { at, event, address, mac, detail } }, index) => ({
      run_id: this.runId,
      seq: numbers?.[index] ?? before + 1 + index,
      at,
      event,
      address,
      mac,
      detail,
    }));
    await this.#events.write(trx, rows);
    return rows;
  }

  /** What is written once or twice per phone and run. */
  async #writeRest(trx: Transaction<StoreTables>, operations: readonly Operation[]): Promise<void> {
    const frozen = of(operations, 'waves').at(-1);
    if (frozen) await trx.updateTable('runs').set({ waves: frozen.waves }).where('id', '=', this.runId).execute();
    const far = of(operations, 'progress').at(-1);
    if (far) await trx.updateTable('runs').set({ progress: far.progress }).where('id', '=', this.runId).execute();
    for (const { mac, deferral } of of(operations, 'deferral')) await writeDeferral(trx, mac, deferral);
    // PostgreSQL writes no row twice in one statement.
    const durations = new Map(of(operations, 'duration').map(({ row }) => [`${row.mac} ${row.step}`, row]));
    await this.#durations.write(trx, [...durations.values()]);
  }
}

/** Stores a phone's deferral, or (`null`) removes it. */
async function writeDeferral(trx: Transaction<StoreTables>, mac: string, deferral: Deferral | null): Promise<void> {
  if (deferral === null) {
    await trx.deleteFrom('deferrals').where('mac', '=', mac).execute();
    return;
  }
  const { attempts, nextAttemptAt, code } = deferral;
  const values = { attempts, next_attempt_at: nextAttemptAt, code };
  await trx
    .insertInto('deferrals')
    .values({ mac, ...values })
    .onConflict((conflict) => conflict.column('mac').doUpdateSet(values))
    .execute();
}

function isEvent({ operation }: Entry): boolean {
  return operation.kind === 'event';
}

function of<Kind extends Operation['kind']>(operations: readonly Operation[], kind: Kind): OperationOf<Kind>[] {
  return operations.filter((operation): operation is OperationOf<Kind> => operation.kind === kind);
}
