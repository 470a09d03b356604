import type { Clock } from '../domain/ports/clock.js';
import type { Log } from '../domain/ports/log.js';
import type { MigrationProfile } from '../domain/plan/migration-profile.js';
import type { Mac } from '../domain/network/mac.js';
import type { Models } from '../domain/phone/models.js';
import type { StepName } from '../domain/plan/plan.js';
import type { PlanOptions } from '../domain/plan/plan-options.js';
import type { RunEvent } from '../domain/report/events.js';
import type { Site } from '../domain/network/site.js';
import type { Preflight } from '../files/preflight.js';
import type { Target, TargetSource } from '../inventory/target.js';
import type { Phones } from '../phones/phones.js';
import type { PhoneRecord } from './record/phone-record.js';
import type { Survey } from './survey/found.js';
import type { Transfer } from '../store/store-rows.js';
import type { WebAccess } from './unified-cm/web-access.js';
import type { UcmAtWork } from './unified-cm/ucm-at-work.js';
import type { RunMemory } from './memory/memory.js';
import type { Pacing } from './pacing/pacing.js';
import type PQueue from 'p-queue';
import type { CircuitBreaker } from './pacing/circuit-breaker.js';
import type { Slots } from './pacing/slots.js';
import type { PauseControl } from './pause-control.js';
import type { StopControl } from './stop-control.js';

/** What a run is asked to do, all of it checked. */
export interface RunOptions extends PlanOptions {
  /** `null`: an audit, which writes nothing. */
  profile: MigrationProfile | null;
  dryRun: boolean;
  /** How many phones are read or written to at once. */
  concurrency: number;
  /** How many addresses are probed at once. */
  probeConcurrency: number;
  skipPreflight: boolean;
  /** First passwords are set where a phone asks for them. Absent: they are not. */
  setInitialPassword?: boolean;
  /** Speed of the link over which phones fetch firmware (bits per second). Absent: not known. */
  link?: number | null;
  /** For connecting (ms). */
  timeoutMs: number;
  pacing: Pacing;
  /** The sites of the configuration file, for phones whose inventory names none. */
  sites: readonly Site[];
}

/** What a run works with: everything from outside comes in here. */
export interface RunContext {
  options: RunOptions;
  targets: TargetSource;
  phones: Phones;
  models: Models;
  preflight: Preflight;
  clock: Clock;
  /** 0 ≤ n < 1. */
  random: () => number;
  log: Log;
  memory: RunMemory;
  /** How long a step usually takes on a phone of this fleet (ms): a window must stay open for that long. */
  usually: (step: StepName) => number;
  /** How long it took the quickest phones of this fleet (ms); `null`: not known. Absent: never known. */
  soonest?: (step: StepName) => number | null;
  /** Called with everything that happens, in order. */
  notify: (event: RunEvent) => void;
  /** Called with the site of a phone whose address does not show it: from then on that site's passwords are tried there. */
  sited?: (address: string, site: string) => void;
  /**
   * What the file server saw a phone fetch since an instant (ms since the epoch), in any order. Absent: no server tells. Nothing is no answer:
   * phones may fetch elsewhere, or not show who they are.
   */
  fetched?: (mac: Mac, since: number) => Promise<readonly Transfer[]>;
  /**
   * Whether it is certain that a phone which was sent these rules has asked the file server that they name for nothing since an instant (by
   * `Clock.monotonic`). Absent: never.
   */
  fetchedNothing?: (phone: { mac: Mac; address: string; rules: readonly string[] }, since: number) => boolean;
  /** Holds back further writes while somebody wishes so. Absent: nobody can. */
  pause?: PauseControl;
  /** The Unified CM of the run. Absent or `null`: none was named. */
  ucm?: UcmAtWork | null;
  /** Web access on that Unified CM. Absent: it is left alone. */
  webAccess?: WebAccess;
  /** Workers that reach the phones of their sites, where this process does not. Absent: it reaches all phones itself. */
  workers?: PhonesElsewhere;
  /** Resolves when the reader of the events has caught up; no further target is probed until then. Absent: at once. */
  listening?: () => Promise<void>;
}

/** Phones that only others reach: what a run has them do. */
export interface PhonesElsewhere {
  /** Before anything else: makes sure that nothing of an earlier part of the run is still going on unseen. */
  begin(
    run: { id: string; isResumed: boolean; isLocked: boolean; sites: readonly string[] },
    stop: StopControl,
  ): Promise<void>;
  /** Has all targets read and planned for. */
  survey(
    context: RunContext,
    stop: StopControl,
    found: Survey,
    breaker: CircuitBreaker,
    /** On resume: targets that are on record already. */
    previous: { isKnown: (target: Target) => boolean; records: readonly PhoneRecord[] } | null,
  ): Promise<void>;
  /** From now on phones may be written to. */
  open(breaker: CircuitBreaker, stop: StopControl, pause: PauseControl | null): Promise<void>;
  /** Takes over what is on record of phones that were written to: since the run was read, others may have watched them to their ends. */
  catchUp(records: readonly PhoneRecord[]): Promise<void>;
  /** Has one phone taken through the steps of its plan. Afterwards the record has its outcome. Never rejects. */
  upgrade(record: PhoneRecord, tools: UpgradeTools): Promise<void>;
  /** Whether others write what is on record of a phone just now. */
  has(record: PhoneRecord): boolean;
  /** Nothing more is asked of anybody. */
  close(): Promise<void>;
}

/** What the upgrades of a run share. */
export interface UpgradeTools {
  context: RunContext;
  profile: MigrationProfile;
  /** Limits how many phones are talked to at once; a phone that waits does not count. */
  pool: PQueue;
  stop: StopControl;
  /** Finds phones that came back at another address. */
  movedPhones: { find: (mac: Mac, scope: string) => string | null };
  slots: Pick<Slots, 'enter' | 'leave'>;
  breaker: Pick<CircuitBreaker, 'tripped' | 'ended'>;
  /** When it was last said that phones wait for a file server, by `Clock.monotonic`. */
  filesTold: { at: number };
  /** Saves which phone is in which wave. */
  rememberWaves: () => Promise<void>;
}

/** Polls of phones under way come before new starts: otherwise a large fleet would be polled only once its last phone was started. */
export const priority = { start: 0, watch: 1 } as const;
