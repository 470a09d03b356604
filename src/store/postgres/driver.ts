import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type Dialect,
  type QueryResult,
} from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { endsConnection, toStoreError } from './problem.js';

/**
 * Our lock within the database, of those that a transaction takes and gives back by itself. Whatever writes to the store takes it first, as
 * writers of a file take its write lock: what one that took it `alone` has read cannot change before it writes. @public for tests
 */
export const writeLock = 0x666d_7374;

/**
 * How a transaction takes the write lock. `alone`: nothing else writes meanwhile · `beside`: others that have it so may, too, each only what is its
 * own (a worker its jobs). A worker far away needs a third of a second for a transaction; one at a time, a few of them would hold up all others.
 */
export type Taking = 'alone' | 'beside';

const lockedBy = {
  alone: `begin; select pg_advisory_xact_lock(${writeLock})`,
  beside: `begin; select pg_advisory_xact_lock_shared(${writeLock})`,
} as const;

/** Transactions of one process take turns before they ask the server: one of its processes that waits for the lock serves nobody else. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when the one before has ended. @returns what ends this one */
  async next(): Promise<() => void> {
    const before = this.#last;
    let end = (): void => {};
    this.#last = new Promise((resolve) => (end = resolve));
    await before;
    return end;
  }
}

/** Kysely's PostgreSQL over a pool of connections, with transactions that take the write lock when they begin, and errors of ours. */
export class PostgresStoreDialect implements Dialect {
  constructor(
    private readonly pool: Pool,
    private readonly shown: string,
    private readonly turns: Turns,
    private readonly taking: Taking = 'alone',
  ) {}

  createDriver(): Driver {
    return new StoreDriver(this.pool, this.shown, this.turns, this.taking);
  }

  createQueryCompiler(): PostgresQueryCompiler {
    return new PostgresQueryCompiler();
  }

  createAdapter(): PostgresAdapter {
    return new PostgresAdapter();
  }

  createIntrospector(db: Kysely<unknown>): PostgresIntrospector {
    return new PostgresIntrospector(db);
  }
}

class StoreDriver implements Driver {
  constructor(
    private readonly pool: Pool,
    private readonly shown: string,
    private readonly turns: Turns,
    private readonly taking: Taking,
  ) {}

  init(): Promise<void> {
    return Promise.resolve();
  }

  async acquireConnection(): Promise<Connection> {
    try {
      return new Connection(await this.pool.connect(), this.shown);
    } catch (error) {
      throw toStoreError(error, this.shown);
    }
  }

  async beginTransaction(connection: Connection): Promise<void> {
    connection.endTurn = await this.turns.next();
    try {
      // In one round trip.
      await connection.ask(lockedBy[this.taking]);
    } catch (error) {
      // It may have begun, and Kysely ends only what it knows to have begun.
      await this.rollbackTransaction(connection);
      throw error;
    }
  }

  async commitTransaction(connection: Connection): Promise<void> {
    await connection.ask('commit');
    connection.endTurn();
  }

  /** A connection on which it fails is given up, and the server undoes what it had begun. */
  async rollbackTransaction(connection: Connection): Promise<void> {
    await connection.ask('rollback').catch(() => connection.giveUp());
    connection.endTurn();
  }

  releaseConnection(connection: Connection): Promise<void> {
    connection.release();
    return Promise.resolve();
  }

  async destroy(): Promise<void> {
    await this.pool.end();
  }
}

class Connection implements DatabaseConnection {
  #isOver = false;
  /** Lets the next transaction of this process begin. */
  endTurn: () => void = () => {};

  constructor(
    private readonly client: PoolClient,
    private readonly shown: string,
  ) {}

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { command, rowCount, rows } = await this.ask(sql, parameters);
    const changes = ['INSERT', 'UPDATE', 'DELETE'].includes(command) && rowCount !== null;
    return { rows: rows as Row[], ...(changes ? { numAffectedRows: BigInt(rowCount) } : {}) };
  }

  async ask(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<{ command: string; rowCount: number | null; rows: unknown[] }> {
    try {
      return await this.client.query<object>(sql, [...parameters]);
    } catch (error) {
      if (endsConnection(error)) this.giveUp();
      throw toStoreError(error, this.shown);
    }
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('what is read is read page by page');
  }

  giveUp(): void {
    this.#isOver = true;
  }

  release(): void {
    this.endTurn();
    this.client.release(this.#isOver);
  }
}
