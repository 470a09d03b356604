import type { PhoneFacts } from '../../domain/phone/facts.js';
import type { PlanStep } from '../../domain/plan/plan.js';
import type { Target } from '../../inventory/target.js';
import type { RecordSnapshot } from './record-snapshot.js';
import type { WrittenStep } from './written-step.js';

/**
 * A snapshot as it is stored: what it says twice is said once. A row that keeps its size from its first snapshot to its report stays in
 * its place in the file; one that doubles in between moves its neighbors, and that was most of what the store cost.
 */
export type PackedSnapshot = Omit<RecordSnapshot, 'target' | 'facts' | 'underWay'> & {
  /** A store of 0.1.0 does not tell which targets were named. */
  target: Omit<Target, 'named'> & { named?: boolean };
  /** Whole, or where there is a baseline: only what differs from it. */
  facts: Partial<PhoneFacts> | null;
  /** Without its step where that is the plan's. */
  underWay: (Omit<WrittenStep, 'step'> & { step?: PlanStep }) | null;
};

/** The same snapshot in fewer words. */
export function pack(snapshot: RecordSnapshot): PackedSnapshot {
  const { underWay, facts, plan, stepIndex } = snapshot;
  if (!underWay) return snapshot;
  const { step, ...rest } = underWay;
  return {
    ...snapshot,
    facts: facts && differing(facts, underWay.baseline),
    underWay: step === plan[stepIndex] ? rest : underWay,
  };
}

/** What `pack` was given, also from a store in which nothing was packed yet. */
export function unpack(packed: PackedSnapshot): RecordSnapshot {
  const { facts, underWay, plan, stepIndex } = packed;
  const step = underWay?.step ?? plan[stepIndex];
  const target = { ...packed.target, named: packed.target.named ?? !packed.target.source.startsWith('--subnet ') };
  if (!underWay) return { ...packed, target, facts: facts as PhoneFacts | null, underWay: null };
  if (!step) throw new Error(`the snapshot of ${packed.address} has no step ${stepIndex}`);
  return {
    ...packed,
    target,
    facts: facts && { ...underWay.baseline, ...facts },
    underWay: { ...ofEarlierVersions, ...underWay, step },
  };
}

/** What a store of 0.1.0 does not tell of a step under way: no further way is tried then. */
const ofEarlierVersions = { tried: [], more: false, seenUpgrading: false } as const;

function differing(facts: PhoneFacts, baseline: PhoneFacts): Partial<PhoneFacts> {
  if (facts === baseline) return {};
  const names = Object.keys(facts) as (keyof PhoneFacts)[];
  const differs = names.filter((name) => JSON.stringify(facts[name]) !== JSON.stringify(baseline[name]));
  return Object.fromEntries(differs.map((name) => [name, facts[name]]));
}
