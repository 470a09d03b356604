import type { Models } from '../../domain/phone/models.js';
import type { Log } from '../../domain/ports/log.js';
import type { RunEvent } from '../../domain/report/events.js';
import type { RunReport } from '../../domain/report/report.js';
import { phoneProfiles, shippedUnifiedCm } from '../../config/profiles/as-shipped.js';
import type { KeptSettings } from '../../config/settings/kept.js';
import { assembleRun, type FleetSettings, openRunTargets, type TargetSource } from '../../fleet/run/assemble.js';
import type { Question } from '../../fleet/run/question.js';
import { type StoredRun, runStored } from '../../fleet/run/run-with-store.js';
import { Planner } from '../../fleet/shared/planner.js';
import { storedMethods } from '../../fleet/memory/write-methods.js';
import type { StopControl } from '../../fleet/stop-control.js';
import type { RunHooks } from '../../fleet/run/run-fleet.js';
import type { BegunUcm } from '../../fleet/unified-cm/begin.js';
import type { Store } from '../../store/store.js';
import type { RunRow } from '../../store/store-rows.js';
import { fitToFiles, openFilesLimit, tellLowered } from '../check/open-files.js';
import { proofOf } from '../options/pacing.js';
import { settingsServerFor } from '../options/serve-at.js';
import type { OptionName } from '../options/table.js';
import { fetchedFrom } from '../serving/fetched.js';
import type { Serving } from '../serving/for-run.js';
import { systemClock } from '../system-clock.js';
import { logEvent } from './log-event.js';
import type { AskedRun } from './question.js';

/** A run to conduct: what is done, with whom. */
export interface Conduct {
  summary: StoredRun['summary'];
  settings: FleetSettings;
  /** Stored for a resume; null for a run that is in the store already. */
  kept: KeptSettings | null;
  resumes: RunRow | null;
  targets: TargetSource;
  /** Whether the user set an option. Absent: unknown. */
  isAskedFor?: (name: OptionName) => boolean;
  /** Skips untouched phones of the interrupted run. */
  abandonUntouched: boolean;
  /** The run's own file server. Absent: none. */
  serving?: Pick<Serving, 'tellTo' | 'openFiles' | 'unstored' | 'sawNothingOf'> | null;
  /** The folder of the phone locks; `null`: the usual one of this machine. */
  lockFolder: string | null;
}

/** Who has a run conducted: the command line, or a program. It hears of everything, is asked, and may stop it. */
export interface Client {
  log: Log;
  stop: StopControl;
  /** Called with everything that happens, in order. */
  notify: (event: RunEvent) => void;
  /** Resolves when it has caught up with the events; no further target is probed until then. Absent: at once. */
  listening?: () => Promise<void>;
  /** Called once before the first write; `false` leaves every phone untouched. */
  confirm: (question: Question, run: AskedRun) => Promise<boolean>;
  onProgress: RunHooks['onProgress'];
  /** What is kept in the store of how the run ended. */
  exitCodeOf: (report: RunReport) => number;
}

/**
 * Conducts a run from its first event to its report.
 * @throws UsageError before anything is contacted, when this machine lacks what it needs
 */
export async function carryOut(run: Conduct, models: Models, store: Store, client: Client): Promise<RunReport> {
  const { log, stop } = client;
  const pages = await phoneProfiles(run.settings.phoneProfiles);
  const limit = openFilesLimit();
  const ownServer = run.serving ?? null;
  const { fetching, ...fitting } = fitToFiles(
    run.settings,
    limit === null ? null : limit - (ownServer?.openFiles ?? 0),
  );
  const settings = { ...run.settings, ...fitting };
  ownServer?.tellTo(log);
  let close = (): Promise<void> => Promise.resolve();
  try {
    for (const { path, text } of run.targets.warnings) log.info('part of a list is not read', { path, text });
    tellLowered(run.settings, fitting, limit, run.isAskedFor ?? (() => false), log);
    const offers = await settingsServerFor(settings, fetching, log);
    close = async () => offers?.close();
    const methods = await storedMethods(store, log);
    const begun = await beginAtUcm(settings, log);
    const targets =
      begun === null || run.abandonUntouched
        ? run.targets
        : await openRunTargets(withPhones(settings, begun), systemClock);
    const context = assembleRun(settings, targets, {
      models,
      phoneProfiles: pages,
      clock: systemClock,
      random: Math.random,
      ...{ log, offers, methodMemory: methods, fetched: fetchedFrom(store, ownServer), ucm: begun?.ucm ?? null },
      ...(ownServer ? { fetchedNothing: ownServer.sawNothingOf } : {}),
      notify: (event) => {
        client.notify(event);
        logEvent(log, event);
      },
      ...(client.listening ? { listening: client.listening } : {}),
    });
    const workers =
      run.summary.shared && store.work ? new Planner({ store, work: store.work, clock: systemClock, log }) : null;
    try {
      return await runStored({
        ...{ store, stop, summary: run.summary, settings: run.kept, resumes: run.resumes },
        context: { ...context, ...(workers ? { workers } : {}) },
        ...{ exitCodeOf: client.exitCodeOf, abandonUntouched: run.abandonUntouched, lockFolder: run.lockFolder },
        hooks: {
          confirm: (question) => client.confirm(question, askedRun(settings)),
          onProgress: client.onProgress,
        },
      });
    } finally {
      await methods.settled();
    }
  } finally {
    await close();
    ownServer?.tellTo(null);
  }
}

/** Asks the Unified CM of a run for its phones; `null`: it has none. @throws UsageError */
async function beginAtUcm(settings: FleetSettings, log: Log): Promise<BegunUcm | null> {
  const { ucm: access = null, profile, dryRun, timeoutMs } = settings;
  if (access === null) return null;
  const knowledge = await shippedUnifiedCm();
  const { beginUcm } = await import('../../fleet/unified-cm/begin.js');
  return beginUcm({ access, profile, dryRun, timeoutMs, knowledge }, systemClock, log);
}

/** The settings with the phones of their Unified CM among the targets. */
function withPhones({ targets }: FleetSettings, { ucm: { host }, phones }: BegunUcm): Pick<FleetSettings, 'targets'> {
  return { targets: { ...targets, ...(targets.ofUcm ? { ofUcm: { host, phones } } : {}) } };
}

/** What the question tells of a run besides its phones. */
function askedRun(settings: FleetSettings): AskedRun {
  const { profile, files, pacing, tls, ucm = null, skipPreflight } = settings;
  const ofSites = [...pacing.sites.values()].map((site) => site.files);
  const servers = [files, ...ofSites].filter((url) => url !== null);
  return {
    profile: profile?.name ?? '',
    files: [...new Set(servers)],
    insecure: tls.insecure,
    ucmInsecure: ucm?.tls.insecure ?? false,
    skipPreflight,
    proof: proofOf(settings),
  };
}
