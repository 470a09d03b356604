/** What a job asks of a worker: to read some targets of a run and plan for them, or to take one phone through its steps. */
export const jobKinds = ['move', 'survey'] as const;
export type JobKind = (typeof jobKinds)[number];

/** The form of jobs that this version writes and understands; a worker that knows an older one leaves newer ones alone. */
export const jobForm = 1;

/** A job as it is handed out. It refers to what is in the store, and holds no password. */
export interface Job {
  /** Names it within its run: of `move` the target's key, of `survey` the number of its part. */
  key: string;
  kind: JobKind;
  run: string;
  /** Whose workers may take it. */
  site: string;
  /** See {@link jobForm}. */
  form: number;
  /** Of `survey`: the targets, as their list gives them. */
  targets?: readonly unknown[];
}

/** A job with the id under which it waits; whoever hands it out draws it, so that handing it out twice is handing it out once. */
export interface NamedJob {
  /** A UUID. */
  id: string;
  job: Job;
}

/** Who plans a run: one that may write has its lock, and loses all say with it. */
export interface Planning {
  run: string;
  isLocked: boolean;
}

/** Why workers may write to no further phone of a run. */
export interface Halt {
  /** `trip`: the run has stopped itself, which lets phones that were written to have their next step. */
  kind: 'pause' | 'stop' | 'trip' | 'resume';
  why: string;
}

/** Where a job stands. */
export interface JobState extends NamedJob {
  /** `waiting`: for a worker · `taken` · `done` · `failed`: nobody will take it any more. */
  state: 'waiting' | 'taken' | 'done' | 'failed';
  /** What its worker has to say; `null`: nothing yet. */
  result: JobResult | null;
}

/** How a job ended. */
export type JobResult =
  /** The phone has its outcome, in its row; or all targets of the part were read. */
  | { how: 'done'; noAnswerByCode?: Readonly<Record<string, number>> }
  /** Nothing was written, and the phone waits as before. */
  | { how: 'handed-back'; why: string }
  /** The worker could not do it. */
  | { how: 'failed'; why: string };

/** A job that a worker has, for as long as its lease lasts. */
export interface TakenJob extends NamedJob {
  /** Tells this taking of it from all others: whoever has an older one may write nothing more. */
  fence: number;
}

/** A worker as it is on record. */
export interface WorkerRow {
  id: string;
  host: string;
  pid: number;
  version: string;
  sites: readonly WorkedSite[];
  startedAt: string;
  /** How long ago it was heard of (ms), by the server's clock. */
  seenMsAgo: number;
  /** When that was (ISO 8601). */
  seenAt: string;
  /** It takes no more jobs. */
  isLeaving: boolean;
  /** Jobs that it has. */
  jobs: number;
}

/** A site as the configuration of its worker describes it. */
export interface WorkedSite {
  name: string;
  subnets: readonly string[];
}

/** What workers of a store share: jobs, who takes them, and whether anything may be written. Only a database has it. */
export interface SharedWork {
  /** Makes the queues of these sites. */
  prepare(sites: readonly string[]): Promise<void>;
  /** Hands jobs out, all of them or none. @throws StoreError where another planner has the run */
  handOut(jobs: readonly NamedJob[], by: Planning): Promise<void>;
  /** How these jobs stand; those that are in no queue are left out. */
  states(jobs: readonly NamedJob[]): Promise<JobState[]>;
  /** Jobs of a run that have not ended. */
  open(run: string): Promise<JobState[]>;
  /** Takes back those of these jobs that no worker has. */
  withdraw(jobs: readonly NamedJob[], by: Planning): Promise<void>;
  /** Gives jobs whose lease is over to others. */
  expire(): Promise<void>;
  /** Forgets the jobs of a run that have ended. */
  forget(run: string): Promise<void>;
  /** Keeps workers from writing to any further phone of a run; `null` lets them. @throws StoreError where another planner has the run */
  halt(halt: Halt | null, by: Planning): Promise<void>;
  /** The runs of these that are halted, or do not go on, and why. */
  halts(runs: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** All workers that were ever heard of and did not say goodbye, the latest first. */
  workers(): Promise<WorkerRow[]>;

  /** Says that a worker is there. */
  beat(worker: Omit<WorkerRow, 'seenMsAgo' | 'seenAt'>): Promise<void>;
  /** It is gone. */
  leave(workerId: string): Promise<void>;
  /** Takes jobs of these sites, of each kind up to so many. */
  take(sites: readonly string[], most: Readonly<Record<JobKind, number>>, leaseMs: number): Promise<TakenJob[]>;
  /** Renews the leases of jobs. @returns ids of those that are somebody else's now */
  renew(jobs: readonly TakenJob[], leaseMs: number): Promise<ReadonlySet<string>>;
  /** Ends those of these jobs that are still ours. */
  end(ended: readonly { taken: TakenJob; result: JobResult }[]): Promise<void>;
  /** Gives those of these jobs that are still ours to others, as they are. */
  giveBack(jobs: readonly TakenJob[]): Promise<void>;
}
