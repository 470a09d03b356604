import type { Credentials } from '../../domain/network/site.js';
import type { UcmAccess } from '../../domain/network/ucm-access.js';
import { wasAskedToStop } from '../../domain/report/asked-to-stop.js';
import type { RunStart, RunSummary } from '../../domain/report/report.js';
import type { Models } from '../../domain/phone/models.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { type FleetSettings, openRunTargets, type TargetSource } from '../../fleet/run/assemble.js';
import { refuseBusyStore } from '../../fleet/run/run-locks.js';
import type { Store } from '../../store/store.js';
import type { RunRow } from '../../store/store-rows.js';
import { fleetSettings } from '../options/fleet-settings.js';
import type { ResumeSettings } from '../options/table.js';
import { isStopCode } from '../terminal/exit-code.js';
import { type Conduct, conductRun, outputOf } from './conduct-run.js';
import { serveAgainIfPossible } from '../serving/again.js';
import type { Serving } from '../serving/for-run.js';
import type { NamedFile } from './distinct-files.js';
import { systemClock } from '../system-clock.js';
import { type KeptRun, keptRun } from './kept-run.js';

/** What a resumed run takes from the resuming command, not from the store. */
export interface Anew {
  settings: Pick<ResumeSettings, 'accept' | 'yes'>;
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
): Promise<Omit<Conduct, 'next'>> {
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
    detailedExitcode: false,
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

/**
 * Finishes runs that were killed or stopped with phones under way, before a new run begins: those phones are watched to their end, the rest
 * is left to the new run. A run that is still alive is not touched: the new one will find the store in use.
 * @param serving the new run's own file server
 * @param files of the new run, which may not lie in a folder that an earlier one serves
 * @returns the exit code of one that was stopped by a signal, or from the dashboard, after which no new run may begin; else `null`
 */
export async function recoverInterrupted(
  settings: ResumeSettings,
  { credentialsFor, ucm = null }: Pick<FleetSettings, 'credentialsFor' | 'ucm'>,
  models: Models,
  store: Store,
  serving: Serving | null,
  files: readonly NamedFile[],
): Promise<number | null> {
  for (const run of await store.unfinishedRuns()) {
    if (run.profile === null || run.summary.dryRun) continue;
    // Its lock tells whether it is still alive: then it is using the store.
    await refuseBusyStore(store, run.id, (text) => void process.stderr.write(`${text}\n`));
    process.stderr.write(`The run ${run.id} ${howItEnded(run)}; its phones are checked first.\n`);
    const kept = keptRun(run);
    refuseOtherUcm(run.id, kept, ucm);
    const conduct = await conductOf(run, kept, { settings, credentialsFor, ucmCredentials: ucm }, true);
    const output = { ...outputOf(settings), confirmed: true, silent: true };
    const again = isServed(kept, serving) ? null : await serveAgainIfPossible(kept, store, models, () => {}, files);
    try {
      const code = await conductRun({ ...conduct, serving: again ?? serving, next: {} }, models, store, output);
      // Somebody who stops it does not want phones to be written to by the next one.
      if (isStopCode(code) || wasAskedToStop((await store.run(run.id))?.interrupted ?? null)) return code;
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
