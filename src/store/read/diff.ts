import type { Kysely } from 'kysely';
import { inAddressOrder } from '../../domain/network/address-order.js';
import type { PhoneReport } from '../../domain/report/report.js';
import type { PhoneRef, RunDiff, RunRef } from '../../domain/report/run-diff.js';
import type { StoreTables } from '../schema/tables.js';
import { requireRun } from './runs.js';
import { targetsOf } from './targets.js';

type Db = Kysely<StoreTables>;

/** What is compared about an identified phone: the whole reports of two runs of a large fleet would be too much to hold. */
interface KnownPhone extends Pick<
  PhoneReport,
  'address' | 'family' | 'model' | 'softwareVersion' | 'transitionAuthorizationType'
> {
  mac: string;
  eligibility: Pick<NonNullable<PhoneReport['eligibility']>, 'direction' | 'verdict'> | null;
}

/**
 * What changed in the fleet from one run to another, given by id, prefix or `latest`; each list by address.
 * @throws UsageError when there is no such run
 */
export async function diffRuns(db: Db, from: string, to: string): Promise<RunDiff> {
  const [before, after] = [await phonesIn(db, from), await phonesIn(db, to)];
  const diff: RunDiff = {
    ...{ from: before.run, to: after.run },
    added: refs([...after.phones.values()].filter(({ mac }) => !before.phones.has(mac))),
    notSeen: refs([...before.phones.values()].filter(({ mac }) => !after.phones.has(mac))),
    ...{ moved: [], firmware: [], authorization: [], newlyEligible: [] },
  };
  for (const now of inAddressOrder([...after.phones.values()], ({ address }) => address)) {
    const then = before.phones.get(now.mac);
    if (then) compare(then, now, diff);
  }
  return diff;
}

function compare(then: KnownPhone, now: KnownPhone, diff: RunDiff): void {
  const { mac, address } = now;
  if (then.address !== address) diff.moved.push({ mac, from: then.address, to: address });
  const [firmware, firmwareNow] = [then.softwareVersion, now.softwareVersion];
  // A look that could not read the version says nothing about a change.
  if (firmware !== null && firmwareNow !== null && firmware !== firmwareNow)
    diff.firmware.push({ mac, address, from: firmware, to: firmwareNow });
  const [type, typeNow] = [authorizationOf(then), authorizationOf(now)];
  if (then.family === 'multiplatform' && now.family === 'multiplatform' && type !== typeNow)
    diff.authorization.push({ mac, address, from: type, to: typeNow });
  if (isNewlyEligible(then, now)) diff.newlyEligible.push(refTo(now));
}

function isNewlyEligible({ eligibility: then }: KnownPhone, { eligibility: now }: KnownPhone): boolean {
  // After a move the verdict is about the way back, which is not news about the way there.
  const sameQuestion = then === null || then.direction === now?.direction;
  return sameQuestion && now?.verdict === 'eligible' && then?.verdict !== 'eligible';
}

/** The transition authorization type; `''` is none. */
function authorizationOf({ transitionAuthorizationType }: KnownPhone): string {
  return transitionAuthorizationType?.trim() ?? '';
}

async function phonesIn(db: Db, idOrPrefix: string): Promise<{ run: RunRef; phones: Map<string, KnownPhone> }> {
  const run = await requireRun(db, idOrPrefix);
  const phones = new Map<string, KnownPhone>();
  for await (const { report } of targetsOf(db, run.id)) {
    // The same MAC at a second address is not a second phone.
    if (!report || report.mac === null || report.failure?.code === 'duplicate-mac') continue;
    const { mac, address, family, model, softwareVersion, transitionAuthorizationType, eligibility: judged } = report;
    const eligibility = judged && { direction: judged.direction, verdict: judged.verdict };
    phones.set(mac, { mac, address, family, model, softwareVersion, transitionAuthorizationType, eligibility });
  }
  return { run: { id: run.id, startedAt: run.startedAt }, phones };
}

function refs(phones: readonly KnownPhone[]): PhoneRef[] {
  return inAddressOrder(phones, ({ address }) => address).map(refTo);
}

function refTo({ mac, address, model }: KnownPhone): PhoneRef {
  return { mac, address, model };
}
