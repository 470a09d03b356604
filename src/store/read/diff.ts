import type { Kysely } from 'kysely';
import { askedOf, type KeptTargets } from '../../domain/report/asked.js';
import { type ComparedPhone, type ComparedRun, compareReports, type RunDiff } from '../../domain/report/run-diff.js';
import type { PhoneReport } from '../../domain/report/report.js';
import type { StoreTables } from '../schema/tables.js';
import { requireRun } from './runs.js';
import { targetsOf } from './targets.js';

type Db = Kysely<StoreTables>;

/**
 * What changed in the fleet from one run to another, given by id, prefix or `latest`; each list by address.
 * @throws UsageError when there is no such run
 */
export async function diffRuns(db: Db, from: string, to: string): Promise<RunDiff> {
  return compareReports(await comparedRun(db, from), await comparedRun(db, to));
}

/** Only what is compared is held: the whole reports of two runs of a large fleet would be too much. */
async function comparedRun(db: Db, idOrPrefix: string): Promise<ComparedRun> {
  const run = await requireRun(db, idOrPrefix);
  const phones: ComparedPhone[] = [];
  const phonesAt = new Set<string>();
  /** Addresses that were asked and held no phone, and those at which nobody looked. */
  const [empty, unread] = [new Set<string>(), new Set<string>()];
  let [aborted, deferred] = [0, 0];
  for await (const { key, address, mac, outcome, report } of targetsOf(db, run.id)) {
    if (outcome === 'aborted') aborted += 1;
    if (outcome === 'deferred') deferred += 1;
    if (outcome === 'no-answer' || outcome === 'not-a-phone') empty.add(address);
    else if (!report || (mac === null && (outcome === 'aborted' || outcome === 'deferred')))
      unread.add(address).add(key);
    else {
      phonesAt.add(address);
      // The same MAC at a second address is not a second phone.
      if (report.failure?.code !== 'duplicate-mac') phones.push(compared(report));
    }
  }
  const { totals, state } = run;
  // Targets that a run did not get to are only counted.
  const isWhole =
    state !== 'running' &&
    totals !== null &&
    (totals.byOutcome.aborted ?? 0) <= aborted &&
    (totals.byOutcome.deferred ?? 0) <= deferred;
  const askedAt = askedOf(run.settings as KeptTargets | null, isWhole);
  return {
    run: { id: run.id, startedAt: run.startedAt, profile: run.profile, declined: run.summary.declined === true },
    phones,
    asked: (address, mac) => {
      if (unread.has(address)) return 'unknown';
      if (empty.has(address) || phonesAt.has(address)) return 'yes';
      const asked = askedAt(address, mac);
      // A phone that a list gave by its MAC, and that was not found, stands under it: where it was looked for is another matter.
      const isSought = mac !== null && (empty.has(mac) || unread.has(mac));
      return asked === 'no' && isSought ? 'unknown' : asked;
    },
  };
}

function compared(report: PhoneReport): ComparedPhone {
  const { mac, address, family, model, softwareVersion, transitionAuthorizationType, outcome, failure } = report;
  const { eligibility: judged } = report;
  const eligibility = judged && { direction: judged.direction, verdict: judged.verdict };
  const code = failure?.code ?? null;
  return { mac, address, family, model, softwareVersion, transitionAuthorizationType, outcome, code, eligibility };
}
