import type { Kysely } from 'kysely';
import type { PhoneReport } from '../../domain/report/report.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { inAddressOrder } from '../../domain/network/ipv4.js';
import { findRun } from './runs.js';
import type { StoreTables } from '../schema/tables.js';
import { targetsOf } from './targets.js';

/** A phone as a run has seen it. */
interface DiffPhone extends Pick<PhoneReport, 'family' | 'model' | 'softwareVersion' | 'transitionAuthorizationType'> {
  mac: string;
  address: string;
  direction: NonNullable<PhoneReport['eligibility']>['direction'] | null;
  verdict: NonNullable<PhoneReport['eligibility']>['verdict'] | null;
}

/** A phone, where it is now, and what of it was before and is now. */
interface DiffChange {
  mac: string;
  address: string;
  model: string | null;
  from: string;
  to: string;
}

/** What changed in the fleet from one run to another, of phones that were identified in them; each list by address. */
export interface FleetDiff {
  /** The runs' ids. */
  from: string;
  to: string;
  new: DiffPhone[];
  /** Seen in the first run and not in the second, which may not have asked their addresses. */
  notSeen: DiffPhone[];
  moved: DiffChange[];
  firmware: DiffChange[];
  /** Another transition authorization type, `''` being none; told only of phones that are Multiplatform in both runs. */
  authorization: DiffChange[];
  /** Eligible now and not before, `from` being the verdict before (`''`: none). */
  newlyEligible: DiffChange[];
}

type Db = Kysely<StoreTables>;

/** Compares two runs, given by id, prefix or `latest`. @throws UsageError when there is no such run */
export async function diffRuns(db: Db, from: string, to: string): Promise<FleetDiff> {
  const [before, after] = [await phonesIn(db, from), await phonesIn(db, to)];
  const diff: FleetDiff = {
    from: before.id,
    to: after.id,
    new: byAddress([...after.phones.values()].filter(({ mac }) => !before.phones.has(mac))),
    notSeen: byAddress([...before.phones.values()].filter(({ mac }) => !after.phones.has(mac))),
    moved: [],
    firmware: [],
    authorization: [],
    newlyEligible: [],
  };
  for (const now of byAddress([...after.phones.values()])) {
    const then = before.phones.get(now.mac);
    if (then) compare(then, now, diff);
  }
  return diff;
}

function compare(then: DiffPhone, now: DiffPhone, diff: FleetDiff): void {
  const { mac, address, model } = now;
  const note = (list: DiffChange[], from: string, to: string): void => {
    if (from !== to) list.push({ mac, address, model, from, to });
  };
  note(diff.moved, then.address, now.address);
  // A look that could not read the version says nothing about a change.
  if (then.softwareVersion !== null && now.softwareVersion !== null)
    note(diff.firmware, then.softwareVersion, now.softwareVersion);
  if (then.family === 'multiplatform' && now.family === 'multiplatform')
    note(diff.authorization, authorizationOf(then), authorizationOf(now));
  // After a move the question is the way back, and its answer no news about the way there.
  const sameQuestion = then.direction === null || then.direction === now.direction;
  if (sameQuestion && now.verdict === 'eligible') note(diff.newlyEligible, then.verdict ?? '', now.verdict);
}

function authorizationOf({ transitionAuthorizationType }: DiffPhone): string {
  return transitionAuthorizationType?.trim() ?? '';
}

async function phonesIn(db: Db, idOrPrefix: string): Promise<{ id: string; phones: Map<string, DiffPhone> }> {
  const run = await findRun(db, idOrPrefix);
  if (!run) throw new UsageError(`There is no run ${idOrPrefix} in the store; fleet-migrate runs lists them.`);
  const phones = new Map<string, DiffPhone>();
  for await (const { report } of targetsOf(db, run.id)) {
    // The same MAC at a second address is not a second phone.
    if (!report || report.mac === null || report.failure?.code === 'duplicate-mac') continue;
    const { mac, address, family, model, softwareVersion, transitionAuthorizationType, eligibility } = report;
    phones.set(mac, {
      mac,
      address,
      family,
      model,
      softwareVersion,
      transitionAuthorizationType,
      direction: eligibility?.direction ?? null,
      verdict: eligibility?.verdict ?? null,
    });
  }
  return { id: run.id, phones };
}

function byAddress(phones: readonly DiffPhone[]): DiffPhone[] {
  return inAddressOrder(phones, ({ address }) => address);
}
