import type { Credentials } from '../../domain/network/site.js';
import type { UcmAccess } from '../../domain/network/ucm-access.js';
import type { RunStart, RunSummary } from '../../domain/report/report.js';
import type { Models } from '../../domain/phone/models.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { type FleetSettings, openRunTargets, type TargetSource } from '../../fleet/run/assemble.js';
import { refuseBusyStore } from '../../fleet/run/run-locks.js';
import type { Store } from '../../store/store.js';
import type { RunRow } from '../../store/store-rows.js';
import { fleetSettings } from '../options/fleet-settings.js';
import type { ResumeSettings } from '../options/table.js';
import type { Aside } from './aside.js';
import type { Conduct } from './carry-out.js';
import type { Starter } from './starter.js';
import { serveAgainIfPossible } from '../serving/again.js';
import type { Serving } from '../serving/for-run.js';
import type { NamedFile } from '../check/distinct-files.js';
import { systemClock } from '../system-clock.js';
import { type KeptRun, keptRun } from './kept-run.js';

/** What a resumed run takes from the resuming command, not from the store. */
export interface Anew {
  settings: Pick<ResumeSettings, 'accept' | 'yes' | 'lockFolder'>;
  /** Passwords are not stored. */
  credentialsFor: FleetSettings['credentialsFor'];
  /** For a run with Unified CM; `null` for one without. */
  ucmCredentials: Credentials | null;
}

/**
 * Rebuilds an earlier run from what was stored of it.
 * @throws UsageError when its files are missing
 */
export async function conductOf(
  run: RunRow,
  { settings: kept, profile, sites, ofRun }: KeptRun,
  { settings: anew, credentialsFor, ucmCredentials }: Anew,
  abandonUntouched: boolean,
): Promise<Conduct> {
  const accept = [...new Set([...kept.accept, ...anew.accept])];
  const beside = { profile, sites, credentialsFor, ucmCredentials, confirmed: anew.yes, ofRun };
  const settings = await fleetSettings({ ...kept, accept }, beside);
  const targets = await openRunTargets(settings, systemClock);
  return {
    summary: startOf(run.summary),
    settings,
    kept: null,
    resumes: run,
    targets: abandonUntouched ? nobody(targets) : targets,
    abandonUntouched,
    lockFolder: anew.lockFolder,
  };
}

/** What was known of a run at its start, and holds for its end as well: not what it did with web access, that somebody said no, or how long it took. */
function startOf({
  webAccess: _before,
  declined: _then,
  workedMs: _ms,
  ...start
}: RunRow['summary'] & Partial<RunSummary>): RunStart {
  return start;
}

/** A new run that finishes earlier ones first. */
interface Before {
  said: ResumeSettings;
  settings: Pick<FleetSettings, 'ucm'>;
  /** Passwords for the phones of an earlier run. */
  credentialsOf: (run: KeptRun) => FleetSettings['credentialsFor'];
  models: Models;
  store: Store;
  /** The new run's own file server. */
  serving: Serving | null;
  /** Files of the new run, which may not lie in a folder that an earlier one serves. */
  hidden: readonly NamedFile[];
}

/**
 * Finishes runs that were killed or stopped with phones under way, before a new run begins: those phones are watched to their end, the rest
 * is left to the new run. A run that is still alive is not touched: the new one will find the store in use.
 * @returns what `finish` returned where that was stopped, by a signal or from the dashboard, after which no new run may begin; else `null`
 */
export async function recoverInterrupted<Result>(
  { said, settings: { ucm = null }, credentialsOf, models, store, serving, hidden }: Before,
  { say, tell, finish }: Aside & Pick<Starter<Result>, 'finish'>,
): Promise<Result | null> {
  for (const run of await store.unfinishedRuns()) {
    if (run.profile === null || run.summary.dryRun) continue;
    // Its lock tells whether it is still alive: then it is using the store.
    await refuseBusyStore(store, run.id, say);
    say(`The run ${run.id} ${howItEnded(run)}; its phones are checked first.`);
    const kept = keptRun(run);
    refuseOtherUcm(run.id, kept, ucm);
    const credentialsFor = credentialsOf(kept);
    const conduct = await conductOf(run, kept, { settings: said, credentialsFor, ucmCredentials: ucm }, true);
    const aside = { say: () => {}, tell };
    const again = isServed(kept, serving) ? null : await serveAgainIfPossible(kept, store, models, aside, hidden);
    try {
      const stopped = await finish({ ...conduct, serving: again ?? serving }, store);
      if (stopped !== null) return stopped;
    } finally {
      await again?.close();
    }
  }
  return null;
}

function howItEnded({ state, interrupted }: RunRow): string {
  if (state === 'running') return 'was cut off';
  return interrupted === null ? 'ended with phones that may still arrive' : 'was stopped halfway';
}

/** The phones of an earlier run can only be watched with the Unified CM that they were moved with, whose password is not stored. @throws UsageError */
function refuseOtherUcm(run: string, { settings: { ucm: host } }: KeptRun, ucm: UcmAccess | null): void {
  if (host === null || host.toLowerCase() === ucm?.host.toLowerCase()) return;
  throw new UsageError(
    `The run ${run} moved phones with Unified CM ${host}, which this run does not speak to; finish it first with: fleet-migrate resume ${run} --ucm-username NAME --ucm-password-env NAME.`,
  );
}

/** Whether the new run serves what the earlier one did, at the same port. */
function isServed({ settings: { serve, serveHttpPort } }: KeptRun, serving: Serving | null): boolean {
  return serve !== null && serving !== null && serving.root === serve && serving.httpPort === serveHttpPort;
}

/** The same source without targets: only known phones are continued. */
function nobody(targets: TargetSource): TargetSource {
  return {
    ...{
      count: 0,
      atMost: 0,
      most: targets.most,
      byMac: new Map(),
      scanned: [],
      scopes: targets.scopes,
      warnings: targets.warnings,
    },
    takes: (target, mac) => targets.takes(target, mac),
    isExcluded: (address) => targets.isExcluded(address),
    [Symbol.asyncIterator]: async function* () {},
  };
}
