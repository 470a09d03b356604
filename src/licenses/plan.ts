import { planLicenses, type LicensePlan } from '../domain/licenses/plan.js';
import type { LicensePhone } from '../domain/licenses/need.js';
import type { Direction, Models } from '../domain/phone/models.js';
import type { ChosenColumn } from '../domain/network/chosen-column.js';
import { readLists } from '../inventory/read-lists.js';
import { systemIo } from '../inventory/io.js';
import type { ListWarning } from '../inventory/target.js';
import { UsageError } from '../domain/text/usage-error.js';
import type { Clock } from '../domain/ports/clock.js';
import type { Store } from '../store/store.js';
import { listedPhones, phonesReadIn, runOfPhones } from './phones.js';

/** Which phones are meant: those of lists, of a run, or else of the last audit. */
export interface WhichPhones {
  inventories: readonly string[];
  columns: readonly ChosenColumn[];
  fromRun: string | null;
}

/** Phones, and where they are from. */
export interface FoundPhones {
  phones: LicensePhone[];
  from: LicensePlan['from'];
  warnings: ListWarning[];
  /** Rows of the lists that may be phones, and do not say which. */
  unidentified: number;
}

/** Finds the phones that are meant; contacts nothing. Without a store (`null`) only lists name any. @throws UsageError when there is no such run, it reached no phone, or a list cannot be used */
export async function findPhones(store: Store | null, which: WhichPhones, clock: Clock): Promise<FoundPhones> {
  const { inventories, columns, fromRun } = which;
  if (inventories.length === 0) {
    if (store === null) throw new UsageError(noAudit);
    const run = await runOfPhones(store, fromRun);
    const phones = await phonesReadIn(store, run);
    if (phones.length === 0)
      throw new UsageError(
        `The run ${run.id} reached no phone, so it says nothing of what phones need; run an audit that reaches them, or name another run with --from-run or a list with --inventory.`,
      );
    return { phones, from: { run: run.id }, warnings: [], unidentified: 0 };
  }
  const { phones, warnings } = await readLists(inventories, columns, systemIo(clock));
  const unidentified = warnings.reduce((sum, warning) => sum + (warning.unidentified ?? 0), 0);
  return { phones: listedPhones(phones, (await store?.phones()) ?? []), from: { inventories }, warnings, unidentified };
}

const noAudit =
  'There is no store here yet, and so no finished audit; run fleet-migrate audit first, name a list with --inventory, or the store of a job with --db.';

/** Plans the licenses of these phones with what the store holds. */
export async function planHeldLicenses(
  store: Store | null,
  { phones, from, unidentified }: Pick<FoundPhones, 'phones' | 'from' | 'unidentified'>,
  direction: Direction,
  models: Models,
): Promise<LicensePlan> {
  const licenses = (await store?.licenses()) ?? [];
  const held = new Set(licenses.filter((license) => license.direction === direction).map(({ mac }) => mac));
  const plan = planLicenses(phones, from, direction, { held, seen: (await store?.phones()) ?? [] }, models);
  return { ...plan, unidentified };
}
