import type { UcmAccess } from '../../domain/network/ucm-access.js';
import type { Clock } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { movesThroughUcm } from '../../domain/plan/target.js';
import { UsageError } from '../../domain/text/usage-error.js';
import type { UcmKnowledge } from '../../domain/unified-cm/knowledge.js';
import type { KnownPhone } from '../../inventory/target.js';
import type { Ucm, UcmRights } from '../../ucm/ucm.js';
import { openUcm } from '../cluster/open-ucm.js';
import { needed } from '../cluster/trouble.js';
import { areTargets } from './of-run.js';
import { asKnownPhones, keptUpToDate, listPhones } from './listing.js';
import { sharedRegistrations } from './registrations.js';
import type { UcmAtWork } from './ucm-at-work.js';

/** What a run wants of its Unified CM. */
export interface UcmOfRun {
  access: UcmAccess;
  profile: MigrationProfile | null;
  dryRun: boolean;
  /** Time to connect (ms). */
  timeoutMs: number;
  knowledge: UcmKnowledge;
}

/** A Unified CM that has been asked for its phones. */
export interface BegunUcm {
  ucm: UcmAtWork;
  /** Its phones as targets. */
  phones: KnownPhone[];
}

/**
 * Asks a Unified CM for its phones, and whether the user may do what the run will need. Writes nothing.
 * @throws UsageError with what is wrong and what to do
 */
export async function beginUcm(
  { access, profile, dryRun, timeoutMs, knowledge }: UcmOfRun,
  clock: Clock,
  log: Log,
): Promise<BegunUcm> {
  const client = await openUcm(access, { clock, log, knowledge, timeoutMs });
  await needed(client.version());
  const writes = access.enableWebAccess || movesPhones(profile);
  const rights = await refuseWithoutRights(client, access, knowledge.roles, writes && !dryRun);
  if (writes && rights.write === 'no')
    log.warn('this user may only read on Unified CM: without --dry-run it takes one that may change phones', {
      user: access.username,
    });
  const { host } = access;
  const listing = await needed(listPhones(client, access));
  const phones = areTargets(profile) ? asKnownPhones(listing) : [];
  if (areTargets(profile) && phones.length === 0) throw nobody(access, listing.phones.size);
  for (const pool of listing.emptyPools)
    log.warn('no 7800 and no 8800 phone is in this device pool of Unified CM', { pool });
  const [first = '', ...others] = knowledge.loadServer.tags;
  return {
    ucm: {
      ...{ host, client, phones: listing.phones },
      registration: keptUpToDate(
        listing,
        sharedRegistrations((names) => client.registrations(names), {
          clock,
          requestsPerMinute: knowledge.realTime.requestsPerMinute,
        }),
      ),
      webAccess: { setting: knowledge.webAccess, isAllowed: access.enableWebAccess && !dryRun },
      loadServerTags: [first, ...others],
    },
    phones,
  };
}

function movesPhones(profile: MigrationProfile | null): boolean {
  return profile !== null && movesThroughUcm(profile);
}

/** What the user lacks is found out before anything is written. @throws UsageError */
async function refuseWithoutRights(
  client: Pick<Ucm, 'rights' | 'proveWrite'>,
  { host, username }: UcmAccess,
  roles: UcmKnowledge['roles'],
  writes: boolean,
): Promise<UcmRights> {
  const rights = await needed(client.rights());
  const lacks = (what: string, { anyOf, beside }: UcmKnowledge['roles']['read']): UsageError =>
    new UsageError(
      `Unified CM ${host}: the user ${username} may not ${what}; add it to a group with ${[anyOf.join(' or '), ...beside].join(', and ')} (docs/unified-cm.md). Nothing was changed.`,
    );
  if (rights.read === 'no') throw lacks('read its database', roles.read);
  if (rights.realTime === 'no') throw lacks('ask its real-time service', roles.realTime);
  if (!writes) return rights;
  const write = rights.write === 'unknown' ? await needed(client.proveWrite()) : rights.write;
  if (write === 'no') throw lacks('change phones', roles.write);
  return rights;
}

function nobody({ host, devicePools, match }: UcmAccess, known: number): UsageError {
  if (known === 0) return new UsageError(`Unified CM ${host} has no 7800 and no 8800.`);
  const chosen = [
    ...devicePools.map((pool) => `--device-pool ${JSON.stringify(pool)}`),
    ...(match === null ? [] : [`--match ${JSON.stringify(match)}`]),
  ].join(' and ');
  return new UsageError(
    `None of the ${known} phones of Unified CM ${host} is chosen by ${chosen}; fleet-migrate ucm list shows them.`,
  );
}
