import { planLicenses, type LicensePlan } from '../domain/licenses/plan.js';
import type { LicensePhone } from '../domain/licenses/need.js';
import type { Direction, Models } from '../domain/phone/models.js';
import type { ChosenColumn } from '../domain/network/chosen-column.js';
import { readLists } from '../inventory/read-lists.js';
import { systemIo } from '../inventory/io.js';
import type { ListWarning } from '../inventory/target.js';
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
}

/** Finds the phones that are meant; contacts nothing. @throws UsageError when there is no such run, or a list cannot be used */
export async function findPhones(store: Store, which: WhichPhones, clock: Clock): Promise<FoundPhones> {
  const { inventories, columns, fromRun } = which;
  if (inventories.length === 0) {
    const run = await runOfPhones(store, fromRun);
    return { phones: await phonesReadIn(store, run), from: { run: run.id }, warnings: [] };
  }
  const { phones, warnings } = await readLists(inventories, columns, systemIo(clock));
  return { phones: listedPhones(phones, await store.phones()), from: { inventories }, warnings };
}

/** Plans the licenses of these phones with what the store holds. */
export async function planHeldLicenses(
  store: Store,
  { phones, from }: FoundPhones,
  direction: Direction,
  models: Models,
): Promise<LicensePlan> {
  const licenses = await store.licenses();
  const held = new Set(licenses.filter((license) => license.direction === direction).map(({ mac }) => mac));
  return planLicenses(phones, from, direction, { held, seen: await store.phones() }, models);
}
