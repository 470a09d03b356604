import type { FirmwareVersion } from '../firmware/version.js';
import type { AcceptableGrade } from '../pacing/grades.js';
import type { FirmwareFamily } from '../firmware/load.js';
import type { Direction } from '../phone/models.js';
import type { WriteMethod } from './write-methods.js';

/** What a migration profile is for: to another family, to a license, or to newer firmware of the same family. */
type Goal = 'convert' | 'authorize' | 'upgrade';

/** What may prove a step (docs/knowledge/conversion.md#what-proves-success); the form's *Type* select is never among them. */
export type EvidenceKind = 'phone-on-load' | 'authorization-row' | 'authorization-type-shown';

/** The patience of profiles that set none. */
export const defaultPatienceMs = 60_000;

/** How long things take and how long to wait; all in milliseconds. */
export interface Timing {
  /** Between two looks at one phone. */
  pollInterval: number;
  /** After a post, before reading back. */
  settle: number;
  /**
   * For how long after a post that was not refused old settings prove nothing. Only then is another write method tried; the time doubles
   * with each further one.
   */
  patience: number;
  /** From the post of a step that loads firmware to its proof; after it the phone is `failed` or `unverified`. */
  upgradeDeadline: number;
  /** The same for a step that only fetches a license. */
  authorizeDeadline: number;
  /** How long a step usually takes: a window must stay open for that long. The fleet's own history replaces it. */
  usual: number;
  /** How long to wait for a phone in a call before it is deferred. */
  idleWait: number;
  /** How long a touched phone is still watched after a stop was asked for. */
  stopGrace: number;
}

/** Where to and how: one file of `profiles/migrations/`. Rules are templates over `{files}` and `{load}`. */
export interface MigrationProfile {
  name: string;
  description: string;
  source: string;
  goal: Goal;
  /** `none` for an upgrade within a family. */
  direction: Direction | 'none';
  requires: {
    family: FirmwareFamily;
    /** Stricter than `profiles/models.yaml`, never laxer. */
    absolute: FirmwareVersion | null;
    recommended: FirmwareVersion | null;
  };
  /** Target load per load family, without `.loads`; empty when no firmware is loaded. */
  loads: Readonly<Record<string, string>>;
  /** Load of the phone's own family to step up to first when it is below the minimum. */
  stepUpLoads: Readonly<Record<string, string>>;
  /**
   * Of a move from Enterprise: the load on the way for a phone that is too old to move directly, where none to step up to is served. The
   * phone then takes its target load by `upgradeRule`, on its own page.
   */
  transitionLoads: Readonly<Record<string, string>>;
  upgradeRule: string | null;
  authorizationRule: string | null;
  authorizationType: string | null;
  /** Harmless ending that makes an unchanged rule a new one, over `{n}`; per scheme, absent where there is none. */
  retrigger: Readonly<Record<string, string>>;
  evidence: readonly EvidenceKind[];
  /** Grades short of proof that open waves and count as good. */
  accept: readonly AcceptableGrade[];
  /** The write methods allowed; they are tried in order of safety, each only after the one before had no effect. */
  ways: readonly WriteMethod[];
  timing: Timing;
}
