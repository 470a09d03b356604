import { UsageError } from '../../../domain/text/usage-error.js';
import type { WhichPhones } from '../../../licenses/plan.js';

type Words = Pick<WhichPhones, 'fromRun'> & { inventory: readonly string[]; column: WhichPhones['columns'] };

/** @throws UsageError where phones are named in two ways, or a column of no list */
export function whichPhones({ inventory, column, fromRun }: Words): WhichPhones {
  if (inventory.length > 0 && fromRun !== null)
    throw new UsageError('--inventory and --from-run both say which phones are meant; leave one of them out.');
  if (column.length > 0 && inventory.length === 0)
    throw new UsageError('--column needs --inventory, the list that has this column; add it, or leave this out.');
  return { inventories: inventory, columns: column, fromRun };
}
