import type { Mac } from '../network/mac.js';
import type { Direction, Models } from '../phone/models.js';
import { type LicenseNeed, licenseNeed, type LicensePhone, type Missing } from './need.js';

/** What names the form of a plan to programs that read it. */
const licensesSchema = 'fleet-migrate/licenses@1';

/** `held`: its license was imported · `unknown`: it needs one, and what must be known to order it is not. */
type LicenseState = 'needed' | 'held' | 'not-needed' | 'unknown';

/** One phone of a license plan. */
export interface PlannedLicense {
  address: string | null;
  mac: Mac | null;
  productId: string | null;
  vid: string | null;
  serial: string | null;
  sku: string | null;
  state: LicenseState;
  /** The phone that was at its address before and has a license: that one cannot be used for it. */
  replaces: Mac | null;
}

/** One order number, and for how many phones. */
interface LicenseOrderCount {
  sku: string;
  supportSku: string;
  /** `held` and `toOrder` together. */
  needed: number;
  held: number;
  toOrder: number;
}

/** Which licenses a fleet needs to move in a direction; in JSON schema `fleet-migrate/licenses@1`. */
export interface LicensePlan {
  schema: typeof licensesSchema;
  direction: Direction;
  /** What was planned for: a run of the store, or lists. */
  from: { run: string } | { inventories: readonly string[] };
  orders: LicenseOrderCount[];
  /** Phones that may return without a license. */
  notNeeded: number;
  /** Phones for which none can be ordered yet. */
  missing: { address: string | null; mac: Mac | null; missing: Missing[]; unread: string | null }[];
  phones: PlannedLicense[];
  /** Phones that do not count. */
  left: {
    /** They run the other firmware already. */
    otherFamily: number;
    neverMove: { address: string | null; mac: Mac | null; reason: string }[];
  };
  /** Phones to order for whose firmware does not tell whether they need a license at all. */
  untold: number;
  /** Phones of which nothing says what firmware they run. */
  familyUnknown: number;
  /** Rows of the lists that may be phones, and do not say which: neither an address nor a MAC can be read in them. */
  unidentified: number;
  /** Phones of earlier runs that are not among those planned for. */
  notAmong: number;
}

/** What is on record beside the phones themselves. */
export interface LicenseRecords {
  held: ReadonlySet<Mac>;
  /** Every phone that was ever seen, and where last. */
  seen: readonly { mac: Mac; address: string }[];
}

/**
 * Plans the licenses of these phones, each MAC once.
 * @param records `held`: MACs with a license of this direction
 */
export function planLicenses(
  phones: readonly LicensePhone[],
  from: LicensePlan['from'],
  direction: Direction,
  { held, seen }: LicenseRecords,
  models: Models,
): LicensePlan {
  const plan: LicensePlan = {
    schema: licensesSchema,
    ...{ direction, from, orders: [], notNeeded: 0, missing: [], phones: [] },
    left: { otherFamily: 0, neverMove: [] },
    ...{ untold: 0, familyUnknown: 0, unidentified: 0, notAmong: 0 },
  };
  const orders = new Map<string, LicenseOrderCount>();
  const counted = new Set<Mac>();
  const here = new Set(phones.flatMap(({ mac }) => mac ?? []));
  const earlier = new Map(
    seen.filter(({ mac }) => !here.has(mac) && held.has(mac)).map(({ mac, address }) => [address, mac]),
  );
  for (const phone of phones) {
    const { address, mac, unread } = phone;
    if (mac !== null && counted.has(mac)) continue;
    if (mac !== null) counted.add(mac);
    const need = licenseNeed(phone, direction, models);
    if (need.kind === 'other-family') {
      plan.left.otherFamily += 1;
      continue;
    }
    if (need.kind === 'never-moves') {
      plan.left.neverMove.push({ address, mac, reason: need.reason });
      continue;
    }
    const state = stateOf(need, mac, held);
    const sku = need.kind === 'needed' ? (need.order?.sku ?? null) : null;
    const replaces = state === 'needed' && address !== null ? (earlier.get(address) ?? null) : null;
    const { productId, vid, serial } = phone;
    plan.phones.push({ address, mac, productId, vid, serial, sku, state, replaces });
    if (need.kind === 'not-needed') {
      plan.notNeeded += 1;
      continue;
    }
    if (need.isFamilyUnknown) plan.familyUnknown += 1;
    if (state === 'unknown') plan.missing.push({ address, mac, missing: need.missing, unread });
    if (state === 'needed' && need.isUntold) plan.untold += 1;
    if (state === 'unknown' || need.order === null) continue;
    const order = orders.get(need.order.sku) ?? {
      ...{ sku: need.order.sku, supportSku: need.order.supportSku, needed: 0, held: 0, toOrder: 0 },
    };
    orders.set(need.order.sku, order);
    order.needed += 1;
    if (state === 'held') order.held += 1;
    else order.toOrder += 1;
  }
  plan.notAmong = seen.filter(({ mac }) => !here.has(mac)).length;
  // In the order of the guide's table.
  plan.orders = models.licenses.orders.flatMap(({ sku }) => orders.get(sku) ?? []);
  return plan;
}

function stateOf(
  need: Extract<LicenseNeed, { kind: 'needed' | 'not-needed' }>,
  mac: Mac | null,
  held: ReadonlySet<Mac>,
): LicenseState {
  if (need.kind === 'not-needed') return 'not-needed';
  if (mac !== null && held.has(mac)) return 'held';
  return need.missing.length > 0 || need.order === null ? 'unknown' : 'needed';
}
