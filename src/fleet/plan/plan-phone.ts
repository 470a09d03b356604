import { auditProblem } from '../../domain/plan/access-note.js';
import {
  assess,
  assessInPlace,
  type Eligibility,
  type Judgement,
  naturalDirection,
} from '../../domain/plan/eligibility.js';
import { isKnownType } from '../../domain/licenses/way-back.js';
import { failure, isLocalShortage } from '../../domain/failures/failure-codes.js';
import type { Models } from '../../domain/phone/models.js';
import { modelOf, type PhoneFacts, phoneModelIn } from '../../domain/phone/facts.js';
import { withLabelVid } from '../../domain/phone/hardware.js';
import { whereListed } from '../../domain/phone/inventory-disagreement.js';
import type { PlanStep } from '../../domain/plan/plan.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { missingFields } from '../../domain/plan/page-fields.js';
import { alreadyThere, chooseRoute } from '../../domain/plan/route.js';
import { buildSteps } from '../../domain/plan/steps.js';
import { partFor } from '../../domain/plan/target.js';
import { ledOnNote, ucmNotes, whyNotThroughUcm, whyNotToUcm } from '../unified-cm/in-database.js';
import type { Failure, Note } from '../../domain/failures/failure.js';
import type { StateEvent } from '../../domain/progress/state.js';
import { agreementText, disagreementText } from '../../domain/phone/cross-check.js';
import type { Target } from '../../inventory/target.js';
import type { RunContext } from '../context.js';
import { checkStep, type FilesProblem } from './check-files.js';

/** What is to be done with one phone, as far as it can be known without touching it. */
export interface PlannedPhone {
  eligibility: Eligibility | null;
  plan: PlanStep[];
  /** The event that leads the target on from `assessed`. */
  event: StateEvent;
  failure?: Failure;
  /** For the report's evidence. */
  notes: Note[];
  /** Blocked by a file server that is in trouble: for how long (ms) it has been. */
  filesTroubleForMs?: number | null;
}

type Listed = Pick<Target, 'hint' | 'source' | 'contradiction'>;

type PlannerContext = Pick<RunContext, 'options' | 'models' | 'preflight' | 'phones' | 'ucm'>;

/**
 * The one planner (docs/architecture.md#2-one-planner): the dry run and the real run call this with what the phone shows and get the same
 * plan; only what follows differs. It reads the file server, never writes anything.
 * @param listed what is known of the phone beforehand, and where that is from
 */
export async function planPhone(
  facts: PhoneFacts,
  listed: Listed,
  address: string,
  context: PlannerContext,
): Promise<PlannedPhone> {
  const { hint } = listed;
  const { models, phones } = context;
  // A site may have a file server of its own.
  const siteFiles = context.options.pacing.sites.get(hint.site ?? '')?.files ?? null;
  const options = siteFiles === null ? context.options : { ...context.options, files: siteFiles };
  const profile = options.profile && partFor(facts.family, options.profile);
  const known = withLabelVid(facts, hint);
  const { eligibility, judgement } = judge(known, profile, models);
  const base = { eligibility, plan: [], notes: [...typeNotes(known, models), ...ucmNotes(known, context)] };
  if (profile === null) {
    const other = identityProblem(facts, listed);
    // An audit reports another phone than the inventory names; a MAC that is not shown does not matter to an audit.
    const missing =
      other?.code === 'mac-unknown' ? auditProblem(known, models) : (other ?? auditProblem(known, models));
    return { ...base, event: 'audit-only', ...(missing && { failure: missing }) };
  }

  const blocked = (reason: Failure, plan: PlanStep[] = []): PlannedPhone => ({
    ...base,
    plan,
    // Not sending the phone a password was the run's decision, not a problem of the phone.
    event: reason.code === 'password-held-back' ? 'stop' : 'prerequisite-missing',
    failure: reason,
  });
  const blockedByFiles = (problem: FilesProblem, plan: PlanStep[] = []): PlannedPhone => ({
    ...blocked(problem.failure, plan),
    filesTroubleForMs: problem.troubleForMs,
  });
  const { witnesses } = facts;
  if (witnesses && witnesses.disagreements.length > 0)
    return blocked(failure('witnesses-disagree', disagreementText(witnesses.disagreements)));
  const reached = alreadyThere(known, profile, models);
  if (reached !== null)
    return { ...base, event: 'already-there', notes: [...base.notes, { kind: 'already-there', text: reached }] };
  const route = chooseRoute(known, judgement, profile, options, models);
  if (route.kind === 'not-allowed') {
    // Where it is not the verdict that says why: the profile is for other phones.
    const isSaid = eligibility.verdict === 'ineligible';
    const why = isSaid ? {} : { failure: failure('wrong-family', judgement.reasons[0]?.text) };
    return { ...base, event: 'not-allowed', ...why };
  }
  const mismatch = identityProblem(facts, listed);
  if (mismatch) return blocked(mismatch);
  if (route.kind === 'blocked') return blocked(route.failure);
  if (phones.words.isUpgrading(facts.upgradeStatus ?? '')) {
    return {
      ...base,
      event: 'not-now',
      failure: failure('already-upgrading', `The phone says: ${facts.upgradeStatus}`),
    };
  }

  const build = (route: 'direct' | 'step-up' | 'transition'): PlanStep[] | Failure =>
    buildSteps(known, route, profile, options, models);
  let plan = build(route.kind);
  let warnings: string[] = [];
  if (route.kind === 'step-up') {
    const stepUp =
      'code' in plan ? { failure: plan, troubleForMs: null } : await checkStep(plan[0], known, address, context);
    const problem = Array.isArray(stepUp) ? null : stepUp;
    // Nothing is known about the load: that is no reason to do without.
    const isKnown = problem?.troubleForMs === null && !isLocalShortage(problem.failure);
    const other = problem && route.otherwise && isKnown ? build(route.otherwise) : null;
    const isOffered =
      other !== null &&
      !('code' in other) &&
      (route.otherwise === 'direct' || Array.isArray(await checkStep(other[0], known, address, context)));
    if (isOffered) plan = other;
    else if (problem) return blockedByFiles({ ...problem, failure: withoutStepUp(problem.failure, judgement) });
  }
  if ('code' in plan) return blocked(plan);
  const [first] = plan;
  const missing = first ? whatIsMissing(first, known, profile, context) : null;
  if (missing) return blocked(missing, plan);
  for (const step of plan) {
    const checked = await checkStep(step, known, address, context);
    if (!Array.isArray(checked)) return blockedByFiles(checked, plan);
    warnings = [...warnings, ...checked];
  }
  const ledOn = profile.direction === 'm2e' ? ledOnNote(known, plan, context.ucm ?? null) : [];
  const notes = [...base.notes, ...ledOn, ...[...new Set(warnings)].map((text) => ({ kind: 'preflight', text }))];
  if (options.skipPreflight)
    notes.unshift({
      kind: 'preflight',
      text: 'Skipped (--skip-preflight): firmware and license were not fetched by fleet-migrate first.',
    });
  const agreement = witnesses ? agreementText(witnesses) : null;
  if (agreement !== null) notes.unshift({ kind: 'witnesses', text: agreement });
  return { ...base, plan, event: options.dryRun ? 'dry-run' : 'plan-accepted', notes };
}

/** Whether a phone may leave its family, and whether it may do what the profile asks, which mostly is that. */
function judge(
  known: PhoneFacts,
  profile: MigrationProfile | null,
  models: Models,
): { eligibility: Eligibility; judgement: Judgement } {
  const away = naturalDirection(known.family);
  const { goal = 'convert', direction = away, requires } = profile ?? {};
  const eligibility = assess(known, away, models, goal === 'convert' && direction === away ? requires : undefined);
  if (goal !== 'convert') return { eligibility, judgement: assessInPlace(known, goal, models) };
  if (direction === away || direction === 'none') return { eligibility, judgement: eligibility };
  return { eligibility, judgement: assess(known, direction, models, requires) };
}

/** What keeps a phone from being given its first step, on its page or on Unified CM; `null`: nothing. */
function whatIsMissing(
  first: PlanStep,
  known: PhoneFacts,
  profile: MigrationProfile,
  { ucm = null, models }: PlannerContext,
): Failure | null {
  if (first.step === 'load') return whyNotThroughUcm(known, ucm);
  const back = profile.direction === 'm2e' ? whyNotToUcm(known.mac, ucm, models) : null;
  return back ?? missingFields(first, known, profile.ways);
}

/** Notes a transition authorization type that is not known: it says neither yes nor no. */
function typeNotes({ family, transitionAuthorizationType: type }: PhoneFacts, models: Models): PlannedPhone['notes'] {
  if (family !== 'multiplatform' || !type?.trim() || isKnownType(type, models)) return [];
  const text = `Product Information shows ${JSON.stringify(type.trim())}, which is not a type known to let it return without a license.`;
  return [{ kind: 'authorization-type', text }];
}

function identityProblem(facts: PhoneFacts, listed: Listed): Failure | null {
  const { hint, contradiction } = listed;
  if (facts.mac === null) return failure('mac-unknown');
  if (hint.mac !== undefined && hint.mac !== facts.mac) {
    const where = whereListed(listed, 'mac');
    return failure(
      'inventory-mismatch',
      `${where} names ${hint.mac} here, ${facts.readFrom === 'Unified CM' ? 'Unified CM sees' : 'the phone shows'} ${facts.mac}.`,
    );
  }
  if (contradiction !== undefined) return failure('lists-disagree', `${contradiction}.`);
  const listedModel = hint.model && (modelOf(hint.model) ?? phoneModelIn(hint.model) ?? hint.model);
  if (listedModel !== undefined && facts.model !== null && listedModel !== facts.model) {
    const where = whereListed(listed, 'model');
    return failure('inventory-mismatch', `${where} names model ${hint.model} here, the phone shows ${facts.model}.`);
  }
  return null;
}

/** Why a phone that has to step up cannot: the file server's problem if there is one, else the firmware rule. */
function withoutStepUp(problem: Failure, { below, reasons }: Judgement): Failure {
  if (problem.code !== 'firmware-missing' && problem.code !== 'no-load') return problem;
  const code = below === 'recommended' ? 'below-recommended' : 'firmware-too-old';
  return failure(code, `${reasons[0]?.text ?? ''} Stepping up first is not possible: ${problem.message}`.trim());
}
