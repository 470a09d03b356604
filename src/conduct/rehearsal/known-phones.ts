import { fieldNames, isShown, type ShownName } from '../../domain/phone/fields.js';
import type { PhoneReport } from '../../domain/report/report.js';
import { isUsageError, UsageError } from '../../domain/text/usage-error.js';
import type { Store } from '../../store/store.js';
import type { KnownPhone, RunRow } from '../../store/store-rows.js';
import { runNamed } from '../check/run-named.js';

/** So many runs are looked at for one that has read phones. */
const mostRuns = 1_000;

/** The phones that a rehearsal is of. */
export interface KnownPhones {
  of: { run: string; at: string };
  reports: PhoneReport[];
}

/**
 * The phones of the last audit, each as it was read last: runs since may have moved some. Where the store has no audit, those of the last run
 * that has read phones.
 * @param named the run to take instead; `null`: none
 * @throws UsageError if no run has read any
 */
export async function lastKnownPhones(store: Store, named: string | null): Promise<KnownPhones> {
  const run =
    named === null ? lastAudit(await store.runs({ limit: mostRuns }), store.path) : await runNamed(store, named);
  const { phones } = await store.report(run.id);
  if (!phones.some(({ family }) => family !== null))
    throw nothingRead(`The run ${run.id} has read no phone`, store.path);
  const at = run.finishedAt ?? run.startedAt;
  const since = new Map(
    (await store.knownPhones()).filter(({ lastSeenAt }) => lastSeenAt > at).map((one) => [one.mac, one]),
  );
  return {
    of: { run: run.id, at },
    reports: phones.map((phone) => asOfNow(phone, phone.mac === null ? undefined : since.get(phone.mac))),
  };
}

/** The latest audit that has read phones, else the latest run that has. @throws UsageError */
function lastAudit(runs: readonly RunRow[], path: string): RunRow {
  const read = runs.filter(({ state, totals }) => state !== 'running' && hasRead(totals));
  const [latest] = read;
  const audit = read.find(({ profile }) => profile === null) ?? latest;
  if (audit) return audit;
  throw nothingRead('No run has read a phone yet', path);
}

function nothingRead(what: string, path: string): UsageError {
  return new UsageError(
    `${what} in the store ${path}, so there is none to rehearse with; audit the fleet first (fleet-migrate audit), or name a list of phones with their models by --inventory.`,
  );
}

function hasRead(totals: RunRow['totals']): boolean {
  return Object.entries(totals?.byOutcome ?? {}).some(
    ([outcome, count]) => outcome !== 'no-answer' && outcome !== 'not-a-phone' && count > 0,
  );
}

/** The same phone with what a later run has read of it. */
function asOfNow(phone: PhoneReport, later: KnownPhone | undefined): PhoneReport {
  if (!later) return phone;
  const shown = Object.fromEntries(
    fieldNames.filter((name): name is ShownName => isShown(name)).map((name) => [name, later[name]]),
  );
  const { family, address, returnWithoutLicense } = later;
  return { ...phone, ...shown, family, address, returnWithoutLicense };
}

/** The same where there may be no store, or none in which a phone was read: `null` then. @throws UsageError for a named run */
export async function knownPhonesIfAny(store: Store | null, named: string | null): Promise<KnownPhones | null> {
  if (store === null) return null;
  try {
    return await lastKnownPhones(store, named);
  } catch (error) {
    if (named === null && isUsageError(error)) return null;
    throw error;
  }
}
