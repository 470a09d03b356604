import type { StepName } from '../domain/plan/plan.js';
import type { AnyEvent } from '../domain/report/events.js';
import type { RunReport } from '../domain/report/report.js';
import type { Rehearsal } from '../domain/rehearsal/rehearsal.js';
import type { StepTime } from '../domain/rehearsal/step-times.js';
import type { RunFigures } from '../domain/report/run-figures.js';
import type { RunDiff } from '../domain/report/run-diff.js';
import type { RunStory } from '../domain/report/story/story.js';
import type { UsualDuration } from './read/learned.js';
import type { LockWatch } from './locks/holder.js';
import type { LockResult } from './locks/run-lock.js';
import type { PruneCounts } from './write/prune.js';
import type { LeftAside } from './write/aside.js';
import type { JobRecorders } from './write/job-recorders.js';
import type { Recorder } from './write/recorder.js';
import type { SharedWork, TakenJob } from './work.js';
import type { NamedSite } from '../domain/network/written-site.js';
import type { Direction } from '../domain/phone/models.js';
import type {
  AskedWish,
  BorrowedSetting,
  Deferral,
  FetchedBytes,
  HeldLicense,
  KnownPhone,
  NewRun,
  PhoneHistory,
  RememberedPhone,
  RunEnd,
  RunRow,
  SiteChanges,
  StandingRun,
  StoredSite,
  TargetRow,
  Transfer,
  Wish,
} from './store-rows.js';

/**
 * The memory between runs: runs, targets, phones, events, locks. All instants are ISO 8601. What does not exist is `null` or a
 * `UsageError`; what the disk refuses is a `StoreError`, and then no part of that write is stored.
 */
export interface Store {
  /** The file, as an absolute path. */
  readonly path: string;
  /**
   * Whether what is read of it is what is at its path now. It is not once its file was deleted or replaced, and for one who may not write beside
   * it once somebody else writes: opened anew it is.
   */
  isCurrent(): boolean;

  beginRun(run: NewRun): Promise<void>;
  /** Marks an unfinished run as running again, in this process. */
  reopenRun(id: string): Promise<void>;
  finishRun(id: string, end: RunEnd): Promise<void>;
  /** By id, by a unique beginning of it, or `latest`. @throws UsageError when several begin so */
  run(idOrPrefix: string): Promise<RunRow | null>;
  /** The latest first. */
  runs(options?: { limit?: number }): Promise<RunRow[]>;
  /** Never ended, or stopped with phones that were still under way; the latest first. */
  unfinishedRuns(): Promise<RunRow[]>;
  /** Ids of runs on record as running whose process is known to be dead. */
  cutOffRuns(): Promise<ReadonlySet<string>>;
  /**
   * Writes down what happens in a run; one per run and process. `locked`: no intent is accepted once another run has the run lock. `onBack`: called
   * for a commit that did not fail after one that did.
   */
  recorder(
    runId: string,
    options: {
      onError: (error: unknown) => void;
      onBack?: () => void;
      locked?: boolean;
      /** Of a planner of workers: with `locked` it stores nothing at all once another one plans the run. */
      plans?: boolean;
    },
  ): Recorder;

  /**
   * Writes down what a worker sees of the jobs of a run; one per run and process, and only of a store that has {@link work}.
   * @param options `asideIn`: the folder where what waits is kept while the database is away; absent: in memory alone
   */
  jobRecorders(runId: string, options: { asideIn?: string }): JobRecorders;

  /** Stores, all at once, what a worker that has ended had kept aside of a run. @returns the jobs that another worker has by now: nothing of these is stored */
  storeAside(left: readonly LeftAside[]): Promise<ReadonlySet<TakenJob>>;

  /** By key, read page by page. */
  targetsOf(runId: string): AsyncIterable<TargetRow>;
  /** Removes targets that a resumed run reads anew. */
  forgetTargets(runId: string, keys: readonly string[]): Promise<void>;
  /** In order, read page by page; of one phone by its MAC, or of all. */
  eventsOf(runId: string, mac?: string): AsyncIterable<AnyEvent>;
  /** Some targets of a run, by their keys. */
  targetsAt(runId: string, keys: readonly string[]): Promise<TargetRow[]>;
  /** The report as it was output; for a run that has not finished, what there is so far. @throws UsageError for an unknown run */
  report(runId: string): Promise<RunReport>;
  /** How a run stands, by what it has told so far. @throws UsageError for an unknown run */
  standing(runId: string): Promise<StandingRun>;
  /** What happened in the run of a report, phone by phone, and what is new since the run before. @throws UsageError for an unknown run */
  story(report: RunReport): Promise<RunStory>;
  /** A run in figures, for monitoring; a few small rows are read, however large its fleet. @throws UsageError for an unknown run */
  figures(runId: string): Promise<RunFigures>;
  /** What changed in the fleet between two runs. @throws UsageError for an unknown run */
  diff(from: string, to: string): Promise<RunDiff>;
  /**
   * Asks a run that is going on, in whatever process, to pause, to continue, or to stop: it reads that within seconds. The last wish counts, but a
   * stop is not taken back.
   * @param by who asks, for people: one short line, as `by the dashboard`
   * @throws UsageError for an unknown run, one that is not going on, one that writes to no phone and so has nothing to pause, and one that is
   * stopping and can only be stopped
   */
  wish(runId: string, wish: Wish, by: string): Promise<void>;
  /** The last wish for a run since it began, or was resumed; `null`: none. */
  wishFor(runId: string): Promise<AskedWish | null>;

  /** Deletes finished runs but the newest `keep`. */
  prune(keep: number): Promise<PruneCounts>;

  /** How long a step has usually taken. */
  durations(profile: string, step: StepName): Promise<UsualDuration>;

  /** How long steps of a profile have taken, on which models and to which loads; the latest first. */
  stepTimes(profile: string): Promise<StepTime[]>;

  /** Keeps a rehearsal, which is no run; the oldest go. */
  keepRehearsal(rehearsal: Rehearsal): Promise<void>;
  /** By id, by a unique beginning of it, or `latest`. @throws UsageError when there is none */
  rehearsal(idOrPrefix: string): Promise<Rehearsal>;

  /** Deferred phones, by the time of their next attempt. */
  deferrals(): Promise<(Deferral & { mac: string })[]>;

  /** The write method that has worked, by kind of phone. */
  writeMethodsKnown(): Promise<Map<string, string>>;
  /** Remembers a write method that has worked; the last one counts. */
  rememberWriteMethod(key: string, way: string): Promise<void>;

  /** Every phone that was ever read, by MAC. */
  phones(): Promise<RememberedPhone[]>;
  /** The same, with how each ended last. */
  knownPhones(): Promise<KnownPhone[]>;
  /** What is on record of one phone; nothing of one that was never read. */
  phoneHistory(mac: string): Promise<PhoneHistory>;

  /** By MAC, then direction. */
  licenses(): Promise<HeldLicense[]>;
  /** Stores licenses, all of them or none; one of the same phone and direction is replaced. */
  keepLicenses(licenses: readonly (HeldLicense & { content: Uint8Array })[]): Promise<void>;
  /** The files held for a phone, by direction. */
  licenseFiles(mac: string): Promise<{ direction: Direction; file: string; content: Uint8Array }[]>;

  /** The sites that were imported, in the order in which they were written. */
  sites(): Promise<StoredSite[]>;
  /** Replaces all of them, in one transaction. Returns what became of each. */
  replaceSites(sites: readonly NamedSite[]): Promise<SiteChanges>;

  /** Stores how transfers stand, new ones and known ones, in one transaction. */
  keepTransfers(transfers: readonly Transfer[]): Promise<void>;
  /** Transfers that began at or after an instant (ISO 8601), of one phone or of all, the earliest first. */
  transfersSince(at: string, mac?: string): Promise<Transfer[]>;
  /** How much firmware each client has fetched in transfers that began at or after an instant (ISO 8601). */
  firmwareFetchedSince(at: string): Promise<FetchedBytes[]>;
  /** Keeps of transfers that a dead server left under way that they are not. Returns how many these are. */
  endCutOffTransfers(): Promise<number>;
  /** Deletes transfers that began before an instant (ISO 8601). */
  forgetTransfers(before: string): Promise<void>;

  /** Settings of phones on Unified CM that were changed for a while and not put back yet, the longest so first. */
  borrowed(): Promise<BorrowedSetting[]>;
  /** Remembers, before it is changed, what a setting is; what is remembered already stays. */
  borrow(setting: BorrowedSetting): Promise<void>;
  /** Forgets a setting that has been put back. */
  isBack(setting: Pick<BorrowedSetting, 'ucm' | 'name' | 'tag'>): Promise<void>;

  /** May take three minutes if only missing heartbeats can show that the holding run is dead. */
  acquireRunLock(of: { runId: string } & LockWatch): Promise<LockResult>;

  /** What workers share; `null`: a file, which only one machine has. */
  readonly work: SharedWork | null;

  /** Recorders must be closed before. */
  close(): Promise<void>;
}
