import type { NamedSite } from '../domain/network/written-site.js';
import type { Mac } from '../domain/network/mac.js';
import type { Outcome } from '../domain/progress/outcome.js';
import type { StepName } from '../domain/plan/plan.js';
import type { Verdict } from '../domain/plan/eligibility.js';
import type { FieldName, PhoneFields } from '../domain/phone/fields.js';
import type { Direction } from '../domain/phone/models.js';
import type { PhoneReport, RunReport, RunStart, RunSummary } from '../domain/report/report.js';
import type { FiguresSoFar } from '../domain/report/run-figures.js';
import type { Moment } from '../domain/report/story/moments.js';
import type { LongUnderWay, Problem, RunNow } from '../domain/progress/run-now.js';
import type { ActiveState, State } from '../domain/progress/state.js';

/** A run as it begins. Its id is `summary.id`. */
export interface NewRun {
  /** ISO 8601, as are all instants here. */
  startedAt: string;
  summary: RunStart;
  /** All that a resume needs, as JSON can hold it: targets, the profile's content, options. No secrets: they are kept as written. */
  settings: unknown;
}

/** A site that was imported. */
export interface StoredSite extends NamedSite {
  /** When it was imported as it is. */
  changedAt: string;
}

/** The names of the sites of an import, and of those that it has removed. */
export interface SiteChanges {
  added: readonly string[];
  changed: readonly { name: string; keys: readonly string[] }[];
  removed: readonly string[];
  unchanged: readonly string[];
}

/** How a run ended. */
export interface RunEnd {
  /** `interrupted` when it was stopped early; targets without an outcome can be resumed. */
  state: 'finished' | 'interrupted';
  /** The report as it was output, without the phones: each is stored already as its target. */
  report: Pick<RunReport, 'run' | 'totals'>;
  exitCode: number;
}

export interface RunRow {
  id: string;
  startedAt: string;
  finishedAt: string | null;
  /** `running` even if its process is dead: the run lock tells. */
  state: 'running' | 'finished' | 'interrupted';
  profile: string | null;
  version: string;
  pid: number;
  host: string;
  /** Why it stopped itself is known once it has ended. */
  summary: RunStart & Partial<Pick<RunSummary, 'abortedBy' | 'declined'>>;
  settings: unknown;
  totals: RunReport['totals'] | null;
  /** Of a run that has ended: as in its totals. Reopened: of addresses that are only counted. */
  noAnswerByCode: Record<string, number>;
  interrupted: string | null;
  exitCode: number | null;
  /** The waves as frozen at the start. */
  waves: unknown;
  /** How far it was when it last told; `null`: it never did. */
  progress: RunFar | null;
}

/** A run as it stands, told by its store. */
export interface StandingRun {
  run: RunNow;
  /** Phones under way the longest, the longest first. */
  longest: LongUnderWay[];
  /** The last phones that ended so that somebody should look, the latest first. */
  problems: Problem[];
  /** Of targets that have ended; those at which nothing answered are counted, too. */
  byOutcome: Partial<Record<Outcome, number>>;
}

/** How far a run is, told every few seconds while it lasts. Instants are milliseconds since the epoch. */
export interface RunFar extends Pick<RunNow, 'phase' | 'survey' | 'stopping' | 'left' | 'workedMs'> {
  /** Absent in rows of earlier versions. */
  pausedSince?: RunNow['pausedSince'];
  at: number;
  /** Addresses at which nothing answered and that are only counted, by failure code. */
  noAnswerByCode: Record<string, number>;
  /** Absent in rows of earlier versions. */
  figures?: FiguresSoFar;
}

/** What somebody may wish of a run that is going on. */
export const wishes = ['pause', 'continue', 'stop'] as const;
export type Wish = (typeof wishes)[number];

/** The last wish for a run since it began, or was resumed. */
export interface AskedWish {
  wish: Wish;
  /** When it was asked for, ISO 8601. */
  at: string;
  /** Who asked, for people: one line. */
  by: string;
}

/** One answering target as it stands. */
export interface TargetState {
  /** Names the target within its run: its address or host name as given, since a MAC may answer at two addresses. */
  key: string;
  /** Where the phone is now. */
  address: string;
  mac: Mac | null;
  state: State;
  wave: number | null;
  /** What a resume needs, as JSON can hold it; `null` if there is nothing to resume. */
  snapshot: unknown;
  /** Once it has ended: its entry in the report. What that says about the phone is remembered. */
  report: PhoneReport | null;
}

/** A target as stored; `outcome` and `touched` follow from its state. */
export interface TargetRow extends TargetState {
  outcome: Outcome | null;
  touched: boolean;
  updatedAt: string;
}

/** A deferred phone. */
export interface Deferral {
  /** Failed attempts so far. */
  attempts: number;
  nextAttemptAt: string;
  /** The failure code of the last attempt. */
  code: string;
}

/** How long a proven step took on one phone, from its write to its proof. */
export interface StepDuration {
  mac: Mac;
  profile: string;
  step: StepName;
  /** Whole milliseconds. */
  ms: number;
  /** Its model, and the load that the step led to; `null`: not known, or none. */
  model: string | null;
  load: string | null;
}

/** What is remembered of a phone across all runs: its fields as they were read last. */
export interface RememberedPhone extends PhoneFields {
  mac: Mac;
  lastSeenAt: string;
}

/** A phone that was ever read, with how it ended in the last run that read it. */
export interface KnownPhone extends RememberedPhone {
  firstSeenAt: string;
  /** `state`: where it stood when a run that has not ended told of it last; `null`: it has ended. */
  last: {
    run: string;
    verdict: Verdict | null;
    outcome: Outcome | null;
    code: string | null;
    state: ActiveState | null;
  };
}

/** What is on record of one phone. Instants are ISO 8601. */
export interface PhoneHistory {
  /** What it showed otherwise than before, the latest first; `null`: it showed nothing. */
  changes: { at: string; field: FieldName; run: string; before: string | null; after: string | null }[];
  /** How it fared in each run that saw it, the latest first. */
  runs: PhoneNight[];
}

/** How a phone fared in one run. */
export interface PhoneNight {
  run: string;
  startedAt: string;
  profile: string | null;
  address: string;
  /** What it was last on record as. */
  state: State;
  /** Whether the run goes on. */
  goesOn: boolean;
  /** How it ended; `null`: it has not, or not that anybody saw. */
  phone: PhoneReport | null;
  /** What happened with it, in its order. */
  moments: readonly Moment[];
  /** Whether that is all of it; of nights long ago it is only what the phone showed. */
  isWhole: boolean;
  /** From 1; `null` for a phone that was in none. */
  wave: number | null;
}

/** A license file that was imported; it holds for one phone and one direction. */
export interface HeldLicense {
  mac: Mac;
  direction: Direction;
  /** The file's name as it was imported, without a folder. */
  file: string;
  /** Of its content, in lower-case hexadecimal digits. */
  sha256: string;
  bytes: number;
  /** The archive or folder it came from, as named. */
  source: string;
  importedAt: string;
}

/** What a phone or anybody else fetched from `serve`. */
export interface Transfer {
  id: string;
  startedAt: string;
  /** `null` while it is under way, and where its server ended with it. */
  endedAt: string | null;
  /** The client's address. */
  client: string;
  protocol: 'http' | 'tftp';
  kind: 'firmware' | 'image' | 'license' | 'settings' | 'other';
  /** What was asked for, as a path within what is served. */
  file: string;
  /** The phone's, where the request tells it. */
  mac: Mac | null;
  /** Bytes to send in all; `null` where nothing was there to send. */
  size: number | null;
  /** Bytes sent so far. */
  bytes: number;
  /** `sent`: all that was asked for · `broken`: it ended before · `refused`: nothing was sent, `why` says why. */
  state: 'sending' | 'sent' | 'broken' | 'refused';
  why: string | null;
}

/** How much firmware a client has fetched from `serve`. */
export interface FetchedBytes {
  /** The client's address. */
  client: string;
  /** The phone's, where its requests tell it: those over TFTP may not. */
  mac: Mac | null;
  /** Of loads and images. */
  bytes: number;
}

/** A setting in a phone's vendor configuration on Unified CM that is changed for a while. */
export interface BorrowedSetting {
  /** The publisher, in lower case. */
  ucm: string;
  /** `SEP` and the MAC. */
  name: string;
  tag: string;
  /** Its value before, as it stands in XML; `null`: it was not there. */
  original: string | null;
  runId: string;
  /** When it was changed, ISO 8601. */
  at: string;
}
