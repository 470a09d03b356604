import type { Clock } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { Models } from '../../domain/phone/models.js';
import type { StepName } from '../../domain/plan/plan.js';
import type { PlanOptions } from '../../domain/plan/planning.js';
import type { RunEvent } from '../../domain/report/report.js';
import type { Site } from '../../domain/network/site.js';
import type { Preflight } from '../../files/preflight.js';
import type { TargetSource } from '../../inventory/target.js';
import type { Phones } from '../../phones/phones.js';
import type { RunMemory } from '../memory/memory.js';
import type { RecordListener } from '../record/phone-record.js';
import type { Pacing } from '../pacing/pacing.js';

/** What a run is asked to do; everything checked before. */
export interface RunOptions extends PlanOptions {
  /** `null`: an audit, nothing is ever written. */
  profile: MigrationProfile | null;
  dryRun: boolean;
  /** Phones read or written to at once. */
  concurrency: number;
  /** Addresses asked at once whether somebody is there. */
  probeConcurrency: number;
  skipPreflight: boolean;
  /** For a connect (ms). */
  timeoutMs: number;
  pacing: Pacing;
  /** Of the configuration file; they name the site of a phone that its inventory does not. */
  sites: readonly Site[];
}

/** What a run works with; all of the outside world comes in here. */
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
  /** How long a step usually takes on a phone of this fleet (ms): until then a window must stay open. */
  usually: (step: StepName) => number;
  /** Told everything that happens, in order. */
  notify: (event: RunEvent) => void;
  /** Told the site of a phone whose address does not show it: from then on its passwords are tried there. */
  sited?: (address: string, site: string) => void;
  /** Resolves when whoever is told has caught up; no further target is asked until then. Absent: always at once. */
  listening?: () => Promise<void>;
}

/** Whom records of this run tell what becomes of them. */
export function listenerOf({ notify, memory }: Pick<RunContext, 'notify' | 'memory'>): RecordListener {
  return { notify, recordChanged: (record) => memory.recordChanged(record) };
}
