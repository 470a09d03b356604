import type { Kysely } from 'kysely';
import type { Clock } from '../../../src/domain/ports/clock.js';
import { openFile } from '../../../src/store/file/open-file.js';
import { systemProcesses, thisProcess } from '../../../src/store/locks/owner.js';
import type { StoreTables } from '../../../src/store/schema/tables.js';
import { StoreError } from '../../../src/store/store-error.js';
import { storeOver } from '../../../src/store/store-over.js';
import type { Entry, Refusals } from '../../../src/store/write/entry.js';
import type { Store } from '../../../src/store/store.js';
import type { SharedWork } from '../../../src/store/work.js';

/**
 * How a store answers to those who write: `there` as usual; `away`: not at all; `lost`: it stores what it is told, and its answer is lost, as when
 * the connection is cut during a commit.
 */
export type Answering = 'there' | 'away' | 'lost';

/**
 * A store that does not always answer, as a database may not; it is in a file.
 * `asked` grows by each transaction that is begun, alone or beside others.
 * @param refusals what it refuses of what workers write; `null`: it has no workers
 */
export async function awayStore(
  path: string,
  clock: Clock,
  refusals: ((entries: readonly Entry[]) => Refusals) | null = null,
): Promise<{ store: Store; answers: (how: Answering) => void; asked: ('alone' | 'beside')[] }> {
  const backing = await openFile({ path, clock, thorough: false });
  let answering: Answering = 'there';
  const asked: ('alone' | 'beside')[] = [];
  const away = (): Promise<never> =>
    Promise.reject(new StoreError('store-away', 'The database does not answer (test).'));
  const transaction = (
    how: 'alone' | 'beside' = 'alone',
  ): Pick<ReturnType<Kysely<StoreTables>['transaction']>, 'execute'> => ({
    execute: async (work) => {
      asked.push(how);
      if (answering === 'away') return away();
      const result = await backing.db.transaction().execute(work);
      return answering === 'lost' ? away() : result;
    },
  });
  const db = new Proxy(backing.db, {
    get: (of, key) => {
      if (key === 'transaction') return transaction;
      const value: unknown = Reflect.get(of, key, of);
      return typeof value === 'function' ? (value.bind(of) as unknown) : value;
    },
  });
  return {
    store: storeOver(
      {
        ...{ ...backing, db, beside: (work) => transaction('beside').execute(work) },
        sharing: refusals && {
          refusals: (_trx, _run, entries) => Promise.resolve(refusals(entries)),
          workFor: () => ({}) as SharedWork,
        },
      },
      { owner: thisProcess(), processes: systemProcesses, clock, gatherMs: undefined },
    ),
    answers: (how) => (answering = how),
    asked,
  };
}
