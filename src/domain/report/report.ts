import type { VidSource } from '../phone/facts.js';
import type { Eligibility, Verdict, Reason } from '../plan/eligibility.js';
import type { AcceptableGrade } from '../pacing/grades.js';
import type { Direction } from '../phone/models.js';
import type { Outcome } from '../progress/outcome.js';
import type { ActiveState } from '../progress/state.js';
import type { FirmwareDemand } from '../firmware/demand.js';
import type { PhoneFields } from '../phone/fields.js';
import type { Change, PlanStep } from '../plan/plan.js';
import type { Failure, Evidence } from '../failures/failure.js';

/** One phone in the report (docs/reports.md). Texts are as the phone showed them. */
export interface PhoneReport extends PhoneFields {
  eligibility: { direction: Eligibility['direction']; verdict: Verdict; reasons: Reason[]; warnings: Reason[] } | null;
  plan: PlanStep[];
  changes: Change[];
  outcome: Outcome;
  touched: boolean;
  failure: Failure | null;
  evidence: Evidence[];
  startedAt: string;
  durationMs: number;
  /** What the inventory said of this target; added within `@1`. */
  site: string | null;
  /** When a deferred phone is to be tried again. */
  nextAttemptAt: string | null;
  note: string | null;
  /** The target was named, by an inventory or `--target`: it is listed and needs attention even if no phone was read. */
  named: boolean;
  /** Where `vid` is from; `null` without one. Absent in reports of 0.1.0, which do not tell. */
  vidSource?: VidSource | null;
  /** `null`: no Unified CM was asked, or it has no such phone. Absent in reports of 0.1.0. */
  ucm?: UcmRow | null;
  /** What the run asked of it over HTTP: requests, and bytes of bodies that arrived. Absent in reports of 0.1.0. */
  requests?: number;
  bytes?: number;
}

/** What has no value before a phone has ended. */
type OfItsEnd = 'outcome' | 'durationMs' | 'failure' | 'nextAttemptAt';

/** A phone of a run that has not ended, as its store knows it: an entry of the report, but for how it ended. */
export interface UnfinishedPhone extends Omit<PhoneReport, OfItsEnd>, Record<OfItsEnd, null> {
  /** Where it stood when the run last told of it. */
  state: ActiveState;
  /** When it was first about to be written to (ISO 8601); `null`: it was not. */
  writtenAt: string | null;
  /** When the run last told of it, ISO 8601. */
  toldAt: string;
}

/** A phone that is listed, whether or not it has ended. */
export type ListedPhone = PhoneReport | UnfinishedPhone;

/** A phone as Unified CM had it when it was last asked for it; loads and reasons as shown there. */
export interface UcmRow {
  /** `SEP` and the MAC. */
  name: string;
  devicePool: string | null;
  description: string;
  registered: 'yes' | 'no' | 'unknown';
  /** The load it is to run: its own, or its model's default; `null`: not known. */
  load: string | null;
  statusReason: string | null;
}

/** How a move to Enterprise may be proven in a run, and what depends on it. */
export interface Proof {
  /** Where proof may come from: the phone's own web page, where it is on; Unified CM, where it is asked. */
  sources: readonly ('phone-web-page' | 'unified-cm')[];
  /** Ends without proof that count as good. */
  accept: readonly AcceptableGrade[];
  /** As written; `null` without waves. */
  waves: string | null;
  /** Thresholds as written. */
  abortAfter: readonly string[];
}

/** What a run did with web access on Unified CM. */
export interface WebAccessDone {
  /** For how many phones it was switched on. */
  switched: number;
  /** For how many it could not be put back: `fleet-migrate ucm restore` does. */
  notPutBack: number;
}

/** What the run as a whole was and how it ended. */
export interface RunSummary {
  id: string;
  startedAt: string;
  finishedAt: string;
  profile: string | null;
  dryRun: boolean;
  version: string;
  /** Why the run ended before its time: a signal's name. */
  interrupted: string | null;
  /** Why the run stopped itself, and how it stood then: a threshold, or a wave without a proven phone. */
  abortedBy: string | null;
  /** The question before the first write was answered with no. Absent: it was not. */
  declined?: true;
  /** Whether it has not ended: its process works on it, or is dead. Absent: it has ended. */
  state?: 'running' | 'cut off';
  /** Where it has not ended: phones that were written to and are being watched, and those that wait for their turn. */
  notEnded?: { underWay: number; waiting: number };
  /** How long it was worked on (ms), where it was continued after a pause. Absent: from start to end. */
  workedMs?: number;
  /** `--skip-preflight` was given: firmware and licenses were not fetched by us first. */
  preflightSkipped: boolean;
  /** `--insecure` was given: certificates were not checked. */
  insecure: boolean;
  /** `--ucm-insecure` was given: the certificate of Unified CM was not checked. Absent: it was not given. */
  ucmInsecure?: true;
  /** Workers at the sites reached its phones. Absent: the run did so itself. */
  shared?: true;
  /** `--tls-legacy` was given: old TLS was offered. Absent: it was not. */
  tlsLegacy?: true;
  /** `--allow-expired-mic` was given: manufacturing certificates that have expired would be taken. Absent: it was not. */
  expiredMicAllowed?: true;
  /** `--enable-web-access`, where it was used. Absent: it was not. */
  webAccess?: WebAccessDone;
  /** Absent where the profile moves nothing to Enterprise. */
  proof?: Proof;
  /** What the phones of the plan fetch, by file server. Absent: no firmware, or it was not looked at first. */
  firmware?: FirmwareDemand[];
}

/** What is known of a run at its start. */
export type RunStart = Omit<
  RunSummary,
  | 'startedAt'
  | 'finishedAt'
  | 'interrupted'
  | 'abortedBy'
  | 'firmware'
  | 'webAccess'
  | 'declined'
  | 'state'
  | 'notEnded'
  | 'workedMs'
>;

/** What names the form of a report to programs that read it. */
export const reportSchema = 'fleet-migrate/report@1';

/** How many phones have each verdict, per direction. */
type VerdictsByDirection = Partial<Record<Direction, Partial<Record<Verdict, number>>>>;

/** The report of one run, schema `fleet-migrate/report@1`. Addresses of a subnet that never answered are counted, not listed. */
export interface RunReport {
  schema: typeof reportSchema;
  run: RunSummary;
  totals: {
    targets: number;
    byOutcome: Partial<Record<Outcome, number>>;
    /** Why targets did not answer; sums to the outcome `no-answer`. In reports before 0.2.0 without those that are listed. */
    noAnswerByCode: Record<string, number>;
    /** Verdicts of the phones that were judged, per direction. Absent in reports of 0.1.0, and where none was. */
    byDirection?: VerdictsByDirection;
    /** Of the deferred ones: targets left alone, as the run had as many phones as `--limit` allows, listed or only counted. Absent: none. */
    beyondLimit?: number;
  };
  /** Outcomes and failure codes that `phones` was narrowed to; the totals are of the whole run. Absent: all are listed. */
  only?: string[];
  phones: PhoneReport[];
  /** The phones of a run that has not ended which have not ended either. Absent: the run has ended, or `phones` was narrowed. */
  unfinished?: UnfinishedPhone[];
}

/** One run in the list of `fleet-migrate runs`. */
export interface RunListEntry {
  id: string;
  /** ISO 8601. */
  startedAt: string;
  /** ISO 8601; `null` while it is under way, and for a run that was killed. */
  finishedAt: string | null;
  profile: string | null;
  dryRun: boolean;
  totals: Pick<RunReport['totals'], 'targets' | 'byOutcome'>;
  /** Since when it is paused, ISO 8601; `null`: it is not. */
  pausedSince: string | null;
  /** Phones of a run that has not ended: under way, and waiting. Absent: it has. */
  phones?: { underWay: number; waiting: number };
  /** For how long it was worked on (ms), without the time between an interruption and its resume; `null`: not known. */
  workedMs: number | null;
  /** Why it ended before its time: a signal's name, or a reason. */
  interrupted: string | null;
  /** Why it stopped itself. */
  abortedBy: string | null;
  /** Its question was answered with no. */
  declined: boolean;
  /** `finished`, `running`, `interrupted`, or `cut off`: on record as running, but its process is dead. */
  state: string;
}
