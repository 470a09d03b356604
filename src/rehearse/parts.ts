import type { Mac } from '../domain/network/mac.js';
import type { PhoneFacts } from '../domain/phone/facts.js';
import type { Models } from '../domain/phone/models.js';
import type { MigrationProfile } from '../domain/plan/migration-profile.js';
import type { StepName } from '../domain/plan/plan.js';
import type { Log } from '../domain/ports/log.js';
import type { RunEvent } from '../domain/report/events.js';
import type { PhoneReport, RunStart } from '../domain/report/report.js';
import type { Assumptions } from '../domain/rehearsal/assumptions.js';
import type { StepTime } from '../domain/rehearsal/step-times.js';
import type { RunOptions } from '../fleet/context.js';
import type { TargetSource } from '../inventory/target.js';
import type { Deferral } from '../store/store-rows.js';
import type { ModeledUcm } from './model/unified-cm.js';

/** What is rehearsed, and by what. */
export interface RehearsalParts {
  summary: RunStart;
  profile: MigrationProfile;
  options: RunOptions;
  targets: TargetSource;
  /** Addresses of modeled phones that are among the targets. */
  asked: ReadonlySet<string>;
  models: Models;
  log: Log;
  /** The phones of the last audit. */
  reports: readonly PhoneReport[];
  /** Those that lists alone know. */
  listed: readonly { address: string; facts: PhoneFacts }[];
  assumptions: Assumptions;
  /** Whose clocks windows and shares mean; IANA. */
  zone: string;
  /** ms since the epoch. */
  startsAt: number;
  /** Whether a night that begins then (ms since the epoch) has an hour for a phone. */
  mayBegin: (at: number) => boolean;
  history: readonly StepTime[];
  /** How long a step usually takes, and at least, as the run itself would know it; ms. */
  durations: { usually: (step: StepName) => number; soonest: (step: StepName) => number | null };
  /** How long a phone takes to show a page (ms). */
  readMs: number;
  /** How much a phone fetches for a load. */
  bytes: number;
  /** The phones whose license is held; `null`: nothing is known of licenses. */
  licensed: ReadonlySet<Mac> | null;
  /** By MAC. */
  deferrals: ReadonlyMap<string, Deferral>;
  /** `null`: the run has none. */
  ucm: ModeledUcm | null;
  /** Called with what happens in all nights, in order. Absent: nobody is told. */
  notify?: (event: RunEvent) => void;
}
