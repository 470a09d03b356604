import type { Transaction } from 'kysely';
import type { StoreTables } from './schema/tables.js';

/** Does some work in a transaction: all of it is stored, or nothing. It may be done again where it was undone for the sake of another one. */
export type Transact = <T>(work: (trx: Transaction<StoreTables>) => Promise<T>) => Promise<T>;
